"""The counts of the diary as tables: what is counted in rows, so that a telephone shows all periods side by side."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from apps.clinical import acute_days, completeness, debilitating_days, headache_days, lost_days, severity, trend
from apps.clinical.findings import Certainty
from apps.clinical.migraine_days import BY_TREATMENT_ALONE, ICHD3, MigraineDayRule, rule_of
from apps.clinical.rulebook import Rule
from apps.clinical.trend import Trend
from apps.core.dates import short_date
from apps.diary.counts import Change, DiaryCounts, PeriodCounts

_HINTS = {
    Certainty.CERTAIN: "",
    Certainty.CHECK: "to be confirmed",
    Certainty.CONVENTION: "clinic convention",
}


@dataclass(frozen=True)
class CountRow:
    """One thing that is counted, and its number in each period. hint: how firmly its definition stands, if not firm.

    wraps: the values are words; an interval stays on one line.
    """

    name: str
    hint: str
    values: tuple[str, ...]
    wraps: bool = False


@dataclass(frozen=True)
class CountTable:
    """Periods of one kind side by side, the newest first."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[CountRow, ...]


@dataclass(frozen=True)
class ChangeLine:
    """What became more or fewer: the direction, the difference in days, and the rates where enough days are known."""

    name: str
    direction: str
    difference: str
    rates: str


@dataclass(frozen=True)
class UsedRule:
    """A definition behind the numbers."""

    title: str
    rule: str
    certainty: str


@dataclass(frozen=True)
class Counted:
    """Everything that is counted, for the page. tables: 30-day windows, calendar months, 28-day periods."""

    tables: tuple[CountTable, ...]
    changes: tuple[ChangeLine, ...]
    lost: str
    lost_period: str
    unconfirmed: str
    rules: tuple[UsedRule, ...]


@dataclass(frozen=True)
class _Measure:
    name: str
    rule: Rule
    value: Callable[[PeriodCounts], object]


def counted(counts: DiaryCounts) -> Counted:
    """All tables of the page, the change from the 30 days before, and the rules behind them."""
    rule = counts.windows[0].migraine_rule
    measures = _measures(rule)
    return Counted(
        tables=(
            _table("30-day windows", counts.windows, measures, [_ending(each) for each in counts.windows]),
            _table("Calendar months", counts.months[::-1], measures, [each.title for each in reversed(counts.months)]),
            _table("28-day periods", counts.blocks, measures, [_ending(each) for each in counts.blocks]),
        ),
        changes=tuple(_change_line(change, rule) for change in _shown(counts.changes, rule)),
        lost=str(counts.lost),
        lost_period=f"in the {len(counts.lost.period)} days to {short_date(counts.on)}",
        unconfirmed=debilitating_days.FOR_THE_CLINICIAN,
        rules=_rules(measures),
    )


def migraine_title(rule: MigraineDayRule) -> str:
    """Name migraine days with the variant that counts them."""
    return f"Migraine days, {rule.label}"


def _measures(rule: MigraineDayRule) -> tuple[_Measure, ...]:
    beside = [] if rule is MigraineDayRule.ICHD3 else [MigraineDayRule.ICHD3]
    return (
        _Measure("Headache days", headache_days.HEADACHE_DAYS, lambda counts: counts.headache),
        _Measure(migraine_title(rule), rule_of(rule), lambda counts: counts.migraine),
        *(_Measure(migraine_title(each), ICHD3, lambda counts: counts.migraine_ichd3) for each in beside),
        _Measure("… by the medicine alone", BY_TREATMENT_ALONE, lambda counts: counts.by_treatment),
        _Measure(
            "Moderate or severe days", headache_days.MODERATE_OR_SEVERE_DAYS, lambda counts: counts.moderate_or_severe
        ),
        _Measure("Debilitating days, at most", debilitating_days.RULE, lambda counts: counts.debilitating),
        _Measure("Mean severity, 1 to 3", severity.RULE, _mean_severity),
        _Measure("Acute medication days", acute_days.ALL_TOGETHER, lambda counts: counts.acute),
    )


def _mean_severity(counts: PeriodCounts) -> str:
    found = counts.severity
    if found.mean is None:
        return "none stated"
    some = "" if found.stated == found.headache else f" ({found.stated} of {found.headache} days)"
    return f"{float(found.mean):.1f}{some}"


def _table(
    caption: str, periods: Sequence[PeriodCounts], measures: Sequence[_Measure], columns: list[str]
) -> CountTable:
    classes = tuple(
        CountRow(
            f"{single.name[:1].upper()}{single.name[1:]} days",
            f"limit {single.limit}",
            tuple(str(each.by_class[place].count) for each in periods),
        )
        for place, single in enumerate(periods[0].by_class)
    )
    return CountTable(
        caption=caption,
        columns=tuple(columns),
        rows=(
            *(
                CountRow(
                    measure.name,
                    _HINTS[measure.rule.certainty],
                    tuple(str(measure.value(each)) for each in periods),
                    wraps=measure.rule is severity.RULE,
                )
                for measure in measures
            ),
            *classes,
            CountRow(
                "Days recorded",
                "",
                tuple(f"{each.completeness.recorded} of {each.completeness.of}" for each in periods),
                wraps=True,
            ),
            CountRow(
                "Completeness",
                _HINTS[completeness.RULE.certainty],
                tuple(each.completeness.quality.label for each in periods),
                wraps=True,
            ),
        ),
    )


def _ending(counts: PeriodCounts) -> str:
    return f"to {short_date(counts.period.last)}"


def _shown(changes: Sequence[Change], rule: MigraineDayRule) -> list[Change]:
    """Without the ICHD-3 variant when it is the clinic's own."""
    return [each for each in changes if not (rule is MigraineDayRule.ICHD3 and each.name == "migraine_ichd3")]


def _change_line(change: Change, rule: MigraineDayRule) -> ChangeLine:
    names = {
        "headache": "Headache days",
        "migraine": migraine_title(rule),
        "migraine_ichd3": migraine_title(MigraineDayRule.ICHD3),
        "moderate_or_severe": "Moderate or severe days",
        "debilitating": "Debilitating days",
        "acute": "Acute medication days",
    }
    return ChangeLine(names[change.name], change.trend.direction.label, change.trend.difference, _rates(change.trend))


def _rates(found: Trend) -> str:
    if found.latest_per_30 is None or found.before_per_30 is None:
        return ""
    return f"{found.latest_per_30:g} per 30 known days, before {found.before_per_30:g}"


def _rules(measures: Sequence[_Measure]) -> tuple[UsedRule, ...]:
    used = [
        *(measure.rule for measure in measures),
        acute_days.PER_CLASS,
        lost_days.RULE,
        trend.RULE,
        completeness.RULE,
    ]
    return tuple(UsedRule(rule.title, f"{rule.id} {rule.version}", rule.certainty.label) for rule in used)
