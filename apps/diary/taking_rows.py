"""What was settled about a file, written as rows: the import, days with medicines, attacks, sleep and menstruation."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any, Final

from django.utils import timezone

from apps.accounts.models import User
from apps.core.writing import Refused
from apps.diary.choices import ImportSource, Source
from apps.diary.copying import copy_rows
from apps.diary.entries import DayEntry
from apps.diary.imports.parsed import Progress, ReadAttack, Reading
from apps.diary.imports.settling import BESIDES, Settled, stored_key
from apps.diary.models import AcuteIntake, Attack, DayContext, DiaryDay, DiaryFile, ImportBatch
from apps.diary.models.attack import LONGEST_WORD
from apps.diary.models.day import LONGEST_NOTE
from apps.diary.selectors.recorded import RecordedRows
from apps.diary.undo_notes import context_as_dict, day_as_dict
from apps.medicines.selectors import medicines_by_code

_BATCH: Final = 2000
_REPLACED: Final = (
    "state",
    "severity",
    "function",
    "intakes_known",
    "note",
    "entered_late",
    "source",
    "import_batch",
    "version",
    "imported_version",
    "updated_at",
)
_BESIDES: Final = tuple(name for group in BESIDES for name in group)
# Fields of an attack that have the same name and meaning in the file and in the diary.
_SAME: Final = tuple(
    {field.name for field in fields(ReadAttack)}
    & {field.name for field in Attack._meta.concrete_fields} - {"note", "most_bothersome"}
)


def write_settled(
    file: DiaryFile, reading: Reading, settled: Settled, rows: RecordedRows, *, by: User, progress: Progress
) -> ImportBatch:
    """Write all of it inside the caller's transaction. progress: called with 20 to 100."""
    filled = {day: values for day, values in settled.besides.items() if day in rows.contexts}
    replaced = [rows.days[day] for day in settled.replaced]
    batch = _batch(file, reading, settled, replaced, filled, rows, by)
    days = _days(file, settled, rows, batch, by)
    progress(45)
    _intakes(file, days, {**settled.added, **settled.replaced}, replaced, by)
    progress(65)
    source = ImportSource(reading.source)
    copy_rows([_attack(each, file, source, batch, by) for each in settled.attacks])
    progress(90)
    _contexts(file, settled.besides, rows, batch, by)
    return batch


def _batch(
    file: DiaryFile,
    reading: Reading,
    settled: Settled,
    replaced: Iterable[DiaryDay],
    filled: Iterable[date],
    rows: RecordedRows,
    by: User,
) -> ImportBatch:
    account = settled.account
    taken, repeated = len(account.imported), len(account.duplicate)
    if taken:
        taken += reading.merged
    else:
        repeated += reading.merged
    entries = [*settled.added.values(), *settled.replaced.values()]
    return ImportBatch.objects.create(
        patient=file.patient,
        source=reading.source,
        label=file.name,
        rows_read=taken + repeated + len(account.refused),
        rows_imported=taken,
        rows_duplicate=repeated,
        rows_refused=len(account.refused),
        created_by=by,
        report={
            "imported": list(account.imported),
            "duplicate": [note.as_dict() for note in account.duplicate],
            "refused": [note.as_dict() for note in account.refused],
            "remarks": [note.as_dict() for note in account.remarks],
            "about_the_file": list(reading.remarks),
            "merged": reading.merged,
            "decided": dict(reading.decided),
            "overlap": file.overlap,
            "counts": {
                "days": len(settled.added),
                "replaced": len(settled.replaced),
                "attacks": len(settled.attacks),
                "intakes": sum(len(entry.intakes) for entry in entries),
                "besides": len(settled.besides),
            },
            "replaced": [day_as_dict(row, version=row.version + 1) for row in replaced],
            "filled": [
                context_as_dict(day, settled.besides[day], version=rows.contexts[day].version + 1) for day in filled
            ],
        },
    )


def _days(file: DiaryFile, settled: Settled, rows: RecordedRows, batch: ImportBatch, by: User) -> dict[date, int]:
    added = [_day(entry, file, batch, 1, by) for entry in settled.added.values()]
    replaced = [_day(entry, file, batch, rows.days[day].version + 1, by) for day, entry in settled.replaced.items()]
    copy_rows(added)
    if replaced:
        DiaryDay.objects.bulk_create(
            replaced,
            batch_size=_BATCH,
            update_conflicts=True,
            unique_fields=["patient", "day"],
            update_fields=_REPLACED,
        )
    return dict(DiaryDay.objects.filter(import_batch=batch).values_list("day", "pk"))


def _day(entry: DayEntry, file: DiaryFile, batch: ImportBatch, version: int, by: User) -> DiaryDay:
    return DiaryDay(
        patient_id=file.patient_id,
        day=entry.day,
        state=entry.state,
        severity=entry.severity,
        function=entry.function,
        intakes_known=entry.intakes_known,
        note=entry.note,
        source=Source.IMPORT,
        import_batch=batch,
        version=version,
        imported_version=version,
        created_by=by,
    )


def _intakes(
    file: DiaryFile,
    days: Mapping[date, int],
    entries: Mapping[date, DayEntry],
    replaced: Iterable[DiaryDay],
    by: User,
) -> None:
    gone = [row.pk for row in replaced]
    if gone:
        AcuteIntake.objects.filter(day__in=gone).delete()
    codes = {intake.code for entry in entries.values() for intake in entry.intakes if intake.code}
    catalogue = medicines_by_code(codes)
    if missing := sorted(codes - catalogue.keys()):
        raise Refused(f"Not in the medicines catalogue: {', '.join(missing)}.")
    copy_rows(
        [
            AcuteIntake(
                patient_id=file.patient_id,
                day_id=days[day],
                medicine=catalogue[intake.code] if intake.code else None,
                doses=intake.doses,
                relief=intake.relief or "",
                created_by=by,
            )
            for day, entry in entries.items()
            for intake in entry.intakes
        ]
    )


def _attack(read: ReadAttack, file: DiaryFile, source: ImportSource, batch: ImportBatch, by: User) -> Attack:
    return Attack(
        **{name: _stored(getattr(read, name)) for name in _SAME},
        patient_id=file.patient_id,
        started_at=read.started,
        started_offset=_offset(read.started),
        ended_at=read.ended,
        ended_offset=_offset(read.ended),
        most_bothersome=read.most_bothersome[:LONGEST_WORD],
        note=read.note[:LONGEST_NOTE],
        source=Source.IMPORT,
        external_key=stored_key(source, read.key),
        import_batch=batch,
        created_by=by,
    )


def _stored(value: Any) -> Any:
    return [word[:LONGEST_WORD] for word in value] if isinstance(value, tuple) else value


def _offset(moment: datetime | None) -> int | None:
    offset = moment.utcoffset() if moment else None
    return None if offset is None else round(offset.total_seconds() / 60)


def _contexts(
    file: DiaryFile, besides: Mapping[date, Mapping[str, Any]], rows: RecordedRows, batch: ImportBatch, by: User
) -> None:
    new = [
        DayContext(
            patient_id=file.patient_id, day=day, source=Source.IMPORT, import_batch=batch, created_by=by, **values
        )
        for day, values in besides.items()
        if day not in rows.contexts
    ]
    copy_rows(new)
    completed = [_completed(rows.contexts[day], values) for day, values in besides.items() if day in rows.contexts]
    if completed:
        DayContext.objects.bulk_update(completed, [*_BESIDES, "version", "updated_at"], batch_size=_BATCH)


def _completed(row: DayContext, values: Mapping[str, Any]) -> DayContext:
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    row.updated_at = timezone.now()
    return row
