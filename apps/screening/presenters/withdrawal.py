"""A withdrawal plan in words: its medicines with what the rule warns of, its checks, who may sign it, relapse."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.clinical.counting import days_word
from apps.clinical.findings import Answer, Finding, Interval
from apps.clinical.withdrawal import (
    NEAR_DAILY_DAYS,
    EndedMedicine,
    Ending,
    abrupt_stop_is_dangerous,
    ending,
    hospital_advised,
)
from apps.clinical.withdrawal_checks import REASSESS_MONTHS, months_after
from apps.core.dates import short_date, short_time
from apps.medicines.models import Medicine
from apps.patients.chart_notices import ChartNotice
from apps.patients.models import Patient
from apps.patients.selectors.prescribers import Prescribing
from apps.screening.choices import Way, WithdrawalState
from apps.screening.models import WithdrawalCheck, WithdrawalLine, WithdrawalPlan
from apps.screening.selectors.withdrawal import RecentUse, overdue_checks

CONVENTION = "clinic convention, to be confirmed"
STATE_TONES = {
    WithdrawalState.DRAFT: "plain",
    WithdrawalState.RUNNING: "warn",
    WithdrawalState.WATCHING: "good",
    WithdrawalState.CLOSED: "plain",
}


@dataclass(frozen=True)
class Flag:
    """A word of the rule beside a medicine, with its tone."""

    label: str
    tone: str


@dataclass(frozen=True)
class MedicineAdvice:
    """One medicine as the rule sees it: its days in the diary, the flags, and what is not known."""

    name: str
    days: str
    flags: tuple[Flag, ...]
    missing: tuple[str, ...]
    url: str


@dataclass(frozen=True)
class PlannedMedicine:
    """One medicine of a plan: what is done, the steps of a taper, why against the advice, and the rule's advice."""

    advice: MedicineAdvice
    code: str
    way: str
    steps: tuple[tuple[str, str], ...]
    against: str


@dataclass(frozen=True)
class CheckWords:
    """One check: its day, where that lies in the withdrawal, and what was found or whether it waits."""

    day: str
    place: str
    state: str
    tone: str
    found: str
    url: str
    move_url: str


@dataclass(frozen=True)
class LockedSignature:
    """Why somebody can't put the plan in force, for the locked control."""

    title: str
    who_may: str
    covers_today: str
    how: str


@dataclass(frozen=True)
class RelapseWords:
    """Whether the patient is above the limit again, with the count of each 30 days since the end."""

    verdict: str
    headline: str
    tone: str
    windows: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]


def medicine_advice(ended: EndedMedicine, url: str = "", *, in_diary: bool = True) -> MedicineAdvice:
    """What the rule says about one medicine."""
    return MedicineAdvice(
        name=ended.name[:1].upper() + ended.name[1:],
        days=_days(ended.days) if in_diary else "not a medicine of the diary",
        flags=tuple(_flags(ended)),
        missing=abrupt_stop_is_dangerous(ended).missing,
        url=url,
    )


def offered_medicines(plan: WithdrawalPlan, use: RecentUse, planned: Iterable[WithdrawalLine]) -> list[MedicineAdvice]:
    """The medicines of the last 90 days that the plan does not name yet, each with the address where it is planned."""
    named = {line.medicine_id for line in planned}
    left = (medicine for medicine in use.taken if medicine.pk not in named)
    return [medicine_advice(use.ended(medicine), line_url(plan, medicine)) for medicine in left]


def planned_medicines(plan: WithdrawalPlan, lines: Iterable[WithdrawalLine], use: RecentUse) -> list[PlannedMedicine]:
    """The medicines of a plan."""
    return [
        PlannedMedicine(
            advice=medicine_advice(
                use.ended(line.medicine),
                line_url(plan, line.medicine),
                in_diary=line.medicine.is_acute or line.medicine.is_rescue,
            ),
            code=line.medicine.code,
            way=way_words(line),
            steps=tuple((short_date(datetime.date.fromisoformat(each["on"])), each["words"]) for each in line.steps),
            against=line.against,
        )
        for line in lines
    ]


def way_words(line: WithdrawalLine) -> str:
    """What is done with a medicine: "At most 8 days a month"."""
    if line.way == Way.LIMIT and line.limit_days is not None:
        return f"At most {days_word(line.limit_days)} a month"
    return line.get_way_display()


def line_url(plan: WithdrawalPlan, medicine: Medicine) -> str:
    """Where it is said how a medicine is ended."""
    return reverse("screening:withdrawal_line", args=[plan.patient_id, plan.pk, medicine.code])


def check_words(plan: WithdrawalPlan, checks: Iterable[WithdrawalCheck], today: datetime.date) -> list[CheckWords]:
    """The checks of a plan, in their order. Those that are due and the next one can be done."""
    in_order = list(checks)
    ahead = [check for check in in_order if check.done_on is None and check.due_on > today][:1]
    return [_check(plan, check, today, is_next=check in ahead) for check in in_order]


def locked_signature(prescribing: Prescribing, user: User) -> LockedSignature:
    """Why this person can't put the plan in force, and what they can do."""
    effective = prescribing.effective
    title = "Only the prescriber puts this plan in force"
    if effective is None:
        return LockedSignature(title, "Nobody yet: no prescriber is named", "", "Have the prescriber named first.")
    if effective.pk == user.pk:
        how = "Your prescriber credential is not valid today. Ask the clinic manager to renew it."
        return LockedSignature(title, f"{user}, with a prescriber credential that is valid today", "", how)
    designated, cover = prescribing.designated, prescribing.cover
    return LockedSignature(
        title,
        f"{designated.prescriber}, designated prescriber" if designated else str(effective),
        f"{cover.prescriber}, until {short_time(cover.period.upper)}" if cover else "",
        f"Write the draft, then ask {effective} to sign it.",
    )


def relapse_words(finding: Finding) -> RelapseWords:
    """The watch for relapse in words."""
    verdict, tone = {
        Answer.MET: ("Limit reached", "danger"),
        Answer.NOT_MET: ("Below the limit", "good"),
        Answer.CANNOT_TELL: ("Cannot tell", "warn"),
    }[finding.answer]
    windows = tuple((fact.label, fact.value) for fact in finding.facts)
    return RelapseWords(verdict, finding.headline, tone, windows, finding.missing)


def withdrawal_notices(patient: Patient, user: User) -> list[ChartNotice]:
    """That a check of the withdrawal is due, on each page of the chart. One query for those who read the chart."""
    if not user.may(Permission.VIEW_CHART):
        return []
    waiting = list(overdue_checks(patient, timezone.localdate()))
    if not waiting:
        return []
    more = f", and {len(waiting) - 1} more" if len(waiting) > 1 else ""
    return [
        ChartNotice(
            title="A check of the withdrawal is due",
            text=f"Somebody was to look on {short_date(waiting[0].due_on)}{more}.",
            url=reverse("screening:withdrawal", args=[patient.pk]),
            action="Open the withdrawal plan",
        )
    ]


def _days(days: Interval) -> str:
    return f"taken on {days_word(days.lower) if days.exact else f'{days} days'} of the last 30"


def _flags(ended: EndedMedicine) -> Iterable[Flag]:
    way = ending(ended)
    if way is not Ending.TAPER:
        yield Flag(way.label, "plain")
        return
    is_certain = abrupt_stop_is_dangerous(ended).answer is Answer.MET
    yield Flag(way.label, "danger" if is_certain else "warn")
    if ended.barbiturate:
        yield Flag("Seizures possible", "danger")
    if hospital_advised(ended):
        yield Flag("Hospital or specialist advised", "warn")


def _check(plan: WithdrawalPlan, check: WithdrawalCheck, today: datetime.date, *, is_next: bool) -> CheckWords:
    in_force = plan.state in (WithdrawalState.RUNNING, WithdrawalState.WATCHING)
    state, tone = _check_state(check, today, in_force=in_force)
    address = [plan.patient_id, check.pk]
    is_open = check.done_on is None and plan.state != WithdrawalState.CLOSED
    return CheckWords(
        day=short_date(check.due_on),
        place=_place(plan, check.due_on),
        state=state,
        tone=tone,
        found=check.found,
        url=reverse("screening:withdrawal_check", args=address)
        if is_open and in_force and (is_next or check.due_on <= today)
        else "",
        move_url=reverse("screening:move_withdrawal_check", args=address) if is_open else "",
    )


def _check_state(check: WithdrawalCheck, today: datetime.date, *, in_force: bool) -> tuple[str, str]:
    if check.done_on:
        return f"{check.done_by}, {short_date(check.done_on)}", "good"
    if not in_force:
        return "Planned", "plain"
    if check.due_on < today:
        return "Overdue", "danger"
    return ("Today", "warn") if check.due_on == today else ("Planned", "plain")


def _place(plan: WithdrawalPlan, day: datetime.date) -> str:
    """Where a day lies: counted from the end of the withdrawal once it has ended, before from its begin."""
    if plan.ended_on and day > plan.ended_on:
        months = _whole_months(plan.ended_on, day)
        since = f"{months} {'month' if months == 1 else 'months'}" if months else days_word((day - plan.ended_on).days)
        return f"{since} after the end"
    if day == months_after(plan.starts_on, REASSESS_MONTHS):
        return f"{REASSESS_MONTHS} months: judge anew"
    return f"day {(day - plan.starts_on).days}"


def _whole_months(first: datetime.date, last: datetime.date) -> int:
    """How many months lie between two days; 0 when they are not whole."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months if months_after(first, months) == last else 0


NEAR_DAILY = f"Near-daily means {NEAR_DAILY_DAYS} of 30 days or more: {CONVENTION}."
