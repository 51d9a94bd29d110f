"""Days a month that were agreed on, beside the days that the diary shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from apps.accounts.models import User
from apps.clinical.counting import Count, days_word
from apps.clinical.periods import Period
from apps.clinical.rescue_only import rescue_only_broken
from apps.core.dates import month_title, short_date, short_time
from apps.diary.counts import DiaryCounts
from apps.diary.presenters.numbers import FindingView, finding_view
from apps.patients.models import Patient
from apps.patients.selectors.prescribers import Prescribing
from apps.screening.choices import RESCUE_ONLY, Ration
from apps.screening.facts.overuse import RESCUE_OF, ration_days, rescue_limit
from apps.screening.models import Allowance
from apps.screening.presenters.overuse import ANSWER_TONES

_RESCUE_WORDS = {"met": "Look closer", "not_met": "Within what was agreed", "cannot_tell": "Cannot tell"}


@dataclass(frozen=True)
class Used:
    """Days used in one stretch: "5–7 of 8 days used", and whether that is over."""

    title: str
    text: str
    verdict: str
    tone: str


@dataclass(frozen=True)
class AllowanceLine:
    """One agreement in force, beside the diary. rescue: only the prescriber decides about it."""

    pk: UUID
    rescue: bool
    label: str
    days: str
    agreed: str
    justification: str
    review: str
    review_late: bool
    used: tuple[Used, ...]


@dataclass(frozen=True)
class EndedAllowance:
    """An agreement that ended."""

    label: str
    days: str
    agreed: str
    ended: str
    justification: str


@dataclass(frozen=True)
class LockedRescue:
    """Why somebody can't agree on an opioid or butalbital, and what they can do."""

    title: str
    who_may: str
    covers_today: str
    how: str


def allowance_lines(allowances: Iterable[Allowance], counts: DiaryCounts) -> list[AllowanceLine]:
    """What is in force, with what was used this month, in the last 30 days and in the months before."""
    return [_line(each, counts) for each in allowances if each.ended_at is None]


def ended_allowances(allowances: Iterable[Allowance]) -> list[EndedAllowance]:
    """What was agreed on and ended, in the order given."""
    return [
        EndedAllowance(
            label=each.get_ration_display(),
            days=f"at most {days_word(each.days)} a month",
            agreed=_agreed(each),
            ended=f"{short_time(each.ended_at)} by {each.ended_by}",
            justification=each.justification,
        )
        for each in allowances
        if each.ended_at is not None
    ]


def rescue_findings(allowances: Iterable[Allowance], counts: DiaryCounts, patient: Patient) -> list[FindingView]:
    """The rescue-only rule for each of its medicines that was taken or agreed on."""
    limits = {Ration(each.ration): rescue_limit(each) for each in allowances if each.ended_at is None}
    window = counts.windows[0].period
    views = []
    for ration, medicine in RESCUE_OF.items():
        if ration in limits or _taken(counts, window, ration):
            finding = rescue_only_broken(counts.days, window, medicine, limits.get(ration))
            words = _RESCUE_WORDS[finding.answer.value]
            views.append(finding_view(finding, words, ANSWER_TONES[finding.answer], patient, None))
    return views


def no_rescue_words(counts: DiaryCounts, shown: int) -> str:
    """What is said when the rule has nothing to look at; empty when it has."""
    if shown:
        return ""
    unknown = len(counts.windows[0].acute.open_days)
    gap = f"; the medicines of {days_word(unknown)} are not known" if unknown else ""
    return f"No opioid and no butalbital is recorded in the last 30 days{gap}."


def free_rations(allowances: Iterable[Allowance], *, rescue: bool) -> list[Ration]:
    """What can still be agreed on; `rescue`: also opioids and butalbital."""
    taken = {each.ration for each in allowances if each.ended_at is None}
    return [each for each in Ration if each not in taken and (rescue or each not in RESCUE_ONLY)]


def locked_rescue(prescribing: Prescribing, user: User) -> LockedRescue:
    """Explain to somebody who is not the prescriber, or whose credential has run out, what is missing."""
    title = "Opioids and butalbital for rescue are agreed on by the prescriber alone"
    effective, cover = prescribing.effective, prescribing.cover
    covers = f"{cover.prescriber}, until {short_time(cover.period.upper)}" if cover else ""
    if effective is None:
        return LockedRescue(title, "Nobody yet: no prescriber is named", "", "Ask for a prescriber to be named.")
    if effective.pk == user.pk:
        return LockedRescue(
            title,
            f"{user}, with a prescriber credential that is valid today",
            "",
            "Your prescriber credential is not valid today. Ask the clinic manager to renew it.",
        )
    how = f"Tell {effective} how many days, and why. Only their entry counts."
    return LockedRescue(title, str(effective), covers, how)


def _line(allowance: Allowance, counts: DiaryCounts) -> AllowanceLine:
    return AllowanceLine(
        pk=allowance.pk,
        rescue=allowance.ration in RESCUE_ONLY,
        label=allowance.get_ration_display(),
        days=f"at most {days_word(allowance.days)} a month",
        agreed=_agreed(allowance),
        justification=allowance.justification,
        review=short_date(allowance.review_on) if allowance.review_on else "",
        review_late=allowance.review_on is not None and allowance.review_on < counts.on,
        used=tuple(
            _used(title, allowance.days, ration_days(counts.days, period, Ration(allowance.ration)))
            for title, period in _periods(allowance, counts).items()
        ),
    )


def _periods(allowance: Allowance, counts: DiaryCounts) -> Mapping[str, Period]:
    """This month so far, the last 30 days, and the months before in which it was in force already."""
    *before, running = (month.period for month in counts.months)
    earlier = {month_title(month.first): month for month in reversed(before) if month.last >= allowance.agreed_on}
    return {f"{month_title(running.first)} so far": running, "Last 30 days": counts.windows[0].period} | earlier


def _used(title: str, days: int, count: Count) -> Used:
    interval = count.interval
    number = str(interval.lower) if interval.exact else f"{interval.lower} to {interval.upper}"
    text = f"{number} of {days_word(days)} used"
    if interval.lower > days:
        return Used(title, text, "over the allowance", "danger")
    if interval.upper > days:
        return Used(title, text, f"may be over: {days_word(len(count.open_days))} not known", "warn")
    return Used(title, text, "within the allowance", "good")


def _agreed(allowance: Allowance) -> str:
    by = f" by {allowance.created_by}" if allowance.created_by else ""
    return f"{short_date(allowance.agreed_on)}{by}"


def _taken(counts: DiaryCounts, window: Period, ration: Ration) -> bool:
    return bool(ration_days(counts.days, window, ration).counted_days)
