"""Reads of diary files on their way and of the imports they became, always within one patient."""

import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from apps.clinical.periods import Period
from apps.diary.choices import BatchState
from apps.diary.import_choices import FileState, Overlap
from apps.diary.imports.keeping import proposal_from_dict, unpacked
from apps.diary.imports.meanings import Meant, names_in
from apps.diary.imports.parsed import Reading
from apps.diary.imports.reading import TableMapping, TableProposal, signature
from apps.diary.imports.settling import Settled, dates_of, settle
from apps.diary.models import Attack, ColumnMapping, DiaryDay, DiaryFile, ImportBatch
from apps.diary.selectors.names import NameMeaning, name_meanings
from apps.diary.selectors.recorded import recorded_diary, recorded_rows
from apps.patients.models import Patient

_NOT_LISTED = (FileState.UPLOADING, FileState.DISCARDED)


@dataclass(frozen=True)
class FileNames:
    """The medicine names of a file: on how many rows each occurs, and what each stands for."""

    times: Counter[str]
    meanings: Mapping[str, NameMeaning]

    @property
    def unknown(self) -> list[str]:
        """Names that nobody has explained yet, the most frequent first."""
        return [name for name, _ in self.times.most_common() if self.meanings[name].meant is None]

    @property
    def meant(self) -> dict[str, Meant]:
        """What is known, as settling wants it."""
        return {name: each.meant for name, each in self.meanings.items() if each.meant is not None}


@dataclass(frozen=True)
class FilePreview:
    """What would happen if the file were taken now. period: its first to last date."""

    reading: Reading
    period: Period | None
    settled: Settled


def files_of(patient: Patient) -> QuerySet[DiaryFile]:
    """The patient's files, newest first, without those that were discarded. One query."""
    return (
        DiaryFile.objects.filter(patient=patient)
        .exclude(state__in=_NOT_LISTED)
        .select_related("created_by", "batch__undone_by")
        .defer("reading", "proposal", "batch__report")
    )


def file_of(patient: Patient, file_id: uuid.UUID) -> DiaryFile | None:
    """One file of the patient, without what was read from it; None when there is none with this id. One query."""
    return (
        DiaryFile.objects.filter(patient=patient, pk=file_id)
        .exclude(state=FileState.UPLOADING)
        .select_related("created_by", "confirmed_by", "batch__undone_by", "patient")
        .first()
    )


def imported_before(file: DiaryFile) -> DiaryFile | None:
    """The same contents imported earlier and not taken back since; None when this is new. One query."""
    return (
        DiaryFile.objects.filter(patient=file.patient_id, sha256=file.sha256, batch__state=BatchState.IMPORTED)
        .exclude(pk=file.pk)
        .select_related("confirmed_by")
        .first()
    )


def reading_of(file: DiaryFile) -> Reading | None:
    """What was read from the file; None when it is not there (any more). One query."""
    content = DiaryFile.objects.filter(pk=file.pk).values_list("reading", flat=True).first()
    return None if content is None else unpacked(bytes(content))


def file_names(patient: Patient, reading: Reading) -> FileNames:
    """The medicine names of a file with their meanings. Three queries."""
    times = names_in(reading)
    return FileNames(times, name_meanings(patient, list(times)))


def preview_of(file: DiaryFile, reading: Reading, names: FileNames, *, overlap: Overlap, today: date) -> FilePreview:
    """Settle the file against the diary as it is now. Four queries. Raises UnknownNames."""
    period = dates_of(reading)
    diary = recorded_diary(recorded_rows(file.patient, period))
    return FilePreview(reading, period, settle(reading, diary, names.meant, rule=overlap, today=today))


def proposal_of(file: DiaryFile) -> TableProposal | None:
    """What the columns of a table seem to mean; None when it is no table. One query."""
    kept = DiaryFile.objects.filter(pk=file.pk).values_list("proposal", flat=True).first()
    return None if kept is None else proposal_from_dict(kept)


def remembered_mapping(proposal: TableProposal) -> tuple[TableMapping, ColumnMapping] | None:
    """What somebody said earlier about a table with these headings; None when nobody did. One query."""
    decision = ColumnMapping.objects.filter(signature=signature(proposal.headings)).select_related("decided_by").first()
    return (TableMapping.from_dict(decision.mapping), decision) if decision else None


def days_that_stay(batch: ImportBatch) -> list[date]:
    """The days of an import that undoing leaves: changed since, or with an attack that stays. One query."""
    attacks = Attack.objects.filter(
        ~Q(import_batch=batch) | ~Q(version=1) | Q(import_batch__isnull=True),
        patient=OuterRef("patient"),
        first_day__lte=OuterRef("day"),
        last_day__gte=OuterRef("day"),
    )
    staying = DiaryDay.objects.filter(~Q(version=F("imported_version")) | Exists(attacks), import_batch=batch)
    return list(staying.order_by("day").values_list("day", flat=True))
