"""Days of many patients from one file: taken, repeated or refused, and every row accounted for."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Prefetch

from apps.accounts.models import User
from apps.clinical.periods import Period
from apps.core.writing import SystemProcess, author_of, writes
from apps.diary.choices import ImportSource, Source
from apps.diary.facts import entry_of
from apps.diary.imports.report import Account, ImportRow, Recorded, RowNote, account_for
from apps.diary.models import AcuteIntake, DiaryDay, ImportBatch
from apps.diary.services.intakes import save_intakes
from apps.patients.models import Patient

_BATCH = 2000


@writes
def import_days(
    *,
    source: ImportSource,
    label: str,
    rows: Sequence[ImportRow],
    unreadable: Sequence[RowNote] = (),
    by: User | SystemProcess,
    today: date,
    invented_intakes: bool = False,
) -> ImportBatch:
    """Record the days of a file and keep the account of its rows. Days that are not in the file stay not recorded.

    unreadable: rows the reader could not understand; they are refused with the reader's sentence.
    invented_intakes: the medicines were made up for the demo clinic and are marked so.
    """
    # One writer a diary at a time, as when a month is typed; locked in one order, so that two imports can't block
    # each other for ever.
    patients = {row.patient_id for row in rows}
    list(Patient.objects.select_for_update(no_key=True).filter(pk__in=patients).order_by("pk").values_list("pk"))
    account = account_for(rows, unreadable, _recorded(rows), today)
    batch = _keep(account, source, label, by)
    days = DiaryDay.objects.bulk_create([_row(row, batch, by) for row in account.imported], batch_size=_BATCH)
    save_intakes(
        [(day, row.entry.intakes, ()) for day, row in zip(days, account.imported, strict=True)],
        by=by,
        invented=invented_intakes,
    )
    return batch


def _recorded(rows: Sequence[ImportRow]) -> Recorded:
    if not rows:
        return {}
    period = Period(min(row.entry.day for row in rows), max(row.entry.day for row in rows))
    present = DiaryDay.objects.filter(
        patient__in={row.patient_id for row in rows}, day__range=(period.first, period.last)
    ).prefetch_related(Prefetch("intakes", queryset=AcuteIntake.objects.select_related("medicine")))
    return {(row.patient_id, row.day): entry_of(row) for row in present}


def _keep(account: Account, source: ImportSource, label: str, by: User | SystemProcess) -> ImportBatch:
    counts = len(account.imported), len(account.duplicate), len(account.refused)
    return ImportBatch.objects.create(
        source=source,
        label=label,
        rows_read=sum(counts),
        rows_imported=counts[0],
        rows_duplicate=counts[1],
        rows_refused=counts[2],
        report=account.as_dict(),
        created_by=author_of(by),
    )


def _row(row: ImportRow, batch: ImportBatch, by: User | SystemProcess) -> DiaryDay:
    entry = row.entry
    return DiaryDay(
        patient_id=row.patient_id,
        day=entry.day,
        state=entry.state,
        severity=entry.severity,
        function=entry.function,
        intakes_known=entry.intakes_known,
        note=entry.note,
        source=Source.IMPORT,
        import_batch=batch,
        created_by=author_of(by),
    )
