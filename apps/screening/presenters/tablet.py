"""The set on the tablet as staff see it on the screening page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.clinical.instruments import instrument
from apps.core.dates import short_date, short_time
from apps.patients.models import Patient
from apps.screening.choices import TabletState
from apps.screening.models import Administration, TabletSet
from apps.screening.presenters.words import label_of
from apps.screening.selectors.tablet import Progress, ended_today, latest_progress
from apps.screening.tablet_times import RUNNING
from apps.screening.tablet_walk import first_open

GO_ON = "Go on at the desk, or start again: what was answered today is kept."


@dataclass(frozen=True)
class TabletCard:
    """What is on the tablet, or was today. take_back_url: empty when the set is over."""

    title: str
    text: str
    tone: str
    take_back_url: str = ""


def tablet_card(patient: Patient, user: User) -> TabletCard | None:
    """The running set, or one that ended today; nothing otherwise. One query."""
    progress = latest_progress(patient)
    if progress is None:
        return None
    if progress.tablet.state in RUNNING:
        return _running(progress, user)
    return _over(progress, user) if ended_today(progress.tablet) else None


def _running(progress: Progress, user: User) -> TabletCard:
    tablet = progress.tablet
    url = reverse("screening:take_tablet_back", kwargs={"patient_id": tablet.patient_id, "set_id": tablet.pk})
    if tablet.state == TabletState.WAITING:
        until = timezone.localtime(tablet.code_ends_at)
        return TabletCard("Waiting for the code", f"The code works until {until:%H:%M}.", "info", url)
    since = timezone.localtime(tablet.opened_at)
    return TabletCard(f"On the tablet since {since:%H:%M}", f"{_position(progress, user)}.", "info", url)


def _over(progress: Progress, user: User) -> TabletCard:
    tablet = progress.tablet
    at = f"{timezone.localtime(tablet.ended_at):%H:%M}"
    left = ", ".join(_label(code, user) for code in progress.left)
    if tablet.state == TabletState.TAKEN_BACK and tablet.ended_by_id is None:
        return TabletCard(
            f"Not this patient's initials, said at {at}",
            "Somebody had the tablet and said that the initials are not theirs. Nothing was shown or answered. "
            "Check who has the tablet before you start again.",
            "warn",
        )
    if not left:
        return TabletCard(f"Answered on the tablet, finished at {at}", "Every questionnaire is finished.", "good")
    return TabletCard(
        f"Not finished on the tablet, {_END_WORDS[TabletState(tablet.state)]} at {at}", f"Open: {left}. {GO_ON}", "warn"
    )


_END_WORDS = {
    TabletState.FINISHED: "given back",
    TabletState.TIMED_OUT: "nobody touched it any more, ended",
    TabletState.TAKEN_BACK: "taken back",
}


def _position(progress: Progress, user: User) -> str:
    """Like "Question 4 of 9, PHQ-9"; nothing about where in a questionnaire that this person may not read."""
    if not progress.left:
        return "Every question is answered"
    code = progress.left[0]
    found = instrument(code)
    if not _may_know(code, user):
        return f"In {_label(code, user)}"
    answers = progress.answers(code, timezone.localdate())
    asked = found.asked(answers)
    return f"Question {asked.index(first_open(found, answers)) + 1} of {len(asked)}, {found.short_title}"


def _label(code: str, user: User) -> str:
    return label_of(code) if _may_know(code, user) else "another questionnaire"


def _may_know(code: str, user: User) -> bool:
    return not instrument(code).sensitive or user.may(Permission.VIEW_SENSITIVE)


def begun_before(unfinished: Iterable[Administration], today: date) -> list[str]:
    """What of earlier days is not gone on with: its questions are about the days before they are answered."""
    return [
        f"{label_of(sheet.instrument)} was begun on {short_date(sheet.answered_on)}. On the tablet it begins again; "
        "the earlier answers stay in the history."
        for sheet in unfinished
        if sheet.answered_on != today
    ]


def code_lines(tablet: TabletSet, code: str) -> dict[str, str]:
    """The code as it is read out, in two halves, and until when it works."""
    until = short_time(tablet.code_ends_at) if tablet.code_ends_at else ""
    return {"code": f"{code[:3]} {code[3:]}", "until": until}
