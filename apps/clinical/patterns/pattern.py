"""A pattern: several comparisons of one kind over the same stretch of diary."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from apps.clinical.diary import DayState, DiaryDay
from apps.clinical.patterns.comparison import Comparison, Share
from apps.clinical.periods import Period
from apps.clinical.rulebook import Rule

# Whether a day belongs to the one side (yes), the other (no), or to neither because it is not known.
Side = Callable[[DiaryDay], bool | None]


@dataclass(frozen=True, slots=True)
class Pattern:
    """What goes with headache, of one kind.

    days: dates of the period. left_out: those of them without a headache yes or no, or of which the kind is not known;
    they are neither side. remark: what else must be known to read it.
    """

    rule: Rule
    comparisons: tuple[Comparison, ...]
    days: int
    left_out: int
    remark: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Give the pattern as plain JSON values, with the rule that made it."""
        return {
            "rule_id": self.rule.id,
            "rule_version": self.rule.version,
            "comparisons": [each.as_dict() for each in self.comparisons],
            "days": self.days,
            "left_out": self.left_out,
            "remark": self.remark,
        }


def within(days: Iterable[DiaryDay], period: Period) -> tuple[DiaryDay, ...]:
    """The days of a period whose headache yes or no is known, oldest first."""
    known = (entry for entry in days if entry.day in period and entry.state is not DayState.NOT_KNOWN)
    return tuple(sorted(known, key=lambda entry: entry.day))


def sides(days: Sequence[DiaryDay], side: Side) -> tuple[Share, Share]:
    """The headache days among the days of either side; days of neither are left out."""
    return _share(days, side, wanted=True), _share(days, side, wanted=False)


def of_neither_side(period: Period, days: Sequence[DiaryDay], side: Side) -> int:
    """How many dates of the period are left out of such a comparison."""
    return len(period) - sum(1 for entry in days if side(entry) is not None)


def _share(days: Sequence[DiaryDay], side: Side, *, wanted: bool) -> Share:
    chosen = [entry for entry in days if side(entry) is wanted]
    return Share(sum(1 for entry in chosen if entry.state is DayState.HEADACHE), len(chosen))
