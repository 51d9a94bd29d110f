"""What the patient does on the tablet. Every step locks the set: an answer is in before it ends, or not at all."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils import timezone

from apps.clinical.instruments import Instrument, Item
from apps.core.writing import SystemProcess, writes
from apps.screening.choices import Helper, Mode, SheetState, TabletState
from apps.screening.models import Administration, InstrumentWording, TabletSet
from apps.screening.selectors.tablet import answers_so_far, progress_of, set_by_secret, waiting_set
from apps.screening.services.sheets import Filled, save_answers
from apps.screening.tablet_secrets import new_secret, secret_hash
from apps.screening.tablet_times import run_out
from apps.screening.tablet_walk import item_after, still_asked

THE_TABLET: Final = SystemProcess("the patient, on the tablet")


class SetOver(Exception):
    """The set ended since the page was drawn: time is up, or the clinic took it back."""


@dataclass(frozen=True)
class Answered:
    """One question and what was chosen. value: None for "I'd rather not answer", where it stays without an answer."""

    found: Instrument
    item: Item
    value: int | None
    wording: InstrumentWording | None


@dataclass(frozen=True)
class Passed:
    """Where the answer leads. next_item: None when the questionnaire is at its end."""

    next_item: Item | None


@writes
def open_with_code(*, code: str, now: datetime, by: SystemProcess) -> str | None:
    """Bind the set that waits for a code to the tablet it was typed on. The tablet's secret; None for a wrong code."""
    waiting = waiting_set(code, now)
    tablet = waiting and TabletSet.objects.select_for_update().filter(pk=waiting.pk, state=TabletState.WAITING).first()
    if not tablet:
        return None
    secret = new_secret()
    TabletSet.objects.filter(pk=tablet.pk).update(
        state=TabletState.OPEN, code_sha256="", device_sha256=secret_hash(secret), opened_at=now, last_seen_at=now
    )
    return secret


@writes
def come_in(*, secret: str, now: datetime, by: SystemProcess) -> TabletSet | None:
    """The set that is open on this tablet, touched just now; None for an unknown secret and a set that is over.

    A set whose time is up ends here, whatever the sweep does.
    """
    tablet = set_by_secret(secret)
    if tablet is None:
        return None
    if TabletSet.objects.filter(run_out(now), pk=tablet.pk).update(state=TabletState.TIMED_OUT, ended_at=now):
        return None
    TabletSet.objects.filter(pk=tablet.pk, state=TabletState.OPEN).update(last_seen_at=now)
    return tablet


@writes
def say_who_helps(*, tablet: TabletSet, helper: Helper, by: SystemProcess) -> None:
    """The patient has confirmed the initials and says who helps. Raises SetOver."""
    _locked(tablet)
    TabletSet.objects.filter(pk=tablet.pk).update(helper=helper)


@writes
def end_as_somebody_else(*, tablet: TabletSet, now: datetime, by: SystemProcess) -> None:
    """It is not the patient who holds the tablet: the set ends without anybody of the clinic. Raises SetOver."""
    _locked(tablet)
    TabletSet.objects.filter(pk=tablet.pk).update(state=TabletState.TAKEN_BACK, ended_at=now)


@writes
def answer_question(*, tablet: TabletSet, answered: Answered, now: datetime, by: SystemProcess) -> Passed:
    """Save one answer at once, on top of those before, whoever gave them meanwhile.

    With the last question of a questionnaire it is finished and scored; a questionnaire without any answer is left
    as it is, and stays due. Raises SetOver, and Refused for an answer out of range.
    """
    locked = _locked(tablet)
    found, item = answered.found, answered.item
    progress = progress_of(locked)
    if progress.is_done(found.code):
        return Passed(None)
    sheet = Administration.objects.select_for_update().filter(**_unfinished(locked, found)).first()
    today = timezone.localdate(now)
    given = still_asked(found, {**_without(answers_so_far(sheet, today), item), **_stored(answered)})
    following = item_after(found, given, item)
    if given or sheet is not None:
        save_answers(
            patient=locked.patient,
            code=found.code,
            filled=Filled(
                answers=given,
                answered_on=today,
                mode=Mode.TABLET,
                language=locked.language,
                wording=answered.wording,
                helper=locked.helper,
                tablet=locked,
            ),
            finished=following is None and bool(given),
            today=today,
            by=by,
            sheet=sheet,
            expected_version=sheet.version if sheet else None,
        )
    return Passed(following)


@writes
def finish(*, tablet: TabletSet, now: datetime, by: SystemProcess) -> None:
    """The tablet goes back to the clinic; sheets that are not finished are gone on with at the desk. Raises SetOver."""
    _locked(tablet)
    TabletSet.objects.filter(pk=tablet.pk).update(state=TabletState.FINISHED, ended_at=now)


def _locked(tablet: TabletSet) -> TabletSet:
    locked = (
        TabletSet.objects.select_for_update(of=("self",))
        .select_related("patient")
        .filter(pk=tablet.pk, state=TabletState.OPEN)
        .first()
    )
    if locked is None:
        raise SetOver
    return locked


def _unfinished(tablet: TabletSet, found: Instrument) -> dict[str, object]:
    return {"patient": tablet.patient_id, "instrument": found.code, "state": SheetState.PARTIAL}


def _without(answers: dict[str, int], item: Item) -> dict[str, int]:
    return {key: value for key, value in answers.items() if key != item.key}


def _stored(answered: Answered) -> dict[str, int]:
    return {} if answered.value is None else {answered.item.key: answered.value}
