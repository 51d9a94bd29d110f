"""The days that a patient's entry touches: read once, guarded, merged and written in one place."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta, tzinfo

from django.conf import settings

from apps.clinical.periods import ONE_DAY, Period
from apps.core.dates import short_date
from apps.core.writing import Refused, StaleSave, SystemProcess, author_of
from apps.diary.choices import Relief, Source, State
from apps.diary.entries import DayEntry, IntakeEntry, entry_faults
from apps.diary.facts import entry_of, sorted_intakes
from apps.diary.models import AcuteIntake, Attack, DiaryDay
from apps.diary.models.day import LONGEST_NOTE
from apps.diary.models.intake import MOST_DOSES
from apps.diary.selectors.links import LastDays
from apps.diary.services.intakes import save_intakes
from apps.diary.told import Medicines
from apps.patients.models import Patient

# What `entry_faults` calls a field, as the patient's forms call it.
_FIELD = {"medicines": "took", "headache": "severity"}
_RELIEF_ORDER = (Relief.NONE, Relief.SOME, Relief.FULL)


class DayChanged(StaleSave):
    """The day says something else than the patient's page did. by_clinic: somebody else than the patient wrote it."""

    def __init__(self, row: DiaryDay, *, by_clinic: bool) -> None:
        super().__init__(row)
        self.row = row
        self.by_clinic = by_clinic


class PatientDays:
    """One entry's view of the diary.

    window: the days that the link may write. written_at: when the entry was written. versions: the days it wrote, with
    the version they have now.
    """

    def __init__(
        self,
        patient: Patient,
        days: LastDays,
        *,
        window: Period,
        clock: tzinfo,
        written_at: datetime,
        by: SystemProcess,
    ) -> None:
        self.patient = patient
        self.days = days
        self.window = window
        self.by = by
        self.versions: dict[date, int] = {}
        self._clock = clock
        self.written_at = written_at

    def row(self, day: date) -> DiaryDay | None:
        """The day as it is recorded; None when it is not."""
        return self.days.rows.get(day)

    def attacks_on(self, day: date) -> list[Attack]:
        """The described attacks that touch a day, oldest first."""
        return [attack for attack in self.days.attacks if attack.first_day <= day <= attack.last_day]

    def recorded_intakes(self, day: date) -> tuple[IntakeEntry, ...]:
        """What is recorded as taken, with what it did."""
        row = self.row(day)
        return entry_of(row).intakes if row else ()

    def require_own(self, day: date) -> DiaryDay | None:
        """The day, if it is not recorded or came from the patient. Raises Refused when the clinic wrote it down."""
        row = self.row(day)
        if row is not None and row.source != Source.LINK:
            origin = "was read in from a file" if row.source == Source.IMPORT else "was written down by the clinic"
            raise Refused({"day": [f"{short_date(day)} {origin}. To change it, telephone the clinic."]})
        return row

    def require_unchanged(self, day: date, seen: int | None, *, exactly: bool = False) -> DiaryDay | None:
        """The patient's own day, unless somebody else changed it since the patient's page was drawn.

        exactly: also the patient's own later entry counts as a change. Raises Refused as `require_own`, DayChanged.
        """
        row = self.require_own(day)
        by_clinic = self.days.changed_by_clinic(day)
        stale = seen != (row.version if row else 0)
        if row is not None and stale and (exactly or by_clinic):
            raise DayChanged(row, by_clinic=by_clinic)
        return row

    def mark(
        self, day: date, *, severity: int | None = None, function: int | None = None, medicines: Medicines | None = None
    ) -> None:
        """Make a day a headache day, or the worse of what it is and this.

        What was taken is added; medicines None: the question was not part of this entry.
        """
        row = self.row(day)
        before = entry_of(row) if row else None
        taken = medicines or Medicines()
        self.write(
            DayEntry(
                day=day,
                state=State.HEADACHE,
                severity=worst(before.severity if before else None, severity),
                function=worst(before.function if before else None, function),
                intakes=added_intakes(self.recorded_intakes(day), taken.intakes),
                intakes_known=_known_together(before, medicines),
                note=before.note if before else "",
            ),
            other_name=taken.other_name,
        )

    def write(self, entry: DayEntry, *, other_name: str = "") -> None:
        """Record a day as the patient's. Raises Refused when the entry contradicts itself."""
        if faults := entry_faults(entry, today=self.window.last):
            raise Refused({_FIELD.get(field, field): [sentence] for field, sentence in faults.items()})
        row = self.row(entry.day)
        present = list(row.intakes.all()) if row else []
        if row is None:
            row = DiaryDay(
                patient=self.patient, day=entry.day, source=Source.LINK, version=0, created_by=author_of(self.by)
            )
        row.state, row.severity, row.function = entry.state, entry.severity, entry.function
        row.intakes_known, row.note = entry.intakes_known, entry.note
        row.entered_late = row.entered_late or self._is_late(entry.day)
        row.version += 1
        row.save()
        save_intakes([(row, entry.intakes, present)], by=self.by)
        _name_the_other(row, present, other_name)
        self.versions[entry.day] = row.version

    def _is_late(self, day: date) -> bool:
        over = datetime.combine(day + ONE_DAY, time.min, tzinfo=self._clock)
        return self.written_at > over + timedelta(hours=settings.DIARY_LATE_AFTER_HOURS)


def worst(*values: int | None) -> int | None:
    """The largest of the values that are known; None when none is."""
    return max((value for value in values if value is not None), default=None)


def added_intakes(before: Iterable[IntakeEntry], more: Iterable[IntakeEntry]) -> tuple[IntakeEntry, ...]:
    """Two lists of one day as one: doses add up, the best relief counts, once before the pain is before the pain.

    Raises Refused when a medicine comes to more doses than a day has.
    """
    together: dict[str | None, IntakeEntry] = {}
    for intake in (*before, *more):
        known = together.get(intake.code)
        together[intake.code] = intake if known is None else _both(known, intake)
    if any(intake.doses > MOST_DOSES for intake in together.values()):
        raise Refused(
            {"took": [f"That makes more than {MOST_DOSES} doses of one medicine on this day. Change the day."]}
        )
    return sorted_intakes(together.values())


def _both(first: IntakeEntry, second: IntakeEntry) -> IntakeEntry:
    reliefs = [relief for relief in (first.relief, second.relief) if relief is not None]
    early = [each.taken_before_pain for each in (first, second) if each.taken_before_pain is not None]
    return replace(
        first,
        doses=first.doses + second.doses,
        relief=max(reliefs, key=_RELIEF_ORDER.index, default=None),
        taken_before_pain=any(early) if early else None,
    )


def _known_together(before: DayEntry | None, medicines: Medicines | None) -> bool:
    """The list of a day is complete when each part of it is; a day nobody knew anything about is no part."""
    parts = []
    if before is not None and before.state != State.NOT_KNOWN:
        parts.append(before.intakes_known)
    if medicines is not None:
        parts.append(medicines.known)
    return bool(parts) and all(parts)


def _name_the_other(row: DiaryDay, present: Iterable[AcuteIntake], name: str) -> None:
    """Keep the typed name with the intake whose medicine is not identified: the clinic finds out what it was."""
    if not name:
        return
    before = next((intake.note for intake in present if intake.medicine_id is None), "")
    note = f"{before}; {name}" if before and name not in before else name
    AcuteIntake.objects.filter(day=row, medicine=None).update(note=note[:LONGEST_NOTE])
