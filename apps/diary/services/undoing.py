"""Taking a whole import back as one step."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.core.writing import Refused, writes
from apps.diary.choices import BatchState
from apps.diary.models import AcuteIntake, Attack, DayContext, DiaryDay, ImportBatch
from apps.diary.undo_notes import put_back
from apps.patients.access import require
from apps.patients.models import Patient

_PUT_BACK: Final = (
    "state",
    "severity",
    "function",
    "intakes_known",
    "note",
    "entered_late",
    "import_batch",
    "version",
    "imported_version",
    "updated_at",
)


@dataclass(frozen=True)
class Undone:
    """What undoing did: days and attacks that went, days that hold again what they held before the import, dates whose
    sleep or menstruation went, and the days that stay because somebody changed them since."""

    days: int
    restored: int
    attacks: int
    besides: int
    kept: tuple[date, ...]


def untouched_days(batch: ImportBatch) -> QuerySet[DiaryDay]:
    """The days of an import that nobody changed since."""
    return DiaryDay.objects.filter(import_batch=batch, version=F("imported_version"))


@writes
def undo_import(*, batch: ImportBatch, by: User) -> Undone:
    """Take back what an import brought and nobody changed since; what it replaced comes back.

    Changed days stay, and the headache days of an attack that stays.

    Raises Refused when the import was taken back before, PermissionDenied.
    """
    if batch.patient is not None:
        require(by, Permission.EDIT_DIARY, batch.patient)
        # One writer a diary at a time.
        Patient.objects.select_for_update(no_key=True).get(pk=batch.patient.pk)
    claimed = ImportBatch.objects.filter(pk=batch.pk, state=BatchState.IMPORTED).update(
        state=BatchState.UNDONE, undone_at=timezone.now(), undone_by=by
    )
    if not claimed:
        raise Refused("This import was taken back already.")
    batch.refresh_from_db()
    attacks, _ = Attack.objects.filter(import_batch=batch, version=1).delete()
    untouched = untouched_days(batch).exclude(_described())
    restored = _restore(batch.report.get("replaced", []), untouched)
    AcuteIntake.objects.filter(day__in=untouched).delete()
    days, _ = untouched.delete()
    besides, _ = DayContext.objects.filter(import_batch=batch, version=1).delete()
    emptied = _empty_again(batch.report.get("filled", []), batch)
    kept = DiaryDay.objects.filter(import_batch=batch).order_by("day").values_list("day", flat=True)
    return Undone(days, restored, attacks, besides + emptied, tuple(kept))


def _described() -> Exists:
    """A day on which an attack is described that stays: it keeps its headache days."""
    attacks = Attack.objects.filter(
        patient=OuterRef("patient"), first_day__lte=OuterRef("day"), last_day__gte=OuterRef("day")
    )
    return Exists(attacks)


def _restore(replaced: list[dict[str, Any]], untouched: QuerySet[DiaryDay]) -> int:
    """Days hold again what an earlier import had brought, unless that import was taken back meanwhile."""
    batches = {noted["batch"] for noted in replaced if noted["batch"]}
    living = {
        str(pk)
        for pk in ImportBatch.objects.filter(pk__in=batches, state=BatchState.IMPORTED).values_list("pk", flat=True)
    }
    wanted = {date.fromisoformat(noted["day"]): noted for noted in replaced}
    rows = [
        row
        for row in untouched.filter(day__in=list(wanted))
        if wanted[row.day]["version"] == row.version and wanted[row.day]["batch"] in living
    ]
    AcuteIntake.objects.filter(day__in=[row.pk for row in rows]).delete()
    intakes = [intake for row in rows for intake in put_back(row, wanted[row.day])]
    for row in rows:
        row.updated_at = timezone.now()
    if rows:
        DiaryDay.objects.bulk_update(rows, _PUT_BACK, batch_size=2000)
        AcuteIntake.objects.bulk_create(intakes, batch_size=2000)
    return len(rows)


def _empty_again(filled: list[dict[str, Any]], batch: ImportBatch) -> int:
    """What the import filled in beside somebody else's entry is empty again, where nobody changed it since."""
    emptied = 0
    for noted in filled:
        emptied += DayContext.objects.filter(patient=batch.patient, day=noted["day"], version=noted["version"]).update(
            version=F("version") + 1, updated_at=timezone.now(), **dict.fromkeys(noted["fields"])
        )
    return emptied
