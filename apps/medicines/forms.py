"""What a reader of the catalogue may ask for. Cleans only; nothing is ever written from these pages."""

from typing import Any

from django import forms

from apps.core.forms import ClinicForm
from apps.medicines import choices

LONGEST_SEARCH = 80


class CatalogueFilterForm(ClinicForm):
    """Search and filters of the list; everything may be left empty."""

    text = forms.CharField(label="Name or ATC code", required=False, max_length=LONGEST_SEARCH)
    use = forms.ChoiceField(label="Use", required=False, choices=[("", "Any use"), *choices.USES])
    overuse_class = forms.ChoiceField(
        label="Counts as", required=False, choices=[("", "Any class"), *choices.OVERUSE_CLASSES]
    )
    ehf_2020_class = forms.TypedChoiceField(
        label="EHF 2020 class",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "Any class"), *((number, f"{number} {name}") for number, name in choices.EHF_2020_CHOICES)],
    )

    @property
    def filters(self) -> dict[str, Any]:
        """The filters for the read; none at all while one of them is not understood."""
        return self.answers if self.is_valid() else {}

    @property
    def is_filtered(self) -> bool:
        """Whether anything narrows the list."""
        return any(value not in ("", None) for value in self.filters.values())
