"""A form field for one item of an instrument."""

from collections.abc import Callable
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from apps.clinical.instruments import DECLINED, Item, Subscale

OPEN_QUESTION = "Answer this, or say below that it stays unanswered."
NOT_ANSWERED = ("", "Not answered")


def item_field(item: Item) -> forms.Field:
    """The field of an item; empty is "not answered". Whole and in range, or an error that says what to enter."""
    field = _choice(item) if item.choices else number_field(item)
    if item.asked_when is not None:
        # For the script, which shows the question when it is asked. The server decides again.
        field.widget.attrs |= {"data-asked-when": item.asked_when.key, "data-asked-value": item.asked_when.value}
    return field


def scale_field(scale: Subscale) -> forms.DecimalField:
    """The result of a scale whose answers are not known."""
    sentence = f"Enter a number from {scale.lowest} to {scale.highest}"
    if scale.decimals:
        sentence += f" with at most {scale.decimals} decimal"
    field = forms.DecimalField(
        label=f"{scale.label}, when only the result is known",
        required=False,
        help_text=f"{scale.lowest} to {scale.highest}",
        min_value=scale.lowest,
        max_value=scale.highest,
        decimal_places=scale.decimals,
        widget=forms.TextInput(attrs={"class": "w-number", "inputmode": "decimal"}),
    )
    for reason in ("invalid", "min_value", "max_value", "max_decimal_places", "max_digits"):
        field.error_messages[reason] = f"{sentence}."
    return field


def number_field(item: Item) -> forms.DecimalField:
    """A number as people read it, with the item's unit and range."""
    field = forms.DecimalField(
        label=item.label,
        required=False,
        help_text=_range(item),
        min_value=item.shown(item.lowest),
        max_value=item.shown(item.highest),
        decimal_places=item.decimals,
        validators=[_one_of(item)] if item.allowed else [],
        # A text box: it keeps letters, so that a wrong answer can be shown again.
        widget=forms.TextInput(attrs={"class": "w-number", "inputmode": "decimal" if item.decimals else "numeric"}),
    )
    field.error_messages["required"] = OPEN_QUESTION
    for reason in ("invalid", "min_value", "max_value", "max_decimal_places"):
        field.error_messages[reason] = f"{item.instruction}."
    return field


def _one_of(item: Item) -> Callable[[Decimal], None]:
    """Refuse a number in the range that the item does not know, such as a 7 among 6, 8 and 10."""

    def check(entered: Decimal) -> None:
        if entered not in item.allowed:
            raise ValidationError(f"{item.instruction}.")

    return check


def _choice(item: Item) -> forms.TypedChoiceField:
    scale = item.highest > 1
    return forms.TypedChoiceField(
        label=item.label,
        required=False,
        coerce=int,
        empty_value="",
        choices=[(value, _answer(value, words, numbered=scale)) for value, words in item.choices] + [NOT_ANSWERED],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Select one of the answers in the list.", "required": OPEN_QUESTION},
    )


def _answer(value: int, words: str, *, numbered: bool) -> str:
    return f"{value} {words}" if numbered and value != DECLINED else words


def _range(item: Item) -> str:
    if item.allowed:
        return item.instruction.removeprefix("Enter ")
    limits = f"{item.shown(item.lowest)} to {item.shown(item.highest)}"
    return limits if limits.endswith(item.unit) and item.unit else f"{limits} {item.unit}".strip()
