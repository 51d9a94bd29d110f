"""The questions a safety rule asks about one patient and one regimen."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from apps.clinical.findings import Answer, Interval, threshold_answer
from apps.clinical.periods import day_text
from apps.clinical.safety.conditions import Condition
from apps.clinical.safety.evidence import NO, Evidence, compared, either, fact, unknown
from apps.clinical.safety.facts import (
    IntakeLog,
    Liver,
    Measure,
    PatientFacts,
    ProposedChange,
    RegimenLine,
    SafetySettings,
)
from apps.clinical.safety.substances import Group

# A year: clinic convention, to be confirmed. An older value says nothing about today.
MEASURE_VALID_DAYS = 365
# The crisis value; the sources name no other figure for "uncontrolled".
CRISIS_SYSTOLIC, CRISIS_DIASTOLIC = 180, 120


@dataclass(frozen=True, slots=True)
class Case:
    """One patient with one regimen at one date."""

    facts: PatientFacts
    regimen: tuple[RegimenLine, ...]
    intakes: IntakeLog | None
    today: date
    change: ProposedChange | None = None
    settings: SafetySettings = field(default_factory=SafetySettings)

    @property
    def running(self) -> tuple[RegimenLine, ...]:
        """The lines that run today or are proposed."""
        return tuple(line for line in self.regimen if line.ended_on is None or line.ended_on >= self.today)

    def lines(self, group: Group) -> tuple[RegimenLine, ...]:
        """The running medicines that certainly belong to a group."""
        return tuple(line for line in self.running if group.holds(line))

    def on(self, group: Group, *, where: Callable[[RegimenLine], bool] = lambda line: True) -> Evidence:
        """Whether a medicine the rule is about stands on the regimen; without it the rule does not apply."""
        return _taken(tuple(line for line in self.lines(group) if where(line)))

    def also(self, group: Group, *, beside: tuple[RegimenLine, ...] = ()) -> Evidence:
        """Whether another medicine of a group is taken; open while a medicine's content, or the list, is not known."""
        others = tuple(line for line in self.running if line not in beside)
        return self._partner(group, others)

    def recently(self, group: Group, days: int) -> Evidence:
        """Whether a medicine of a group is taken, or was until at most so many days ago."""
        since = self.today - timedelta(days=days)
        return self._partner(group, tuple(line for line in self.regimen if not line.ended_on or line.ended_on >= since))

    def ended_within(self, group: Group, days: int) -> Evidence:
        """Whether a medicine of a group runs, or certainly ended at most so many days ago."""
        since = self.today - timedelta(days=days)
        return _taken(
            tuple(line for line in self.regimen if group.holds(line) and (line.ended_on or self.today) >= since)
        )

    def pregnant(self) -> Evidence:
        """Whether the patient is pregnant; who cannot become pregnant is not asked."""
        if self.facts.pregnant is None and self.facts.can_become_pregnant is False:
            return NO
        return fact(self.facts.pregnant, "pregnant", "Pregnancy")

    def has(self, *conditions: Condition) -> Evidence:
        """Whether the patient has any of these conditions."""
        return either(*(fact(self.facts.has(each), f"condition.{each.value}", each.label) for each in conditions))

    def allergic(self, group: Group) -> Evidence:
        """Whether an allergy to the group or one of its ingredients is recorded."""
        if self.facts.allergies is None:
            return unknown("allergies", "allergy")
        found = bool(self.facts.allergies & {group.key, *group.members})
        return Evidence(found, (f"Allergy to {group.name}",) if found else ())

    def measured(self, measure: Measure, holds: Callable[[float], bool]) -> Evidence:
        """Whether a measured value fulfils a comparison; a value older than a year counts as not recorded."""
        key = f"measure.{measure.value}"
        found = self.facts.measures.get(measure)
        if found is None or found.on > self.today:
            return unknown(key, measure.label)
        if (self.today - found.on).days > MEASURE_VALID_DAYS:
            return unknown(key, f"{measure.label} of the last 12 months (last: {day_text(found.on)})")
        return compared(found.value, holds, key, measure.label)

    def kidney_below(self, limit: float) -> Evidence:
        """Whether creatinine clearance, or eGFR where it is not recorded, lies below a limit."""
        clearance = self.measured(Measure.CREATININE_CLEARANCE, lambda value: value < limit)
        return self.measured(Measure.EGFR, lambda value: value < limit) if clearance.answer is None else clearance

    def liver_from(self, level: Liver) -> Evidence:
        """Whether the liver is impaired at least to this degree."""
        liver = self.facts.liver
        if liver is None:
            return unknown("liver", "liver function (Child-Pugh)")
        return Evidence(True, (f"Liver: {liver.name.replace('_', ' ').title()}",)) if liver >= level else NO

    def uncontrolled_hypertension(self) -> Evidence:
        """Whether blood pressure is uncontrolled: as recorded, or a pressure in the range of a crisis."""
        stated = self.has(Condition.UNCONTROLLED_HYPERTENSION)
        high = either(
            self.measured(Measure.SYSTOLIC, lambda value: value >= CRISIS_SYSTOLIC),
            self.measured(Measure.DIASTOLIC, lambda value: value >= CRISIS_DIASTOLIC),
        )
        return high if high.answer else stated

    def severe_renal(self, limit: float = 30) -> Evidence:
        """Whether the kidneys are severely impaired: by the value, or end-stage disease recorded."""
        ended = self.has(Condition.END_STAGE_RENAL_DISEASE)
        return ended if ended.answer else self.kidney_below(limit)

    def _partner(self, group: Group, lines: tuple[RegimenLine, ...]) -> Evidence:
        certain = tuple(line for line in lines if group.holds(line))
        if certain:
            return _taken(certain)
        unread = [
            unknown(f"ingredients.{line.code}", f"what {line.name} contains")
            for line in lines
            if group.holds(line) is None
        ]
        if not self.facts.medicine_list_complete:
            unread.append(unknown("other_medicines", "whether other medicines are taken"))
        return either(*unread)


def days_reach(days: Interval | None, limit: int, key: str, words: str) -> Evidence:
    """Whether a count of days reaches a limit, when it may only be known as an interval."""
    if days is None:
        return unknown(key, words)
    answer = threshold_answer(days, limit)
    if answer is Answer.MET:
        return Evidence(True, (f"{words}: {days}",))
    return NO if answer is Answer.NOT_MET else unknown(key, f"whether {words} reach {limit} ({days})")


def _taken(lines: tuple[RegimenLine, ...]) -> Evidence:
    return Evidence(bool(lines), tuple(line.name for line in lines), lines=lines)
