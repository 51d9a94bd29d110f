"""Hours between doses, and amounts within 24 hours, when times or doses may not be recorded.

Two doses are within 24 hours when less than 24 hours lie between them; at exactly 24 hours they are not.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from itertools import combinations, product

from apps.clinical.periods import day_text
from apps.clinical.safety.case import Case
from apps.clinical.safety.evidence import NO, Evidence, Missing, either, unknown
from apps.clinical.safety.facts import Intake
from apps.clinical.safety.substances import Group

DAY = timedelta(hours=24)
NO_DIARY = Missing("intakes", "when doses were taken")

Amount = Callable[[Intake], float | None]


def doses_of(case: Case, group: Group) -> tuple[Intake, ...]:
    """The recorded doses of medicines that certainly belong to a group, in order of time."""
    intakes = case.intakes.intakes if case.intakes else ()
    return tuple(sorted((each for each in intakes if group.holds(each.line)), key=lambda each: each.earliest))


def pair_within(pairs: Iterable[tuple[Intake, Intake]], span: timedelta = DAY) -> Evidence:
    """Whether any two doses of these pairs are less than a span apart."""
    return either(*(_apart(first, second, span) for first, second in pairs))


def between(case: Case, one: Group, other: Group) -> tuple[tuple[Intake, Intake], ...]:
    """Every pair of a dose of one group with a dose of the other."""
    return tuple(product(doses_of(case, one), doses_of(case, other)))


def among(case: Case, group: Group) -> tuple[tuple[Intake, Intake], ...]:
    """Every pair of doses of one group."""
    return tuple(combinations(doses_of(case, group), 2))


def gaps(case: Case) -> Evidence:
    """Open while there is no diary, or while a day or a medicine in it is not recorded; otherwise no."""
    if case.intakes is None:
        return Evidence(None, missing=(NO_DIARY,))
    unread = tuple(each.day for each in case.intakes.intakes if each.line.ingredients is None)
    return days_open(tuple(sorted({*case.intakes.unknown_days, *unread})))


def days_open(days: tuple[date, ...]) -> Evidence:
    """Open while the medicines of some days are not recorded."""
    if not days:
        return NO
    which = day_text(days[0]) if len(days) == 1 else f"{len(days)} days"
    return Evidence(None, missing=(Missing("diary_days", f"what was taken on {which}"),), days=days)


def more_than_in_a_day(doses: Iterable[Intake], amount: Amount, limit: float, words: str) -> Evidence:
    """Whether the amounts of doses within any 24 hours add up to more than a limit.

    amount gives the size of one dose; None when it is not recorded, which leaves the sum open.
    """
    found = tuple(doses)
    return either(*(_sum_from(first, found, amount, limit, words) for first in found))


def _within(first: Intake, second: Intake, span: timedelta) -> bool | None:
    """Whether less than a span lies between two doses; None when their times leave it open."""
    if max(second.latest - first.earliest, first.latest - second.earliest) < span:
        return True
    return None if max(second.earliest - first.latest, first.earliest - second.latest) < span else False


def _apart(first: Intake, second: Intake, span: timedelta) -> Evidence:
    close = _within(first, second, span)
    if close is False:
        return NO
    names = f"{first.line.name} on {day_text(first.day)}, {second.line.name} on {day_text(second.day)}"
    if close is None:
        return unknown("intake_times", f"the time of {names}")
    return Evidence(True, (names,), lines=(first.line, second.line), days=tuple(sorted({first.day, second.day})))


def _sum_from(first: Intake, doses: tuple[Intake, ...], amount: Amount, limit: float, words: str) -> Evidence:
    possible = [each for each in doses if each is first or _within(first, each, DAY) is not False]
    certain = _certainly_together(first, possible)
    if sum(amount(each) or 0 for each in certain) > limit:
        lines = tuple(dict.fromkeys(each.line for each in certain))
        return Evidence(True, (words,), lines=lines, days=tuple(sorted({each.day for each in certain})))
    when = f"{first.line.name} on {day_text(first.day)}"
    if any(amount(each) is None for each in possible):
        return unknown("intake_doses", f"the dose of {when}")
    later = (each for each in possible if each.latest >= first.earliest)
    return unknown("intake_times", f"the time of {when}") if sum(amount(each) or 0 for each in later) > limit else NO


def _certainly_together(first: Intake, doses: Iterable[Intake]) -> list[Intake]:
    """The dose and those that all certainly fall into the same 24 hours, in order of time."""
    found = [first]
    for each in doses:
        # Two tablets at the same time are two doses, so the doses are told apart by identity.
        later = each is not first and each.earliest >= first.earliest
        if later and all(_within(other, each, DAY) for other in found):
            found.append(each)
    return found
