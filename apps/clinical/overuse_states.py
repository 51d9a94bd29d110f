"""The states of medication overuse, and which of them the known facts leave open."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from apps.clinical.duration import more_than_three_months
from apps.clinical.findings import Answer, all_of, any_of, yes_no
from apps.clinical.overuse_warnings import EarlyWarning, Level
from apps.clinical.overuse_window import OveruseWindow


class OveruseState(StrEnum):
    """Where a patient stands."""

    NONE = "none"
    AT_RISK = "at_risk"
    OVERUSE_NOT_SUSTAINED = "overuse_not_sustained"
    OVERUSE_SUSTAINED = "overuse_sustained"
    CRITERIA_MET = "criteria_met"
    CANNOT_TELL = "cannot_tell"

    @property
    def label(self) -> str:
        """The state as words for the page."""
        return {
            OveruseState.NONE: "no overuse",
            OveruseState.AT_RISK: "at risk of overuse",
            OveruseState.OVERUSE_NOT_SUSTAINED: "overuse, not shown for more than 3 months",
            OveruseState.OVERUSE_SUSTAINED: "overuse for more than 3 months",
            OveruseState.CRITERIA_MET: "criteria of medication-overuse headache met",
            OveruseState.CANNOT_TELL: "cannot tell",
        }[self]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The answers from which the state follows.

    latest: overuse in the latest window. at_risk: an amber or red early warning. sustained:
    overuse for more than 3 months, given that the latest window shows it. headache: at least 15
    days in the same windows. pre_existing: a headache disorder from before.
    """

    latest: Answer
    at_risk: Answer
    sustained: Answer
    headache: Answer
    pre_existing: Answer

    @property
    def criteria(self) -> Answer:
        """Say whether all counted criteria of ICHD-3 8.2 are met."""
        return all_of((self.latest, self.sustained, self.headache, self.pre_existing))


def evidence(
    windows: Sequence[OveruseWindow],
    warnings: Sequence[EarlyWarning],
    *,
    pre_existing: bool | None,
    stated: bool,
) -> Evidence:
    """Draw the answers together from the four windows, newest first."""
    earlier = [window.overuse for window in windows[1:]]
    pressing = (each.answer for each in warnings if each.level is not Level.NOTICE)
    return Evidence(
        latest=windows[0].overuse,
        at_risk=any_of(tuple(pressing)),
        sustained=more_than_three_months([Answer.MET, *earlier], stated=stated),
        headache=more_than_three_months([window.frequent_headache for window in windows], stated=stated),
        pre_existing=yes_no(pre_existing),
    )


def possible_states(known: Evidence) -> tuple[OveruseState, ...]:
    """Give every state that the missing facts could still turn out to be, mildest first."""
    open_states: list[OveruseState] = []
    if _may_fail(known.latest):
        if _may_fail(known.at_risk):
            open_states.append(OveruseState.NONE)
        if _may_hold(known.at_risk):
            open_states.append(OveruseState.AT_RISK)
    if _may_hold(known.latest):
        open_states.extend(_overuse_states(known))
    return tuple(open_states)


def _overuse_states(known: Evidence) -> list[OveruseState]:
    open_states: list[OveruseState] = []
    if _may_fail(known.sustained):
        open_states.append(OveruseState.OVERUSE_NOT_SUSTAINED)
    if _may_hold(known.sustained):
        rest = all_of((known.headache, known.pre_existing))
        if _may_fail(rest):
            open_states.append(OveruseState.OVERUSE_SUSTAINED)
        if _may_hold(rest):
            open_states.append(OveruseState.CRITERIA_MET)
    return open_states


def _may_hold(answer: Answer) -> bool:
    return answer is not Answer.NOT_MET


def _may_fail(answer: Answer) -> bool:
    return answer is not Answer.MET
