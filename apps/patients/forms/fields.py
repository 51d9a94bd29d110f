"""Field kinds that several forms of this app share."""

import re
from datetime import date
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError

from apps.core.forms import ClinicForm

_TELEPHONE: Final = re.compile(r"\+?[0-9 ()/.-]{5,38}(?: ?(?:ext|x)\.? ?[0-9]{1,6})?", re.ASCII | re.IGNORECASE)
_SPACES: Final = re.compile(r"\s+")


class NameField(forms.CharField):
    """A person's name: any script, one space between words, at least one letter."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=100, **kwargs)

    def to_python(self, value: Any) -> str:
        # Line ends and tabs come along when a name is copied from a letter; they are spaces here.
        return _SPACES.sub(" ", super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not any(character.isalpha() for character in value):
            raise ValidationError("Enter the name in letters.", code="no_letter")


class TelephoneField(forms.CharField):
    """A telephone number as people write it, with at least five digits."""

    widget = forms.TelInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)

    def validate(self, value: str) -> None:
        super().validate(value)
        digits = sum(character.isdigit() for character in value)
        if value and not (_TELEPHONE.fullmatch(value) and digits >= 5):
            raise ValidationError("Enter a telephone number like 020 7946 0000 or +44 20 7946 0000.", code="telephone")


class DatedForm(ClinicForm):
    """A form with days that can't lie in the future: `up_to_today` names their fields."""

    up_to_today: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.up_to_today:
            self.fields[name].latest = today  # type: ignore[attr-defined]
