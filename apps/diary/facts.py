"""Diary rows as the plain values the rule book works with, and back as entries."""

from collections.abc import Iterable, Sequence
from typing import TypedDict

from apps.clinical import diary as rules
from apps.diary.choices import Relief, State
from apps.diary.entries import DayEntry, IntakeEntry
from apps.diary.models import AcuteIntake, Attack, DayContext, DiaryDay
from apps.medicines.facts import acute_use

NOT_IDENTIFIED = rules.AcuteUse(
    code="not-identified", name="something, not known what", overuse_class=rules.OveruseClass.NOT_IDENTIFIED
)


def clinical_day(
    row: DiaryDay, *, attacks: Sequence[rules.Attack] = (), context: DayContext | None = None
) -> rules.DiaryDay:
    """The day as the rules see it. The row must come with its intakes and their medicines."""
    return rules.DiaryDay(
        **_besides(context),
        day=row.day,
        state=rules.DayState(row.state),
        severity=row.severity,
        function=row.function,
        acute=tuple(_use(intake) for intake in row.intakes.all()),
        acute_known=row.intakes_known,
        attacks=tuple(attack for attack in attacks if attack.first_day <= row.day <= attack.last_day),
    )


def clinical_attack(row: Attack) -> rules.Attack:
    """The attack as the rules see it."""
    lasted = row.ended_at - row.started_at if row.ended_at and row.started_at else None
    return rules.Attack(
        first_day=row.first_day,
        last_day=row.last_day,
        hours=lasted.total_seconds() / 3600 if lasted is not None else None,
        severity=row.severity,
        unilateral=row.unilateral,
        pulsating=row.pulsating,
        worse_with_activity=row.worse_with_activity,
        nausea=row.nausea,
        vomiting=row.vomiting,
        photophobia=row.photophobia,
        phonophobia=row.phonophobia,
        aura=row.aura,
        aura_minutes=row.aura_minutes,
    )


def entry_of(row: DiaryDay) -> DayEntry:
    """The row as the entry that would record it again. The row must come with its intakes and their medicines."""
    return DayEntry(
        day=row.day,
        state=State(row.state),
        severity=row.severity,
        function=row.function,
        intakes=sorted_intakes(_intake(intake) for intake in row.intakes.all()),
        intakes_known=row.intakes_known,
        note=row.note,
    )


def _intake(row: AcuteIntake) -> IntakeEntry:
    return IntakeEntry(
        code=code_of(row),
        doses=row.doses,
        relief=Relief(row.relief) if row.relief else None,
        taken_before_pain=row.taken_before_pain,
    )


def code_of(intake: AcuteIntake) -> str | None:
    """The catalogue code of what was taken; None when nobody knows what it was."""
    return intake.medicine.code if intake.medicine else None


def sorted_intakes(intakes: Iterable[IntakeEntry]) -> tuple[IntakeEntry, ...]:
    """In the order of their codes, the unknown last, so that two lists of the same intakes are equal."""
    return tuple(sorted(intakes, key=lambda intake: (intake.code is None, intake.code or "")))


def _use(intake: AcuteIntake) -> rules.AcuteUse:
    if intake.medicine is None:
        return NOT_IDENTIFIED
    return acute_use(intake.medicine, relief=rules.Relief(intake.relief) if intake.relief else None)


class _Besides(TypedDict, total=False):
    menstruation: bool | None
    sleep_minutes: int | None
    exposures: frozenset[str] | None


def _besides(context: DayContext | None) -> _Besides:
    if context is None:
        return {}
    return {
        "menstruation": context.menstruation,
        "sleep_minutes": context.sleep_minutes,
        "exposures": None if context.exposures is None else frozenset(context.exposures),
    }
