"""A form field for one item of an instrument."""

from collections.abc import Callable
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

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
        choices=[(value, f"{value} {words}" if scale else words) for value, words in item.choices] + [NOT_ANSWERED],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Select one of the answers in the list.", "required": OPEN_QUESTION},
    )


def _range(item: Item) -> str:
    if item.allowed:
        return item.instruction.removeprefix("Enter ")
    limits = f"{item.shown(item.lowest)} to {item.shown(item.highest)}"
    return limits if limits.endswith(item.unit) and item.unit else f"{limits} {item.unit}".strip()
