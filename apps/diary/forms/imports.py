"""Importing a diary file: which file, what its columns and its medicine names mean, whether it is this patient's."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from django import forms

from apps.core.forms import ClinicForm
from apps.diary.import_choices import Meaning, Overlap
from apps.diary.imports.reading import DateOrder, HeadacheScale, Role, TableMapping, TableProposal
from apps.diary.selectors.names import NameMeaning
from apps.diary.services import NameDecision

_MEDICINE_PREFIX: Final = "medicine:"
_NOT_CHOSEN: Final = ("", "Choose …")


class UploadForm(ClinicForm):
    """One file, as the app or the spreadsheet program wrote it."""

    file = forms.FileField(
        label="Diary file",
        error_messages={
            "required": "Choose the diary file first.",
            "missing": "Choose the diary file first.",
            "empty": "This file is empty. Export it again and choose the new file.",
        },
    )


class OverlapForm(ClinicForm):
    """What becomes of days about which the file and the diary differ."""

    overlap = forms.ChoiceField(
        label="Where the file says something else than the diary",
        choices=Overlap.choices,
        widget=forms.RadioSelect,
        initial=Overlap.KEEP,
    )


class ConfirmForm(ClinicForm):
    """The last word before the file comes into the diary."""

    overlap = forms.ChoiceField(choices=Overlap.choices, widget=forms.HiddenInput)
    is_theirs = forms.BooleanField()

    def __init__(self, *args: Any, whose: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["is_theirs"]
        field.label = f"This is the diary of {whose}"
        field.error_messages["required"] = f"Check the name, then tick the box: this is the diary of {whose}."


class WorkbookForm(ClinicForm):
    """Another sheet of the same workbook."""

    sheet = forms.ChoiceField(label="Sheet")

    def __init__(self, *args: Any, proposal: TableProposal, **kwargs: Any) -> None:
        super().__init__(*args, initial={"sheet": proposal.mapping.sheet}, **kwargs)
        self.fields["sheet"].choices = [(sheet, sheet) for sheet in proposal.sheets]  # type: ignore[attr-defined]


class ColumnsForm(ClinicForm):
    """What each column of a table means. A field of the third column is called "column-2".

    mapping: what is offered, a guess or what was confirmed for the same headings before. After `is_valid`, `chosen`
    is what the service wants.
    """

    date_order = forms.ChoiceField(
        label="Order of dates",
        choices=[("", "Every date is a date of the spreadsheet program"), *DateOrder.choices],
        required=False,
        help_text="Decided over all rows. Compare it with the dates in the table.",
    )
    headache_scale = forms.ChoiceField(label="Numbers for headache", choices=HeadacheScale.choices)

    def __init__(self, *args: Any, proposal: TableProposal, mapping: TableMapping, **kwargs: Any) -> None:
        initial = {"date_order": mapping.date_order or "", "headache_scale": mapping.headache_scale}
        super().__init__(*args, initial=initial, **kwargs)
        self._proposal = proposal
        self._mapping = mapping
        for number, heading in enumerate(proposal.headings):
            field = forms.ChoiceField(
                label=f"What column “{heading}” means",
                choices=Role.choices,
                initial=mapping.roles.get(heading, Role.IGNORE),
                error_messages={"required": f"Choose what column “{heading}” means."},
            )
            self.fields[f"column-{number}"] = field
        if "date_order" in proposal.ambiguous:
            self.fields["date_order"].required = True
            self.fields["date_order"].error_messages["required"] = proposal.ambiguous["date_order"]
            self.fields["date_order"].choices = [_NOT_CHOSEN, *DateOrder.choices]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> TableMapping:
        """The mapping as the person confirmed it."""
        given = self.cleaned_data
        return replace(
            self._mapping,
            roles={heading: Role(given[f"column-{number}"]) for number, heading in enumerate(self._proposal.headings)},
            date_order=DateOrder(given["date_order"]) if given["date_order"] else None,
            headache_scale=HeadacheScale(given["headache_scale"]),
            sheet=self._proposal.mapping.sheet,
            has_headings=self._proposal.mapping.has_headings,
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            for sentence in self.chosen.faults().values():
                self.add_error(None, sentence)
        return cleaned


class NamesForm(ClinicForm):
    """What medicine names stand for: of each a choice, and whether it holds for the whole clinic.

    After `is_valid`, `decisions` are those that differ from what is known already.
    """

    def __init__(
        self,
        *args: Any,
        names: Sequence[NameMeaning],
        medicines: Sequence[tuple[str, Iterable[tuple[str, str]]]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._names = names
        choices = [
            _NOT_CHOSEN,
            (Meaning.SOMETHING.value, Meaning.SOMETHING.label),
            (Meaning.NOT_ACUTE.value, f"{Meaning.NOT_ACUTE.label}: leave it out"),
            *((group, [(_MEDICINE_PREFIX + code, label) for code, label in inside]) for group, inside in medicines),
        ]
        for each in names:
            self.fields[meaning_field(each.name)] = forms.ChoiceField(
                label=f"What “{each.name}” stands for",
                choices=choices,
                initial=_chosen(each),
                error_messages={
                    "required": f"Choose what “{each.name}” stands for.",
                    "invalid_choice": f"Choose what “{each.name}” stands for from the list.",
                },
            )
            self.fields[clinic_field(each.name)] = forms.BooleanField(
                label=f"“{each.name}” means this for every patient of the clinic",
                required=False,
                initial=_for_the_clinic(each),
            )

    @property
    def decisions(self) -> list[NameDecision]:
        """What to remember; names that were left as they are stand with whoever decided them."""
        found = []
        for each in self._names:
            given = str(self.cleaned_data[meaning_field(each.name)])
            whole_clinic = bool(self.cleaned_data[clinic_field(each.name)])
            if (given, whole_clinic) != (_chosen(each), _for_the_clinic(each)):
                found.append(_decision(each.name, given, whole_clinic))
        return found


def meaning_field(name: str) -> str:
    """The field that says what a name stands for; names of files may hold anything, names of fields may not."""
    return f"name-{_mark(name)}"


def clinic_field(name: str) -> str:
    """The field that says whether a name means this for every patient."""
    return f"clinic-{_mark(name)}"


def _mark(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def _chosen(name: NameMeaning) -> str:
    if name.meant is None:
        return ""
    if name.meant.code:
        return _MEDICINE_PREFIX + name.meant.code
    return Meaning.SOMETHING.value if name.meant.acute else Meaning.NOT_ACUTE.value


def _for_the_clinic(name: NameMeaning) -> bool:
    return name.decision is not None and name.decision.patient_id is None


def _decision(name: str, given: str, whole_clinic: bool) -> NameDecision:
    if given.startswith(_MEDICINE_PREFIX):
        return NameDecision(name, Meaning.MEDICINE, given.removeprefix(_MEDICINE_PREFIX), whole_clinic)
    return NameDecision(name, Meaning(given), whole_clinic=whole_clinic)
