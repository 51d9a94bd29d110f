"""Recording and correcting diary days: one day or a typed month, both in one transaction and a handful of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Exists, OuterRef

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.clinical.periods import Period
from apps.core.dates import short_date
from apps.core.writing import Refused, StaleSave, SystemProcess, author_of, writes
from apps.diary.choices import State
from apps.diary.entries import DayEntry, IntakeEntry, entry_faults
from apps.diary.facts import entry_of, sorted_intakes
from apps.diary.models import Attack, DiaryDay
from apps.diary.selectors import rows_of
from apps.diary.services.intakes import save_intakes
from apps.patients.access import require
from apps.patients.models import Patient

# Asked along with the days, because saving a month has few queries to spend.
_ATTACKS_OF_THE_DAY = Attack.objects.filter(
    patient=OuterRef("patient"), first_day__lte=OuterRef("day"), last_day__gte=OuterRef("day")
)
_CHANGEABLE = ("state", "severity", "function", "intakes_known", "note", "version", "updated_at")


@dataclass(frozen=True)
class SavedMonth:
    """How many days were newly recorded, changed, and taken back to "not recorded"."""

    added: int
    changed: int
    removed: int

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True)
class DayConflict:
    """A day that somebody else saved meanwhile: as it was typed and as it is recorded now (None: not recorded)."""

    day: date
    typed: DayEntry | None
    recorded: DayEntry | None
    version: int


class StaleDays(StaleSave):
    """Some of the days were changed by somebody else while this was typed; nothing was saved."""

    def __init__(self, patient: Patient, conflicts: Sequence[DayConflict]) -> None:
        super().__init__(patient)
        self.conflicts = tuple(conflicts)


@writes
def record_month(
    *,
    patient: Patient,
    month: Period,
    entries: Sequence[DayEntry],
    seen: Mapping[date, int],
    by: User | SystemProcess,
    today: date,
) -> SavedMonth:
    """Make the days of a period say what `entries` say; a day without an entry becomes "not recorded".

    seen: the version of each day that was on the page; a day that is absent was not recorded then. A day that
    already says what was typed is left alone, so that sending the same month twice changes nothing.

    Raises StaleDays when a day that would change has another version by now, Refused with errors under
    "<ISO date>:<field>" when an entry can't be recorded, PermissionDenied when this person may not.
    """
    if isinstance(by, User):
        require(by, Permission.EDIT_DIARY, patient)
    wanted = _checked(entries, month, today)
    # One writer a diary at a time, so that two people typing the same empty month don't overwrite each other.
    Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
    present = {row.day: row for row in rows_of(patient, month).annotate(has_attack=Exists(_ATTACKS_OF_THE_DAY))}
    recorded = {day: entry_of(row) for day, row in present.items()}
    touched = [day for day in month if not _says_the_same(wanted.get(day), recorded.get(day))]
    conflicts = [
        DayConflict(day, wanted.get(day), recorded.get(day), _version(present, day))
        for day in touched
        if _version(present, day) != seen.get(day, 0)
    ]
    if conflicts:
        raise StaleDays(patient, conflicts)
    _refuse_to_leave_attacks_behind([day for day in touched if not _is_headache(wanted.get(day))], present)
    return _write(patient, [day for day in touched if day in wanted], wanted, present, touched, by)


def record_day(
    *, patient: Patient, entry: DayEntry, seen_version: int = 0, by: User | SystemProcess, today: date
) -> SavedMonth:
    """Record or correct one day; `seen_version` 0 says that it was not recorded. Raises as `record_month` does."""
    return record_month(
        patient=patient,
        month=Period(entry.day, entry.day),
        entries=[entry],
        seen={entry.day: seen_version},
        by=by,
        today=today,
    )


def _checked(entries: Sequence[DayEntry], month: Period, today: date) -> dict[date, DayEntry]:
    faults: dict[str, list[str]] = {}
    wanted: dict[date, DayEntry] = {}
    for entry in entries:
        problems = entry_faults(entry, today=today)
        if entry.day not in month:
            problems["day"] = "This day does not belong to the page that was typed."
        if entry.day in wanted:
            problems["day"] = "This day was given twice."
        faults |= {f"{entry.day.isoformat()}:{field}": [sentence] for field, sentence in problems.items()}
        wanted[entry.day] = replace(entry, intakes=sorted_intakes(entry.intakes), note=entry.note.strip())
    if faults:
        raise Refused(faults)
    return wanted


def _is_headache(entry: DayEntry | None) -> bool:
    return entry is not None and entry.state is State.HEADACHE


def _refuse_to_leave_attacks_behind(days: Sequence[date], present: Mapping[date, DiaryDay]) -> None:
    """An attack without its headache days would be a contradiction that nobody sees."""
    faults = {
        f"{day.isoformat()}:headache": [
            f"An attack is described on {short_date(day)}. Correct or remove the attack first, in the list of the diary."
        ]
        for day in days
        if day in present and present[day].has_attack  # type: ignore[attr-defined]
    }
    if faults:
        raise Refused(faults)


def _says_the_same(wanted: DayEntry | None, recorded: DayEntry | None) -> bool:
    if wanted is None or recorded is None or wanted != recorded:
        return wanted == recorded
    return all(_adds_nothing(*pair) for pair in zip(wanted.intakes, recorded.intakes, strict=True))


def _adds_nothing(wanted: IntakeEntry, recorded: IntakeEntry) -> bool:
    """What the page or the file does not ask (None) can't differ."""
    return wanted.relief in (None, recorded.relief) and wanted.taken_before_pain in (None, recorded.taken_before_pain)


def _version(present: Mapping[date, DiaryDay], day: date) -> int:
    return present[day].version if day in present else 0


def _write(
    patient: Patient,
    kept: Sequence[date],
    wanted: Mapping[date, DayEntry],
    present: Mapping[date, DiaryDay],
    touched: Sequence[date],
    by: User | SystemProcess,
) -> SavedMonth:
    removed = [present[day] for day in touched if day not in wanted]
    saved = DiaryDay.objects.bulk_create(
        [_row(patient, wanted[day], _version(present, day) + 1, by) for day in kept],
        update_conflicts=True,
        unique_fields=["patient", "day"],
        update_fields=_CHANGEABLE,
    )
    intakes_of_removed = [intake for row in removed for intake in row.intakes.all()]
    save_intakes(
        [(row, wanted[row.day].intakes, present[row.day].intakes.all() if row.day in present else ()) for row in saved],
        also_delete=intakes_of_removed,
        by=by,
    )
    if removed:
        DiaryDay.objects.filter(pk__in=[row.pk for row in removed]).delete()
    added = sum(1 for day in kept if day not in present)
    return SavedMonth(added=added, changed=len(kept) - added, removed=len(removed))


def _row(patient: Patient, entry: DayEntry, version: int, by: User | SystemProcess) -> DiaryDay:
    return DiaryDay(
        patient=patient,
        day=entry.day,
        state=entry.state,
        severity=entry.severity,
        function=entry.function,
        intakes_known=entry.intakes_known,
        note=entry.note,
        version=version,
        created_by=author_of(by),
    )
