"""Answer sheets, saved through screening's own services."""

from datetime import date
from typing import Any

from django.utils import timezone

from apps.accounts.models import User
from apps.clinical.instruments import instrument
from apps.core.writing import SystemProcess
from apps.patients.models import Patient
from apps.screening.models import Administration, InstrumentLicence, InstrumentWording, SafetyTask
from apps.screening.services.licences import confirm_licence, enter_wording
from apps.screening.services.sheets import Filled, save_answers

TESTS = SystemProcess("tests")


def phq9(*values: int) -> dict[str, int]:
    """Answers to the first items of the PHQ-9, in their order."""
    return {f"item{number}": value for number, value in enumerate(values, start=1)}


def answers_for(code: str, total: int) -> dict[str, int]:
    """Answers to every counted item that add up to a total; later items stay at their lowest."""
    answers = {}
    for item in instrument(code).counted_items:
        answers[item.key] = min(item.highest, total)
        total -= answers[item.key]
    return answers


def make_sheet(
    patient: Patient, code: str = "phq9", answers: dict[str, int] | None = None, **more: Any
) -> Administration:
    """A finished sheet of today, PHQ-9 with a total of 12 and nothing at item 9, unless said otherwise."""
    filled = Filled(
        answers=answers_for(code, 12) if answers is None else answers,
        answered_on=more.pop("answered_on", timezone.localdate()),
        **{name: more.pop(name) for name in ("mode", "language", "wording") if name in more},
    )
    given = {"finished": True, "today": timezone.localdate(), "by": TESTS, **more}
    return save_answers(patient=patient, code=code, filled=filled, **given)


def make_safety_task(patient: Patient, value: int = 1, **more: Any) -> SafetyTask:
    """An open safety task, from a PHQ-9 sheet on which only item 9 is answered."""
    sheet = make_sheet(patient, answers={"item9": value}, **more)
    return SafetyTask.objects.get(sheet=sheet)


def make_licence(manager: User, code: str = "midas", language: str = "en") -> InstrumentLicence:
    """A permission for an instrument, confirmed today."""
    today = timezone.localdate()
    return confirm_licence(
        code=code, language=language, reference="Letter 12/3", confirmed_on=today, today=today, by=manager
    )


def make_wording(licence: InstrumentLicence, after: int = 0, **items: str) -> InstrumentWording:
    """The next version of the clinic's own wording; made-up text unless said otherwise."""
    texts = items or {"count1": "Made-up question one"}
    return enter_wording(licence=licence, stem="Made-up text above", items=texts, after=after, by=licence.confirmed_by)


def sheet_row(patient: Patient, **changed: Any) -> Administration:
    """An unsaved finished sheet as somebody might write it past the service."""
    given: dict[str, Any] = {
        "instrument": "phq9",
        "instrument_version": "1.0",
        "rule_version": "1.0",
        "answered_on": date(2026, 1, 5),
        "state": "complete",
        "answers": phq9(1, 0, 0, 0, 0, 0, 0, 0, 0),
        "missing": 0,
        "total": 1,
        "band": "minimal",
        "positive": False,
        **changed,
    }
    return Administration(patient=patient, **given)
