"""A form field for one item of an instrument."""

from django import forms

from apps.clinical.instruments.base import Item

OPEN_QUESTION = "Answer this, or say below that it stays unanswered."
NOT_ANSWERED = ("", "Not answered")


def item_field(item: Item) -> forms.Field:
    """The field of an item; empty is "not answered". Whole and in range, or an error that says what to enter."""
    return _choice(item) if item.choices else number_field(item)


def number_field(item: Item) -> forms.DecimalField:
    """A number as people read it, with the item's unit and range."""
    field = forms.DecimalField(
        label=item.label,
        required=False,
        help_text=_range(item),
        min_value=item.shown(item.lowest),
        max_value=item.shown(item.highest),
        decimal_places=item.decimals,
        # A text box: it keeps letters, so that a wrong answer can be shown again.
        widget=forms.TextInput(attrs={"class": "w-number", "inputmode": "decimal" if item.decimals else "numeric"}),
    )
    field.error_messages["required"] = OPEN_QUESTION
    for reason in ("invalid", "min_value", "max_value", "max_decimal_places"):
        field.error_messages[reason] = f"{item.instruction}."
    return field


def _choice(item: Item) -> forms.TypedChoiceField:
    scale = item.highest > 1
    return forms.TypedChoiceField(
        label=item.label,
        required=False,
        coerce=int,
        empty_value="",
        choices=[(value, f"{value} {words}" if scale else words) for value, words in item.choices] + [NOT_ANSWERED],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Select one of the answers in the list.", "required": OPEN_QUESTION},
    )


def _range(item: Item) -> str:
    limits = f"{item.shown(item.lowest)} to {item.shown(item.highest)}"
    return limits if limits.endswith(item.unit) and item.unit else f"{limits} {item.unit}".strip()
