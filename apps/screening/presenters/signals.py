"""Overuse signals in words: in the chart, as a notice, and counted over the clinic."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.clinical.counting import days_word
from apps.clinical.overuse_headline import ALL_TOGETHER_LIMIT
from apps.clinical.overuse_warnings import ALL_TOGETHER_AMBER
from apps.core.dates import month_title, short_date
from apps.core.navigation import url_or_none
from apps.diary.selectors.above import EVERYTHING
from apps.patients.chart_notices import ChartNotice
from apps.patients.models import Patient
from apps.screening.choices import SignalLevel, SignalState
from apps.screening.models import OveruseSignal, SignalSilence
from apps.screening.selectors.signals import SignalFigures, reached_signals
from apps.screening.signal_readings import ALLOWANCE, RELAPSE

NUMBERS: Final = (
    f"All acute medicines together: near from {ALL_TOGETHER_AMBER}, reached from {ALL_TOGETHER_LIMIT} of 30 days. "
    "These two numbers and most early warnings are a clinic convention, to be confirmed."
)
LEVEL_TONES: Final = {SignalLevel.NEAR: "warn", SignalLevel.REACHED: "danger"}
STATE_TONES: Final = {
    SignalState.ACTED_ON: "good",
    SignalState.SILENCED: "plain",
    SignalState.PASSED: "plain",
    SignalState.OPEN: "warn",
}
_NAMES: Final = {each.code: each.name[:1].upper() + each.name[1:] for each in EVERYTHING} | {
    ALLOWANCE: "Days agreed with the patient",
    RELAPSE: "Relapse after a withdrawal",
}


@dataclass(frozen=True)
class SignalWords:
    """One signal: what it is about, how loud, the days, since when, and what became of it."""

    name: str
    level: str
    tone: str
    days: str
    fired: str
    state: str
    state_tone: str
    answer: str
    url: str


@dataclass(frozen=True)
class SilenceWords:
    """One silence: about what, until when, why and by whom, and the address where it is lifted."""

    name: str
    until: str
    reason: str
    by: str
    url: str


@dataclass(frozen=True)
class FigureRow:
    """Signals of one month and subject as the table shows them; `advice`: what to do when most of them are noise."""

    month: str
    name: str
    fired: int
    acted_on: int
    silenced: int
    passed: int
    still_open: int
    median: str
    advice: str


def subject_name(code: str) -> str:
    """What a signal is about; a code of an earlier version as it stands."""
    return _NAMES.get(code, code)


def signal_words(signal: OveruseSignal) -> SignalWords:
    """One signal of a chart."""
    state = SignalState(signal.state)
    return SignalWords(
        name=subject_name(signal.subject),
        level=signal.get_level_display(),
        tone=LEVEL_TONES[SignalLevel(signal.level)],
        days=f"at least {days_word(signal.days)} of the 30 up to {short_date(signal.window_ends_on)}",
        fired=short_date(timezone.localdate(signal.created_at)),
        state=state.label,
        state_tone=STATE_TONES[state],
        answer=_answer(signal),
        url=reverse("screening:answer_signal", args=[signal.patient_id, signal.pk]),
    )


def silence_words(silence: SignalSilence) -> SilenceWords:
    """One running silence of a chart."""
    return SilenceWords(
        name=subject_name(silence.subject),
        until=short_date(silence.until),
        reason=silence.reason,
        by=str(silence.created_by or "a process"),
        url=reverse("screening:lift_silence", args=[silence.patient_id, silence.pk]),
    )


def signal_notices(patient: Patient, user: User) -> list[ChartNotice]:
    """That a limit is reached, on each page of the chart until somebody answers. One query for those who read it."""
    if not user.may(Permission.VIEW_CHART):
        return []
    reached = list(reached_signals(patient))
    if not reached:
        return []
    about = "; ".join(f"{subject_name(each.subject)} {days_word(each.days)}" for each in reached)
    overuse_url = url_or_none("screening:overuse", patient_id=patient.pk)
    return [
        ChartNotice(
            title="A limit of acute medicines is reached",
            text=f"{about}, in 30 days at least.",
            url=overuse_url or reverse("screening:signals", args=[patient.pk]),
            action="Open overuse" if overuse_url else "Answer the signals",
        )
    ]


def figure_rows(figures: Iterable[SignalFigures]) -> list[FigureRow]:
    """Counted signals as rows."""
    return [
        FigureRow(
            month=month_title(each.month) if each.month else "",
            name=subject_name(each.subject),
            fired=each.fired,
            acted_on=each.acted_on,
            silenced=each.silenced,
            passed=each.passed,
            still_open=each.still_open,
            median=_median(each.median),
            advice="More noise than action" if each.silenced + each.passed > each.acted_on else "",
        )
        for each in figures
    ]


def _median(median: datetime.timedelta | None) -> str:
    if median is None:
        return "none answered"
    days = median.total_seconds() / datetime.timedelta(days=1).total_seconds()
    return "less than a day" if days < 1 else days_word(round(days))


def _answer(signal: OveruseSignal) -> str:
    if signal.state == SignalState.OPEN or signal.answered_at is None:
        return ""
    day = short_date(timezone.localdate(signal.answered_at))
    return f"{day} by {signal.answered_by}: {signal.action}" if signal.answered_by else day
