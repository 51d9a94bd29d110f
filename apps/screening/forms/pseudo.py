"""The pseudo-refractory check as a form; beside each question what the chart knows."""

from collections.abc import Mapping
from typing import Any

from django import forms

from apps.clinical.pseudo_refractory import PSEUDO_ITEMS
from apps.core.forms import Conditional
from apps.screening.forms.checklists import NOTE, ChecklistForm, note_field, question_field


class PseudoForm(ChecklistForm):
    """`known`: what the chart knows about a question, in words, by its code."""

    codes = tuple(item.code for item in PSEUDO_ITEMS)
    conditional = tuple(
        Conditional(NOTE + item.code, when=item.code, equals={"yes"}, required=False) for item in PSEUDO_ITEMS
    )

    def __init__(self, *args: Any, known: Mapping[str, str], **kwargs: Any) -> None:
        self.known = known
        super().__init__(*args, **kwargs)

    def list_fields(self) -> dict[str, forms.Field]:
        fields: dict[str, forms.Field] = {}
        for item in PSEUDO_ITEMS:
            fields[item.code] = question_field(item.question, self.known.get(item.code, ""))
            fields[NOTE + item.code] = note_field(f"Note: {item.question.lower()}")
        return fields
