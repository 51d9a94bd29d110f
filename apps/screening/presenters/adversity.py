"""Consent and results of what is asked under a consent of its own, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from apps.clinical.instruments import DECLINED, instrument
from apps.core.dates import short_date, short_time
from apps.screening.choices import ConsentAnswer, Mode
from apps.screening.models import Administration, SensitiveConsent
from apps.screening.presenters.words import AnswerRow, answer_rows

_TONES = {ConsentAnswer.GIVEN: "good", ConsentAnswer.REFUSED: "plain", ConsentAnswer.WITHDRAWN: "warn"}


@dataclass(frozen=True)
class ConsentWords:
    """One answer about consent: what, when it was asked, who recorded it."""

    answer: str
    tone: str
    asked_on: str
    recorded: str
    note: str


@dataclass(frozen=True)
class AdversitySheet:
    """One result: a number with its band, or why there is none; declined questions are counted, not named."""

    answered_on: str
    result: str
    why: str
    how: str
    recorded: str
    declined: int
    answers: list[AnswerRow]


def consent_words(consent: SensitiveConsent) -> ConsentWords:
    """One answer about consent."""
    return ConsentWords(
        answer=consent.get_answer_display(),
        tone=_TONES[ConsentAnswer(consent.answer)],
        asked_on=short_date(consent.asked_on),
        recorded=f"{consent.created_by or 'A process'}, {short_time(consent.created_at)}",
        note=consent.note,
    )


def adversity_sheets(sheets: Iterable[Administration]) -> list[AdversitySheet]:
    """The results, in the given order."""
    return [_sheet(sheet) for sheet in sheets]


def _sheet(sheet: Administration) -> AdversitySheet:
    found = instrument(sheet.instrument)
    known = sheet.total is not None
    return AdversitySheet(
        answered_on=short_date(sheet.answered_on),
        result=f"{sheet.total} of {found.highest_total}, {sheet.band}" if known else "No number",
        why=sheet.why_unscored,
        how=Mode(sheet.mode).label,
        recorded=str(sheet.recorded_by or ("the patient" if sheet.mode == Mode.TABLET else "a process")),
        declined=sum(value == DECLINED for value in sheet.answers.values()),
        answers=answer_rows(sheet),
    )
