"""Reading sets on the tablet: whose it is, how far it is, what was finished."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils import timezone

from apps.clinical.instruments import Instrument, instrument
from apps.patients.models import Patient
from apps.screening.choices import SheetState, TabletState, TaskState
from apps.screening.models import Administration, InstrumentWording, SafetyTask, TabletSet
from apps.screening.selectors.licences import live_wordings
from apps.screening.tablet_secrets import code_hash, secret_hash

_BEGUN = ("instrument", "state", "answered_on", "answers")


@dataclass(frozen=True)
class Begun:
    """What counts of one sheet for the way through a set."""

    instrument: str
    state: str
    answered_on: date
    answers: Mapping[str, int]


@dataclass(frozen=True)
class Progress:
    """How far a set is. sheets: the newest sheet of each questionnaire that counts for the set, by code."""

    tablet: TabletSet
    sheets: Mapping[str, Begun]

    @property
    def left(self) -> list[str]:
        """The questionnaires that are not finished, in their order."""
        return [code for code in self.tablet.instruments if not self.is_done(code)]

    def is_done(self, code: str) -> bool:
        """Whether a questionnaire was finished since the set began, on the tablet or at the desk."""
        sheet = self.sheets.get(code)
        return sheet is not None and sheet.state == SheetState.COMPLETE

    def answers(self, code: str, today: date) -> dict[str, int]:
        """What is answered so far of a questionnaire that is gone on with today."""
        return answers_so_far(self.sheets.get(code), today)

    def left_after(self, code: str) -> list[str]:
        """The questionnaires after this one that are not finished."""
        behind = self.tablet.instruments[self.tablet.instruments.index(code) + 1 :]
        return [each for each in behind if not self.is_done(each)]


def answers_so_far(sheet: Administration | Begun | None, today: date) -> dict[str, int]:
    """The answers of an unfinished sheet of today.

    Those of an earlier day are asked again: the questions are about the days before they are answered.
    """
    if sheet is None or sheet.state == SheetState.COMPLETE or sheet.answered_on != today:
        return {}
    return dict(sheet.answers)


def progress_of(tablet: TabletSet) -> Progress:
    """How far a set is. One query."""
    rows = Administration.objects.filter(_for_the_set(tablet.pk, tablet.created_at), patient=tablet.patient_id)
    return _progress(tablet, list(rows.order_by("updated_at").values(*_BEGUN)))


def latest_progress(patient: Patient) -> Progress | None:
    """The patient's newest set, running or over, and how far it is. One query."""
    sheets = Administration.objects.filter(
        _for_the_set(OuterRef("pk"), OuterRef("created_at")), patient=OuterRef("patient")
    )
    whole = JSONObject(**{name: name for name in _BEGUN})
    found = (
        TabletSet.objects.filter(patient=patient)
        .annotate(found=ArraySubquery(sheets.order_by("updated_at").values(json=whole)))
        .order_by("-created_at")
        .first()
    )
    if found is None:
        return None
    rows = [{**row, "answered_on": date.fromisoformat(row["answered_on"])} for row in found.found]
    return _progress(found, rows)


def _for_the_set(tablet: Any, begun: Any) -> Q:
    return Q(tablet=tablet) | Q(state=SheetState.PARTIAL) | Q(state=SheetState.COMPLETE, updated_at__gte=begun)


def _progress(tablet: TabletSet, rows: list[dict[str, Any]]) -> Progress:
    sheets = [Begun(**row) for row in rows if row["instrument"] in tablet.instruments]
    # A finished sheet last, so that it wins over one that somebody began beside it.
    finished_last = sorted(sheets, key=lambda sheet: sheet.state == SheetState.COMPLETE)
    return Progress(tablet, {sheet.instrument: sheet for sheet in finished_last})


def set_by_secret(secret: str) -> TabletSet | None:
    """The set that is open on the tablet with this secret, with its patient. One query."""
    return (
        TabletSet.objects.select_related("patient")
        .filter(device_sha256=secret_hash(secret), state=TabletState.OPEN)
        .first()
    )


def waiting_set(code: str, now: datetime) -> TabletSet | None:
    """The set that waits for this code. One query."""
    return TabletSet.objects.filter(
        code_sha256=code_hash(code), state=TabletState.WAITING, code_ends_at__gt=now
    ).first()


def set_of(patient: Patient, set_id: UUID) -> TabletSet | None:
    """One set of a patient. One query."""
    return TabletSet.objects.filter(patient=patient, pk=set_id).first()


def needs_help(tablet: TabletSet, code: str = "") -> bool:
    """Whether an answer of this set, or of one of its questionnaires, opened a safety task that is open. One query."""
    tasks = SafetyTask.objects.filter(sheet__tablet=tablet, state=TaskState.OPEN)
    return (tasks.filter(sheet__instrument=code) if code else tasks).exists()


def wording_on_the_tablet(found: Instrument, language: str) -> InstrumentWording | None:
    """The clinic's own copy of a protected questionnaire in a language; at most one query."""
    return None if found.shows_items else live_wordings(found.code).get(language)


def can_be_read(found: Instrument, language: str, wording: InstrumentWording | None) -> bool:
    """Whether a patient can read every question in this language: our own wording is English, else the clinic's copy."""
    if found.shows_items:
        return language == "en"
    return wording is not None and all(item.key in wording.items for item in found.items)


def ended_today(tablet: TabletSet) -> bool:
    """Whether a set ended today, on the clinic's clock."""
    return tablet.ended_at is not None and timezone.localdate(tablet.ended_at) == timezone.localdate()


def instrument_of(tablet: TabletSet, number: int) -> Instrument | None:
    """The questionnaire at a place of the set, counted from 1; None where there is none."""
    codes = tablet.instruments
    return instrument(codes[number - 1]) if 1 <= number <= len(codes) else None
