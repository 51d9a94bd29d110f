"""Patterns as cards: what was compared, on how many days, and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.clinical.patterns.comparison import LEAST_DAYS, Comparison, Share, Verdict
from apps.clinical.patterns.pattern import Pattern
from apps.clinical.periods import WINDOW_DAYS
from apps.diary.selectors.patterns import Patterns

_TONES = {Verdict.MORE: "warn", Verdict.FEWER: "good", Verdict.NOT_CLEAR: "plain"}
_AFTER_WORDS = {
    Verdict.MORE: "more headache afterwards",
    Verdict.FEWER: "less headache afterwards",
    Verdict.NOT_CLEAR: "no clear difference",
}


@dataclass(frozen=True)
class Side:
    """One side of a comparison: "12 of 20 days (60 %)", and the length of its bar in per cent."""

    words: str
    percent: int


@dataclass(frozen=True)
class PatternRow:
    """A comparison that could be made."""

    label: str
    present: Side
    absent: Side
    difference: str
    verdict: str
    tone: str


@dataclass(frozen=True)
class PatternCard:
    """A pattern: the comparisons that could be made as a table, the others with what is missing."""

    title: str
    columns: tuple[str, str]
    rows: tuple[PatternRow, ...]
    silent: tuple[str, ...]
    left_out: str
    remark: str
    lead: str
    rule: str


def cards(patterns: Patterns) -> list[PatternCard]:
    """All patterns of the page, in their order."""
    menstruation = patterns.menstruation
    return [
        _card(patterns.weekdays, ("on that day", "on other days"), nothing=""),
        _card(
            menstruation.pattern,
            ("around menstruation", "at other times"),
            nothing="No first day of menstruation is recorded.",
            lead=_cycles(patterns) if menstruation.first_days else "",
        ),
        _card(patterns.sleep, ("after such a night", "after a usual night"), nothing=""),
        _card(
            patterns.exposures,
            ("with it", "without it"),
            nothing="No suspected trigger is recorded as present.",
        ),
        _card(
            patterns.medicines,
            ("afterwards", "before"),
            nothing="No preventive was begun, changed or stopped in these months.",
            per_30=True,
        ),
    ]


def standing_out(shown: Sequence[PatternCard]) -> list[PatternRow]:
    """The comparisons whose interval leaves out nought, in the order of the page."""
    return [row for card in shown for row in card.rows if row.tone != _TONES[Verdict.NOT_CLEAR]]


def chance_sentence(patterns: Patterns) -> str:
    """How many comparisons were made, and what chance alone would do with so many."""
    made, expected = patterns.by_chance
    if not made:
        return "No comparison could be made."
    were = "1 comparison was" if made == 1 else f"{made} comparisons were"
    by_chance = "none or one" if expected < 1 else f"about {round(expected)}"
    return (
        f"{were} made. One in twenty looks like a pattern by chance alone: of these, {by_chance}. "
        "Days next to each other resemble each other, so the true intervals are rather wider."
    )


def enough_sentence(patterns: Patterns) -> str:
    """What is missing before anything is said; empty when there is enough."""
    return "" if patterns.enough else f"Not enough days: {patterns.recorded} of {LEAST_DAYS} are recorded."


def _cycles(patterns: Patterns) -> str:
    found = patterns.menstruation
    return (
        f"Headache {found.relation.label}: recorded in {found.met} of the last 3 windows, days −2 to +3. "
        f"First days of menstruation recorded: {len(found.first_days)}."
    )


def _card(
    pattern: Pattern, columns: tuple[str, str], *, nothing: str, lead: str = "", per_30: bool = False
) -> PatternCard:
    made = [each for each in pattern.comparisons if each.verdict is not Verdict.TOO_FEW]
    return PatternCard(
        title=pattern.rule.title,
        columns=columns,
        rows=tuple(_row(each, per_30=per_30) for each in made),
        silent=_silent(pattern) if pattern.comparisons else (nothing,) if nothing else (),
        left_out=_left_out(pattern),
        remark=_sentence(pattern.remark),
        lead=lead,
        rule=f"{pattern.rule.id} {pattern.rule.version}, {pattern.rule.certainty.label}",
    )


def _silent(pattern: Pattern) -> tuple[str, ...]:
    """What is missing for each comparison that could not be made; once, when it is the same for all."""
    reasons = {each.silent for each in pattern.comparisons}
    if len(reasons) == 1:
        return tuple(_sentence(reason) for reason in reasons if reason)
    return tuple(f"{each.label}: {each.silent}" for each in pattern.comparisons if each.silent)


def _row(comparison: Comparison, *, per_30: bool) -> PatternRow:
    verdict = comparison.verdict
    return PatternRow(
        label=comparison.label,
        present=_side(comparison.present, per_30=per_30),
        absent=_side(comparison.absent, per_30=per_30),
        difference=str(comparison.difference),
        verdict=_AFTER_WORDS[verdict] if per_30 else verdict.label,
        tone=_TONES[verdict],
    )


def _side(share: Share, *, per_30: bool) -> Side:
    percent = share.percent or 0
    if per_30:
        rate = WINDOW_DAYS * share.headache / share.days
        return Side(f"{rate:.1f} per 30 days ({share})", percent)
    return Side(f"{share} ({percent} %)", percent)


def _left_out(pattern: Pattern) -> str:
    if not pattern.left_out:
        return ""
    days = "1 day is" if pattern.left_out == 1 else f"{pattern.left_out} days are"
    return f"{days} left out of {pattern.days}: not recorded, or this was not asked."


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}." if words else ""
