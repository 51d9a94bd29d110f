"""The fifteen red flags as a form: a yes asks what was decided."""

from typing import Any

from django import forms

from apps.clinical.red_flags import RED_FLAGS
from apps.core.forms import Conditional
from apps.screening.forms.checklists import NOTE, ChecklistForm, note_field, question_field
from apps.screening.models import ChecklistReview
from apps.screening.red_flag_questions import first_thoughts, question_of

SAME_DAY = "same_day_"


class RedFlagsForm(ChecklistForm):
    """Each flag with its first thoughts; some have a circumstance that makes them a matter of the same day."""

    codes = tuple(flag.code for flag in RED_FLAGS)
    conditional = (
        *(Conditional(NOTE + flag.code, when=flag.code, equals={"yes"}) for flag in RED_FLAGS),
        *(
            Conditional(SAME_DAY + flag.code, when=flag.code, equals={"yes"}, required=False)
            for flag in RED_FLAGS
            if flag.same_day_with
        ),
    )

    def list_fields(self) -> dict[str, forms.Field]:
        fields: dict[str, forms.Field] = {}
        for flag in RED_FLAGS:
            fields[flag.code] = question_field(f"{flag.letter}: {question_of(flag)}", first_thoughts(flag))
            if flag.same_day_with:
                fields[SAME_DAY + flag.code] = forms.BooleanField(
                    label=f"With {flag.same_day_with}: a matter of the same day", required=False
                )
            note = note_field(f"What was decided: {flag.question.lower()}")
            note.error_messages["required"] = "Enter what was decided about this flag."
            fields[NOTE + flag.code] = note
        return fields

    @property
    def same_day(self) -> frozenset[str]:
        """The flags whose circumstance was ticked."""
        return frozenset(code for code in self.codes if self.cleaned_data.get(SAME_DAY + code))

    def _typed(self, begun: ChecklistReview | None) -> dict[str, Any]:
        ticked = {SAME_DAY + code: True for code in begun.same_day} if begun else {}
        return {**super()._typed(begun), **ticked}
