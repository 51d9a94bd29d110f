"""Reading sleep: what the chart knows already, the screens, the recorded nights."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Final
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet

from apps.clinical.diary import DayState, DiaryDay
from apps.clinical.findings import Interval
from apps.clinical.patterns.pattern import Pattern
from apps.clinical.patterns.sleep import sleep_pattern
from apps.clinical.periods import Period, window_ending
from apps.clinical.sleep.log import SleepLength, sleep_length
from apps.clinical.sleep.timing import SleepTiming
from apps.core.dates import short_date
from apps.diary.models import DayContext
from apps.diary.models import DiaryDay as DiaryRow
from apps.diary.selectors import contexts_of
from apps.diary.selectors.rollup import bits_by_patient, nothing_known
from apps.patients.models import Patient
from apps.screening.facts.sleep import free_days_of, length_of, minutes_of, timing_of
from apps.screening.models import Administration, SleepScreen
from apps.screening.selectors.scores import LatestScore, latest_scores
from apps.screening.selectors.sheets import COUNTS

# As far back as the diary's page of patterns looks unless told otherwise.
PATTERN_DAYS: Final = 183
# Facts of the rules that are the total of a questionnaire, and those that are its verdict.
TOTALS: Final = {"ess": "epworth", "nosas": "nosas", "isi": "isi", "sci": "sci"}
VERDICTS: Final = {"stopbang": "stop_bang_high", "rls": "restless_legs"}
TENTHS: Final = 10


@dataclass(frozen=True)
class Known:
    """One thing that is not asked because the chart knows it, or that a questionnaire has to say.

    value: in words; empty when not known. source: where it comes from. code: the questionnaire that would say it.
    """

    label: str
    value: str
    source: str
    code: str = ""


@dataclass(frozen=True)
class KnownElsewhere:
    """What the sleep rules get from questionnaires and diary.

    facts: by the names of `SleepFacts`; what is not known is None. lines: the same in words, with their sources.
    contexts: the recorded nights of the last 30 days, oldest first.
    """

    facts: Mapping[str, Any]
    lines: tuple[Known, ...]
    contexts: tuple[DayContext, ...]

    def timing(self, answers: Mapping[str, Any]) -> SleepTiming | None:
        """Mid-sleep and social jetlag, with the free days that were told."""
        return timing_of(self.contexts, answers)


@dataclass(frozen=True)
class SleepDiary:
    """The recorded nights of the last 30 days, and headache after short and long nights of the last half year.

    length and timing are None when too few nights are recorded. with_times: nights with the times of falling asleep
    and waking. free_days: as they were counted, Monday is 0.
    """

    window: Period
    nights: int
    with_times: int
    length: SleepLength | None
    timing: SleepTiming | None
    free_days: tuple[int, ...]
    pattern_period: Period
    pattern: Pattern = field(repr=False)
    days: tuple[DiaryDay, ...] = field(repr=False)


def known_elsewhere(patient: Patient, on: date) -> KnownElsewhere:
    """What the chart knows on a day that the screen need not ask. Three queries."""
    window = window_ending(on)
    scores = {score.code: score for score in latest_scores(patient)}
    bits = bits_by_patient(Patient.objects.filter(pk=patient.pk), window).get(patient.pk, nothing_known(window))
    opioid = bits.of_masks(("opioid_inside",)).interval
    contexts = tuple(contexts_of(patient, window))
    facts: dict[str, Any] = {fact: _total(scores.get(code)) for code, fact in TOTALS.items()}
    facts |= {fact: _verdict(scores.get(code)) for code, fact in VERDICTS.items()}
    facts |= {"bmi": _body_mass_index(scores.get("nosas")), "opioid_days": opioid}
    return KnownElsewhere(facts, tuple(_lines(scores, facts, opioid, contexts, window)), contexts)


def last_screen(patient: Patient) -> SleepScreen | None:
    """The newest sleep screen. One query."""
    return screens_of(patient).first()


def screens_of(patient: Patient) -> QuerySet[SleepScreen]:
    """The sleep screens of a patient, newest first. One query."""
    return SleepScreen.objects.filter(patient=patient).select_related("created_by")


def screens_with_later_answers(patient: Patient) -> QuerySet[SleepScreen]:
    """The same, each with the codes of questionnaires answered after it, which it could not look at. One query."""
    later = Administration.objects.filter(
        COUNTS,
        patient=OuterRef("patient"),
        instrument__in=[*TOTALS, *VERDICTS],
        answered_on__gt=OuterRef("answered_on"),
    )
    return screens_of(patient).annotate(answered_later=ArraySubquery(later.order_by().values("instrument")))


def screen_of(patient: Patient, screen_id: UUID) -> SleepScreen | None:
    """One screen of a patient. One query."""
    return screens_of(patient).filter(pk=screen_id).first()


def sleep_diary(patient: Patient, on: date, answers: Mapping[str, Any], *, also: Period | None = None) -> SleepDiary:
    """The recorded nights that end on a day, and headache beside them. Two queries.

    answers: those of the last screen, for the days of the week without work. also: other days of which the headache is
    wanted; both stretches come in `days`.
    """
    period, window = window_ending(on, PATTERN_DAYS), window_ending(on)
    contexts = list(contexts_of(patient, period))
    recent = [row for row in contexts if row.day in window]
    lengths = {row.day: length_of(row) for row in contexts}
    days = [
        DiaryDay(day=day, state=DayState(state), sleep_minutes=lengths.get(day))
        for day, state in headache_states(patient, period, *([also] if also else []))
    ]
    minutes = minutes_of(recent)
    return SleepDiary(
        window=window,
        nights=len(minutes),
        with_times=sum(1 for row in recent if row.slept_from is not None),
        length=sleep_length(minutes),
        timing=timing_of(recent, answers),
        free_days=free_days_of(answers),
        pattern_period=period,
        pattern=sleep_pattern(days, period),
        days=tuple(days),
    )


def headache_states(patient: Patient, *periods: Period) -> QuerySet[DiaryRow, tuple[date, str]]:
    """Date and state of each recorded day of some periods, oldest first, each day once. One query."""
    inside = reduce(or_, (Q(day__range=(period.first, period.last)) for period in periods))
    return DiaryRow.objects.filter(inside, patient=patient).order_by("day").values_list("day", "state")


def _total(score: LatestScore | None) -> int | None:
    return score.total if score else None


def _verdict(score: LatestScore | None) -> bool | None:
    return score.positive if score else None


def _body_mass_index(score: LatestScore | None) -> float | None:
    tenths = score.answers.get("bmi") if score else None
    return None if tenths is None else tenths / TENTHS


def _lines(
    scores: Mapping[str, LatestScore],
    facts: Mapping[str, Any],
    opioid: Interval,
    contexts: tuple[DayContext, ...],
    window: Period,
) -> list[Known]:
    def of_score(code: str, name: str, value: str) -> Known:
        score = scores.get(code)
        return Known(name, value, f"answered {short_date(score.answered_on)}" if score else "never answered", code)

    names = {"ess": "Epworth", "nosas": "NoSAS", "isi": "ISI", "sci": "SCI"}
    lines = [of_score(code, names[code], _words(facts[fact])) for code, fact in TOTALS.items()]
    lines += [
        of_score("stopbang", "STOP-Bang high risk", _words(facts["stop_bang_high"])),
        of_score("rls", "Restless legs, single question", _words(facts["restless_legs"])),
    ]
    if facts["bmi"] is not None:
        lines.append(of_score("nosas", "Body mass index", f"{facts['bmi']:g} kg/m²"))
    with_times = sum(1 for row in contexts if row.slept_from is not None)
    lines += [
        Known("Days with an opioid", f"{opioid} of 30", f"diary, {window}"),
        Known("Nights with times of sleep", f"{with_times} of 30", f"diary, {window}"),
    ]
    return lines


def _words(value: int | bool | None) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
