"""A sleep study in words: its steps as a row, its result, what came after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.charts import MonthCount, Svg, Table
from apps.charts.block_bars import block_bars
from apps.core.dates import short_date
from apps.patients.chart_notices import ChartNotice
from apps.patients.models import Patient
from apps.screening.choices import REFERRAL_ORDER, ReferralState
from apps.screening.models import SleepReferral
from apps.screening.models.sleep import DATE_OF
from apps.screening.selectors.sleep_referrals import EffectBlock, overdue_referrals
from apps.screening.sleep_steps import ACTIONS, WAITS_FOR, is_open, may_follow

STEP_NAMES = {
    ReferralState.WANTED: "Wanted",
    ReferralState.ORDERED: "Ordered",
    ReferralState.BOOKED: "Booked",
    ReferralState.DONE: "Done",
    ReferralState.RESULT: "Result",
    ReferralState.ACTED_ON: "Acted on",
}


@dataclass(frozen=True)
class Step:
    """One step of the row. state: "done", "now", "skipped" or "" for one that is still to come."""

    name: str
    day: str
    state: str
    words: str


@dataclass(frozen=True)
class NextStep:
    """A button: what it says, and the page of its form."""

    label: str
    url: str
    primary: bool


@dataclass(frozen=True)
class ReferralWords:
    """A study as pages show it. late: "Overdue", or empty."""

    title: str
    study: str
    state: str
    due: str
    late: str
    waits_for: str
    url: str
    steps: tuple[Step, ...]
    numbers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class EffectWords:
    """Headache days before and after, as a picture and as a table."""

    svg: Svg
    table: Table
    running: str


def referral_words(referral: SleepReferral, today: date | None = None) -> ReferralWords:
    """What a page says about one study."""
    on = today or timezone.localdate()
    return ReferralWords(
        title=referral.get_disorder_display(),
        study=referral.get_study_display(),
        state=referral.get_state_display(),
        due=short_date(referral.due_on) if referral.due_on else "",
        late="Overdue" if referral.due_on and referral.due_on < on else "",
        waits_for=WAITS_FOR.get(ReferralState(referral.state), ""),
        url=_address("screening:sleep_referral", referral),
        steps=tuple(_step(referral, each) for each in REFERRAL_ORDER),
        numbers=tuple(_numbers(referral)),
    )


def next_steps(referral: SleepReferral, user: User) -> list[NextStep]:
    """The steps that this person may take now, the usual one first."""
    return [
        NextStep(_action(referral, step), _step_url(referral, step), primary=number == 0)
        for number, step in enumerate(may_follow(referral.state))
        if user.may(Permission.SIGN_PLAN if step == ReferralState.ORDERED else Permission.RECORD_SCREENING)
    ]


def waits_for_a_physician(referral: SleepReferral, user: User) -> bool:
    """Whether the next step is an order that this person can't write."""
    return referral.state == ReferralState.WANTED and not user.may(Permission.SIGN_PLAN)


def effect_words(blocks: Sequence[EffectBlock], referral: SleepReferral, today: date) -> EffectWords | None:
    """Headache days around what was done; None before there is anything to show."""
    if not blocks:
        return None
    counts = [
        MonthCount(each.headache.interval.lower, each.headache.interval.upper, each.recorded.recorded)
        for each in blocks
    ]
    title = f"Headache days in 28 days, before and after {short_date(referral.acted_on)}"  # type: ignore[arg-type]
    rows = tuple(
        (
            _block_name(each.number),
            str(each.period),
            f"{each.headache} of {len(each.period)} days",
            f"{each.recorded.recorded} of {each.recorded.of} days ({each.recorded.percent} %), {each.recorded.quality.label}",
        )
        for each in blocks
    )
    svg = block_bars(
        [_block_name(each.number) for each in blocks],
        [(each.period.first, each.period.last) for each in blocks],
        counts,
        prefix="sleep-effect",
        title=title,
    )
    after = len(blocks) - 1
    running = "" if after else "The first 28 days after it are not over yet."
    return EffectWords(svg, Table(title, ("Period", "Days", "Headache days", "Recorded"), rows), running)


def overdue_notices(patient: Patient, user: User) -> list[ChartNotice]:
    """A notice on each page of the chart when a sleep study is overdue. At most one query."""
    if not user.may(Permission.VIEW_CHART):
        return []
    late = list(overdue_referrals(patient, timezone.localdate())[:2])
    if not late:
        return []
    first = late[0]
    more = " More are overdue." if len(late) > 1 else ""
    return [
        ChartNotice(
            title=f"Sleep study overdue: {first.get_disorder_display().lower()}",
            text=f"It waits {WAITS_FOR[ReferralState(first.state)]}, due {short_date(first.due_on)}.{more}",  # type: ignore[arg-type]
            url=_address("screening:sleep_referral", first),
            action="Open the sleep study",
        )
    ]


def overdue_row(referral: SleepReferral, today: date) -> dict[str, Any]:
    """A line of the clinic's list."""
    days = (today - referral.due_on).days if referral.due_on else 0
    return {
        "name": f"{referral.patient.family_name}, {referral.patient.given_name}",
        "clinic_number": referral.patient.clinic_number,
        "study": referral.get_study_display(),
        "disorder": referral.get_disorder_display(),
        "waits_for": WAITS_FOR[ReferralState(referral.state)],
        "due": short_date(referral.due_on) if referral.due_on else "",
        "days": days,
        "url": _address("screening:sleep_referral", referral),
    }


def _step(referral: SleepReferral, step: ReferralState) -> Step:
    day = timezone.localdate(referral.created_at) if step == ReferralState.WANTED else getattr(referral, DATE_OF[step])
    name = STEP_NAMES[step]
    if referral.state == step and is_open(referral.state):
        return Step(name, _day(day), "now", "now")
    if day is not None:
        return Step(name, _day(day), "done", "done")
    if _passed(referral, step):
        return Step(name, "", "skipped", "skipped")
    return Step(name, "", "", "not reached" if referral.state == ReferralState.DROPPED else "to come")


def _passed(referral: SleepReferral, step: ReferralState) -> bool:
    later = REFERRAL_ORDER[REFERRAL_ORDER.index(step) + 1 :]
    return any(getattr(referral, DATE_OF[each]) is not None for each in later)


def _day(day: date | None) -> str:
    return short_date(day) if day else ""


def _numbers(referral: SleepReferral) -> list[tuple[str, str]]:
    named = (
        ("Apnoea-hypopnoea index", referral.ahi, "events an hour"),
        ("Periodic limb movement index", referral.plmi, "movements an hour"),
        ("Lowest oxygen saturation", referral.spo2_nadir, "%"),
        ("Mean sleep latency", referral.mslt_minutes, "minutes"),
        ("CPAP used", referral.cpap_hours, "hours a night"),
        ("Nights with at least 4 hours of CPAP", referral.cpap_nights, "%"),
    )
    return [(name, f"{float(value):g} {unit}") for name, value, unit in named if value is not None]


def _action(referral: SleepReferral, step: ReferralState) -> str:
    if step == ReferralState.BOOKED and referral.state == ReferralState.BOOKED:
        return "Move the appointment"
    return ACTIONS[step]


def _step_url(referral: SleepReferral, step: ReferralState) -> str:
    if step == ReferralState.ORDERED:
        return _address("screening:sleep_order", referral)
    return _address("screening:sleep_step", referral, step=step.value)


def _block_name(number: int) -> str:
    return "Before" if number == 0 else f"After, {(number - 1) * 28 + 1}–{number * 28}"


def _address(name: str, referral: SleepReferral, **more: str) -> str:
    return reverse(name, kwargs={"patient_id": referral.patient_id, "study_id": referral.pk, **more})
