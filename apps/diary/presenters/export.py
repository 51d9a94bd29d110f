"""The diary as rows of a table for other programs: the days, and the numbers counted from them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.utils.text import slugify

from apps.clinical.counting import Count
from apps.clinical.overuse import OveruseAssessment
from apps.clinical.periods import Period
from apps.diary.choices import Exposure
from apps.diary.counts import DiaryCounts, PeriodCounts
from apps.diary.models import AcuteIntake, Attack, DayContext, DiaryDay
from apps.diary.presenters.count_tables import migraine_title

Row = tuple[object, ...]

DAY_COLUMNS = (
    "date",
    "state",
    "severity 1-3",
    "function 0-3",
    "medicines",
    "doses",
    "relief",
    "taken before pain",
    "medicines complete",
    "source",
    "entered late",
    "attacks",
    "attack hours",
    "worst pain 0-10",
    "attack features",
    "aura minutes",
    "menstruation",
    "sleep minutes",
    "exposures",
    "note",
)
COUNT_COLUMNS = (
    "kind of period",
    "first day",
    "last day",
    "what",
    "rule",
    "version",
    "from",
    "to",
    "known days",
    "days",
    "estimated",
    "per 30 known days",
    "days recorded",
    "completeness",
    "answer",
)

NOT_RECORDED = "not recorded"

_FEATURES = (
    "unilateral",
    "pulsating",
    "worse_with_activity",
    "nausea",
    "vomiting",
    "photophobia",
    "phonophobia",
    "aura",
)
_YES_NO = {True: "yes", False: "no", None: ""}


def day_rows(
    period: Period,
    rows: Mapping[date, DiaryDay],
    attacks: Sequence[Attack],
    contexts: Mapping[date, DayContext],
) -> Iterable[Row]:
    """One row for every date of the period; a date without an entry says so and is not left out."""
    for day in period:
        row, context = rows.get(day), contexts.get(day)
        that_day = [attack for attack in attacks if attack.first_day <= day <= attack.last_day]
        yield (day.isoformat(), *_day(row), *_attacks(that_day), *_besides(context), row.note if row else "")


def count_rows(counts: DiaryCounts) -> Iterable[Row]:
    """One row for each thing that is counted in each period of the page, the days lost in the last 90, and overuse.

    The rows of overuse have the answers of the page: all acute medicines together, and the criteria of ICHD-3.
    """
    kinds = (("30-day window", counts.windows), ("calendar month", counts.months), ("28-day period", counts.blocks))
    for kind, periods in kinds:
        for each in periods:
            for name, count in _counts(each):
                yield _count_row(kind, name, count, each)
    lost = counts.lost
    yield (
        "90 days",
        lost.period.first.isoformat(),
        lost.period.last.isoformat(),
        "Days lost to headache",
        lost.rule_id,
        lost.rule_version,
        f"{lost.lower:g}",
        f"{lost.upper:g}",
        len(lost.period) - len(lost.open_days),
        len(lost.period),
        *[""] * 5,
    )
    yield from _overuse_rows(counts.overuse)


def file_name(clinic_number: str, what: str, on: date) -> str:
    """The name of the file: no name of the patient, but the clinic's number and the date."""
    return f"diary-{what}-{slugify(clinic_number)}-{on.isoformat()}.csv"


def _day(row: DiaryDay | None) -> Row:
    if row is None:
        return (NOT_RECORDED, *[""] * 9)
    intakes = list(row.intakes.all())
    return (
        row.get_state_display(),
        row.severity,
        row.function,
        _each(_name(intake) for intake in intakes),
        _each(intake.doses for intake in intakes),
        _each(intake.get_relief_display() for intake in intakes),
        _each(_YES_NO[intake.taken_before_pain] for intake in intakes),
        _YES_NO[row.intakes_known],
        row.get_source_display(),
        _YES_NO[row.entered_late],
    )


def _name(intake: AcuteIntake) -> str:
    return intake.medicine.generic_name if intake.medicine else "something, not known what"


def _attacks(attacks: Sequence[Attack]) -> Row:
    return (
        len(attacks) or "",
        _each(_hours(attack) for attack in attacks),
        _each("" if attack.pain is None else attack.pain for attack in attacks),
        _each(_features(attack) for attack in attacks),
        _each("" if attack.aura_minutes is None else attack.aura_minutes for attack in attacks),
    )


def _hours(attack: Attack) -> str:
    if attack.started_at is None or attack.ended_at is None:
        return ""
    return f"{(attack.ended_at - attack.started_at).total_seconds() / 3600:g}"


def _features(attack: Attack) -> str:
    """What was asked: "nausea, no vomiting"; what was not asked is left out."""
    asked = {name: getattr(attack, name) for name in _FEATURES}
    return ", ".join(
        name.replace("_", " ") if present else f"no {name.replace('_', ' ')}"
        for name, present in asked.items()
        if present is not None
    )


def _besides(context: DayContext | None) -> Row:
    if context is None:
        return ("", "", "")
    exposures = context.exposures
    if exposures is not None:
        exposures = [Exposure(code).label for code in exposures] or ["none"]
    return (
        _YES_NO[context.menstruation],
        "" if context.sleep_minutes is None else context.sleep_minutes,
        _each(exposures or ()),
    )


def _each(values: Iterable[object]) -> str:
    """Several values in one cell, in the same order in every cell of the row; empty when nothing is in any."""
    words = [str(value) for value in values]
    return "; ".join(words) if any(words) else ""


def _counts(counts: PeriodCounts) -> Iterable[tuple[str, Count]]:
    yield "Headache days", counts.headache
    yield migraine_title(counts.migraine_rule), counts.migraine
    yield "Migraine days, ICHD-3 variant", counts.migraine_ichd3
    yield "Migraine days by the medicine alone", counts.by_treatment
    yield "Moderate or severe days", counts.moderate_or_severe
    yield "Debilitating days, at most", counts.debilitating
    yield "Acute medication days", counts.acute
    for each in counts.by_class:
        yield f"Acute medication days, {each.name}", each.count


def _count_row(kind: str, name: str, count: Count, counts: PeriodCounts) -> Row:
    return (
        kind,
        counts.period.first.isoformat(),
        counts.period.last.isoformat(),
        name,
        count.rule_id,
        count.rule_version,
        count.interval.lower,
        count.interval.upper,
        count.known,
        len(count.period),
        count.estimate,
        count.per_30_days,
        counts.completeness.recorded,
        counts.completeness.quality.label,
        "",
    )


def _overuse_rows(overuse: OveruseAssessment) -> Iterable[Row]:
    latest, oldest = overuse.windows[0].period, overuse.windows[-1].period
    together, criteria = overuse.headline, overuse.finding
    for kind, first, what, finding, answer in (
        ("30-day window", latest.first, "All acute medicines, limit", together, together.answer.label),
        ("four 30-day windows", oldest.first, "Medication overuse, ICHD-3 8.2", criteria, overuse.state.label),
    ):
        ends = (finding.interval.lower, finding.interval.upper) if finding.interval else ("", "")
        dates = (first.isoformat(), latest.last.isoformat())
        yield (kind, *dates, what, finding.rule_id, finding.rule_version, *ends, *[""] * 6, answer)
