"""Saving answers and their score."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db import connection

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.clinical.instruments import Instrument, Score, instrument
from apps.core.writing import Refused, SystemProcess, author_of, save_checked, save_version, writes
from apps.patients.access import require
from apps.patients.models import Patient
from apps.screening.choices import Mode, SheetState
from apps.screening.models import Administration, InstrumentWording, TabletSet

# A result of which the answers are not known: a total, or the values of scales by their codes.
KnownResult = int | Mapping[str, Decimal]

# Of a scale's result; its label and its reasons stand in the rule book and in the sheet.
SCALE_KEEPS = ("code", "value", "band", "positive", "prorated")


@dataclass(frozen=True)
class Filled:
    """What stands on a sheet: answers by item key (stored whole numbers), when and how they were given.

    wording: the clinic's own copy of the questions that was on the page; its language is then that of the sheet.
    helper: who was there, one of `Helper`, or "" when nobody said. tablet: the set, for answers from the tablet, and
    only for them.
    """

    answers: Mapping[str, int]
    answered_on: date
    mode: Mode = Mode.CLINICIAN
    language: str = "en"
    wording: InstrumentWording | None = None
    helper: str = ""
    tablet: TabletSet | None = None


@writes
def save_answers(
    *,
    patient: Patient,
    code: str,
    filled: Filled,
    finished: bool,
    today: date,
    by: User | SystemProcess,
    sheet: Administration | None = None,
    expected_version: int | None = None,
) -> Administration:
    """Save a sheet, new or gone on with (`sheet`, as read at `expected_version`), finished or to be finished later.

    A finished sheet is scored by the rule book: it has no result when too much is missing, and says so. A positive
    item 9 of the PHQ-9 and a yes in the C-SSRS open a safety task, finished or not.

    Raises StaleSave when somebody else went on with the sheet since, Refused for unknown instruments, answers out
    of range, days to come and sheets without any answer, PermissionDenied without the right.
    """
    found = _known(code)
    _may(by, patient, found)
    if sheet is None:
        sheet = Administration(patient=patient, instrument=code, created_by=author_of(by))
    elif (sheet.patient_id, sheet.instrument) != (patient.pk, code):
        raise Refused("This sheet belongs to another patient or instrument.")
    elif sheet.state == SheetState.COMPLETE:
        raise Refused("This sheet is finished already. Correct it instead.")
    _fill(sheet, found, filled, finished=finished, today=today, by=by)
    _agree_on_time()
    if expected_version is None:
        save_checked(sheet)
    else:
        save_version(sheet, expected_version=expected_version)
    return sheet


@writes
def save_result(
    *, patient: Patient, code: str, result: KnownResult, answered_on: date, today: date, by: User | SystemProcess
) -> Administration:
    """Save a result of which the answers are not known, as it stands in a letter.

    Raises Refused when the instrument has no such total or scale, PermissionDenied without the right.
    """
    found = _known(code)
    _may(by, patient, found)
    sheet = Administration(patient=patient, instrument=code, created_by=author_of(by))
    _fill_result(sheet, found, result, answered_on=answered_on, today=today, by=by)
    save_checked(sheet)
    return sheet


@writes
def correct_answers(
    *, sheet: Administration, filled: Filled, reason: str, today: date, by: User | SystemProcess
) -> Administration:
    """Replace a finished sheet by a corrected one; the old one stays and says that it was replaced.

    Raises Refused without a reason and when the sheet was corrected already, PermissionDenied without the right.
    """
    correction = _correction(sheet, reason, by)
    _fill(correction, _known(sheet.instrument), filled, finished=True, today=today, by=by)
    _agree_on_time()
    save_checked(correction)
    return correction


@writes
def correct_result(
    *, sheet: Administration, result: KnownResult, answered_on: date, reason: str, today: date, by: User | SystemProcess
) -> Administration:
    """Replace a finished sheet by one of which only the result is known. Raises as `correct_answers` does."""
    correction = _correction(sheet, reason, by)
    _fill_result(correction, _known(sheet.instrument), result, answered_on=answered_on, today=today, by=by)
    save_checked(correction)
    return correction


def _correction(sheet: Administration, reason: str, by: User | SystemProcess) -> Administration:
    _may(by, sheet.patient, _known(sheet.instrument))
    if sheet.state != SheetState.COMPLETE:
        raise Refused("This sheet is not finished. Go on with it instead of correcting it.")
    if not reason.strip():
        raise Refused({"reason": ["Enter why it is corrected."]})
    return Administration(
        patient=sheet.patient,
        instrument=sheet.instrument,
        supersedes=sheet,
        correction_reason=reason.strip(),
        created_by=author_of(by),
    )


def _fill(
    sheet: Administration,
    found: Instrument,
    filled: Filled,
    *,
    finished: bool,
    today: date,
    by: User | SystemProcess,
) -> None:
    # On the tablet the only answer so far may be taken back: the sheet then goes on without any.
    if not filled.answers and (finished or filled.tablet is None):
        raise Refused("Answer at least one question.")
    try:
        score = found.score(filled.answers)
    except ValueError as error:
        raise Refused(str(error)) from error
    sheet.mode = filled.mode
    sheet.tablet = filled.tablet
    sheet.helper = filled.helper
    sheet.language = filled.wording.licence.language if filled.wording else filled.language
    sheet.wording = filled.wording
    sheet.answers = dict(filled.answers)
    sheet.missing = len(found.unanswered(filled.answers))
    sheet.state = SheetState.COMPLETE if finished else SheetState.PARTIAL
    _stamp(sheet, found, filled.answered_on, today=today, by=by)
    _enter(sheet, score if finished else None)


def _fill_result(
    sheet: Administration,
    found: Instrument,
    result: KnownResult,
    *,
    answered_on: date,
    today: date,
    by: User | SystemProcess,
) -> None:
    score = _score_of(found, result)
    sheet.mode = Mode.TOTAL_ONLY
    sheet.missing = len(found.counted_items)
    sheet.state = SheetState.COMPLETE
    _stamp(sheet, found, answered_on, today=today, by=by)
    _enter(sheet, score)


def _score_of(found: Instrument, result: KnownResult) -> Score:
    try:
        return found.from_total(result) if isinstance(result, int) else found.from_scales(result)
    except ValueError as error:
        raise Refused({"total" if isinstance(result, int) else "": [str(error)]}) from error


def _stamp(
    sheet: Administration, found: Instrument, answered_on: date, *, today: date, by: User | SystemProcess
) -> None:
    if answered_on > today:
        raise Refused({"answered_on": ["Enter a day that is not in the future."]})
    sheet.answered_on = answered_on
    sheet.recorded_by = author_of(by)
    # One number covers an instrument and its scoring; kept twice, because one day they may part.
    sheet.instrument_version = sheet.rule_version = found.version


def _enter(sheet: Administration, score: Score | None) -> None:
    sheet.total = score.total if score else None
    sheet.band = (score.band or "") if score else ""
    sheet.prorated = score.prorated if score else False
    sheet.positive = score.positive if score else None
    sheet.category = (score.category or "") if score else ""
    given = [each.as_dict() for each in score.subscores if each.value is not None] if score else []
    sheet.subscores = [{name: each[name] for name in SCALE_KEEPS} for each in given]
    sheet.why_unscored = "; ".join(score.reasons) if score else ""


def _agree_on_time() -> None:
    """Tell the database, which opens the safety task, how soon the clinic wants it done; for this transaction only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('clinic.safety_task_minutes', %s, true)", [str(settings.SAFETY_TASK_MINUTES)])


def _known(code: str) -> Instrument:
    try:
        return instrument(code)
    except KeyError:
        raise Refused(f"No instrument is called {code}.") from None


def _may(by: User | SystemProcess, patient: Patient, found: Instrument) -> None:
    """Who records answers; for sensitive ones a narrower right comes on top, and the database asks for the consent."""
    if isinstance(by, User):
        require(by, Permission.RECORD_SCREENING, patient)
        if found.sensitive:
            require(by, Permission.VIEW_SENSITIVE, patient)
