"""Diary rows as the plain values the rule book works with, and back as entries."""

from collections.abc import Iterable

from apps.clinical import diary as rules
from apps.diary.choices import State
from apps.diary.entries import DayEntry, IntakeEntry
from apps.diary.models import AcuteIntake, DiaryDay
from apps.medicines.facts import acute_use

NOT_IDENTIFIED = rules.AcuteUse(
    code="not-identified", name="something, not known what", overuse_class=rules.OveruseClass.NOT_IDENTIFIED
)


def clinical_day(row: DiaryDay) -> rules.DiaryDay:
    """The day as the rules see it. The row must come with its intakes and their medicines."""
    return rules.DiaryDay(
        day=row.day,
        state=rules.DayState(row.state),
        severity=row.severity,
        function=row.function,
        acute=tuple(_use(intake) for intake in row.intakes.all()),
        acute_known=row.intakes_known,
    )


def entry_of(row: DiaryDay) -> DayEntry:
    """The row as the entry that would record it again. The row must come with its intakes and their medicines."""
    return DayEntry(
        day=row.day,
        state=State(row.state),
        severity=row.severity,
        function=row.function,
        intakes=sorted_intakes(IntakeEntry(code_of(intake), intake.doses) for intake in row.intakes.all()),
        intakes_known=row.intakes_known,
        note=row.note,
    )


def code_of(intake: AcuteIntake) -> str | None:
    """The catalogue code of what was taken; None when nobody knows what it was."""
    return intake.medicine.code if intake.medicine else None


def sorted_intakes(intakes: Iterable[IntakeEntry]) -> tuple[IntakeEntry, ...]:
    """In the order of their codes, the unknown last, so that two lists of the same intakes are equal."""
    return tuple(sorted(intakes, key=lambda intake: (intake.code is None, intake.code or "")))


def _use(intake: AcuteIntake) -> rules.AcuteUse:
    return acute_use(intake.medicine) if intake.medicine else NOT_IDENTIFIED
