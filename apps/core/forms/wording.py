"""Turns Django's messages into instructions, for every field of a form at once."""

from typing import Final

from django import forms
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator

from apps.core.forms.text import refuse_unstorable_text
from apps.core.sentences import name_in_sentence

# PostgreSQL's integer column holds no more; without a limit of our own a long number would be a server error.
LARGEST_INTEGER: Final = 2_147_483_647
# A text nobody limited is limited here, so that no field takes a whole book. About ten printed pages.
LONGEST_TEXT: Final = 20_000

_DJANGO_REQUIRED = forms.Field.default_error_messages["required"]


def required_instruction(field: forms.Field, label: str) -> str:
    """What to do about an unanswered field, in the words of models of public services: enter, select, tick."""
    name = name_in_sentence(label)
    if label.strip().endswith("?"):
        return f"Answer the question: {label.strip()}"
    if isinstance(field, forms.BooleanField):
        return f"Tick the box: {label.strip()}"
    if isinstance(field, forms.FileField):
        return f"Choose the file: {name}"
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return f"Select the {name}"
    return f"Enter the {name}"


def give_instructions(field: forms.Field, label: str) -> None:
    """Set the house's messages and limits on a form's own copy of a field; what the form's author wrote stays."""
    messages = field.error_messages
    if messages.get("required") == _DJANGO_REQUIRED:
        messages["required"] = required_instruction(field, label)
    # Both are text boxes to Django, but what they clean to is no text.
    if isinstance(field, forms.CharField) and not isinstance(field, forms.UUIDField | forms.JSONField):
        _limit_text(field, label)
    if isinstance(field, forms.IntegerField):
        _limit_number(field, label)
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        messages["invalid_choice"] = "Select one of the answers in the list."
    if isinstance(field, forms.EmailField):
        messages["invalid"] = "Enter an e-mail address like name@example.org."


def _limit_text(field: forms.CharField, label: str) -> None:
    subject = label.strip().rstrip("?:") or "This text"
    field.error_messages["max_length"] = (
        f"Shorten this: “{subject}” takes at most %(limit_value)d characters, this has %(show_value)d."
    )
    field.error_messages["min_length"] = (
        f"Write more: “{subject}” needs at least %(limit_value)d characters, this has %(show_value)d."
    )
    # The browser would cut pasted text without a word; we'd rather say so and keep it.
    field.widget.attrs.pop("maxlength", None)
    if field.max_length is None:
        field.validators.append(MaxLengthValidator(LONGEST_TEXT))
    field.validators.append(refuse_unstorable_text)


def _limit_number(field: forms.IntegerField, label: str) -> None:
    name = name_in_sentence(label)
    if type(field) is forms.IntegerField:
        field.error_messages["invalid"] = f"Enter the {name} as a whole number, for example 12."
        if field.max_value is None:
            field.validators.append(MaxValueValidator(LARGEST_INTEGER))
        if field.min_value is None:
            field.validators.append(MinValueValidator(-LARGEST_INTEGER))
    field.error_messages["max_value"] = f"Enter the {name} as a number up to %(limit_value)s."
    field.error_messages["min_value"] = f"Enter the {name} as a number from %(limit_value)s upwards."
