"""Results and answers in words: the same on the overview, in the history and on the sheet."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.urls import reverse

from apps.clinical.instruments import DECLINED, Instrument, all_instruments, instrument
from apps.clinical.instruments.base import Item
from apps.core.dates import short_date, short_time
from apps.screening.choices import Helper, Mode
from apps.screening.models import Administration, InstrumentWording
from apps.screening.selectors import LatestScore
from apps.screening.selectors.scores import LatestScale, scales_of

NOT_ANSWERED = "Not answered"
WHO_WAS_THERE: dict[str, str] = {
    Helper.NOBODY: "alone",
    Helper.RELATIVE: "with help from a relative or friend",
    Helper.STAFF: "with help from the clinic",
}
VERDICTS = {True: ": a change that matters", False: ": within the usual variation", None: ""}


@dataclass(frozen=True)
class ScaleWords:
    """The result of one scale: "Anxiety (A)", "9 of 21", "borderline, screen positive"."""

    label: str
    value: str
    band: str
    tone: str


@dataclass(frozen=True)
class ScoreWords:
    """A result as people read it: "12 of 27", "moderate, screen positive"; `note` says what limits it.

    total: empty where the result is no number. scales: the parts that have a result of their own.
    """

    sheet_url: str
    answered_on: str
    total: str
    band: str
    tone: str
    note: str
    scales: tuple[ScaleWords, ...] = ()


@dataclass(frozen=True)
class SheetRow:
    """One sheet in the history."""

    instrument: str
    score: ScoreWords
    mode: str
    recorded_by: str
    link: str
    corrected: bool


@dataclass(frozen=True)
class AnswerRow:
    """One item of a sheet and what was answered."""

    label: str
    answer: str


def change_words(score: LatestScore) -> list[str]:
    """The difference to the result before, and whether its source calls it meaningful; a line for each scale."""
    if score.previous_on is None:
        return []
    since = short_date(score.previous_on)
    if score.total is None:
        return [_scale_change(scale, scale.previous, since) for scale in score.scales if scale.previous is not None]
    if score.previous_total is None:
        return []
    difference = score.total - score.previous_total
    if difference == 0:
        return [f"The same total as on {since}"]
    return [f"{_points(difference)} than on {since} ({score.previous_total}){VERDICTS[score.matters]}"]


def licence_line(found: Instrument) -> str:
    """What of the wording is shown here, and why that is allowed."""
    return f"Policy {found.policy}, {found.policy.label}. {found.licence}."


def wording_line(wording: InstrumentWording) -> str:
    """Which of the clinic's own copies is shown, and by which permission."""
    licence = wording.licence
    return f"The clinic's own copy, version {wording.number}, {licence.get_language_display()}, {licence.reference}"


def sheet_rows(sheets: Iterable[Administration]) -> list[SheetRow]:
    """Finished sheets for the history table."""
    return [
        SheetRow(
            instrument=label_of(sheet.instrument),
            score=score_words(sheet),
            mode=mode_words(sheet),
            recorded_by=recorded_words(sheet),
            link=f"{label_of(sheet.instrument)} of {short_date(sheet.answered_on)}, saved {short_time(sheet.updated_at)}",
            corrected=sheet.supersedes_id is not None,
        )
        for sheet in sheets
    ]


def mode_words(sheet: Administration) -> str:
    """How a sheet was answered and who was there: "Answered by the patient on the tablet, with help from the clinic"."""
    helper = WHO_WAS_THERE.get(sheet.helper, "")
    return f"{sheet.get_mode_display()}, {helper}" if helper else sheet.get_mode_display()


def recorded_words(sheet: Administration) -> str:
    """Who entered the answers last: a person, the patient on the tablet, or nobody of the clinic."""
    if sheet.recorded_by:
        return str(sheet.recorded_by)
    return "The patient" if sheet.mode == Mode.TABLET else "Imported"


def score_words(sheet: Administration) -> ScoreWords:
    """The result of a finished sheet."""
    found = known_instrument(sheet.instrument)
    return _words(sheet, sheet.patient_id, sheet.pk, found, scales_of(found, sheet) if found else ())


def latest_words(score: LatestScore, patient_id: UUID) -> ScoreWords:
    """The last result of an instrument."""
    return _words(score, patient_id, score.sheet_id, known_instrument(score.code), score.scales)


def known_instrument(code: str) -> Instrument | None:
    """The instrument with this code; None when the rule book does not know it any more."""
    return next((found for found in all_instruments() if found.code == code), None)


def label_of(code: str) -> str:
    """The short name of an instrument; its code when the rule book does not know it any more."""
    found = known_instrument(code)
    return found.short_title if found else code


def answer_rows(sheet: Administration) -> list[AnswerRow]:
    """Each item of a sheet with its answer in words; nothing for a sheet of which only the result is known.

    The clinic's own wording is shown only while the clinic holds the permission.
    """
    found = known_instrument(sheet.instrument)
    if sheet.mode == Mode.TOTAL_ONLY or found is None:
        return []
    wording = sheet.wording
    copied = wording.items if wording and wording.licence.withdrawn_at is None else {}
    asked = {item.key for item in found.asked(sheet.answers)}
    return [
        AnswerRow(
            f"{item.label}. {copied[item.key]}" if item.key in copied else item.label,
            answer_words(item, sheet.answers.get(item.key), asked=item.key in asked),
        )
        for item in found.items
    ]


def answer_words(item: Item, stored: int | None, *, asked: bool = True) -> str:
    """An answer as it is read: "2 More than half the days", "40.5 cm", "Not asked" where nothing led to it."""
    if stored is None:
        return NOT_ANSWERED if asked else "Not asked"
    if item.choices:
        words = dict(item.choices).get(stored, "")
        return words if item.highest == 1 or stored == DECLINED else f"{stored} {words}"
    return f"{item.shown(stored)} {item.unit}".strip()


def missing_words(sheet: Administration) -> str:
    """Why a sheet has no result, or only a part of it, or an estimated one; empty for a whole one."""
    found = known_instrument(sheet.instrument)
    if found is None or sheet.mode == Mode.TOTAL_ONLY:
        return f"{sheet.why_unscored}." if sheet.why_unscored else ""
    if not sheet.missing and not sheet.why_unscored:
        return ""
    how_much = sheet.why_unscored or f"{sheet.missing} of {len(found.counted_items)} not answered"
    return f"{how_much}. {found.missing_items}"


def result_notes(sheet: Administration) -> tuple[str, ...]:
    """What else a reader must know of a result, as its scoring says it; nothing when the scoring has changed since."""
    found = known_instrument(sheet.instrument)
    if found is None or found.version != sheet.rule_version or sheet.mode == Mode.TOTAL_ONLY:
        return ()
    return found.score(sheet.answers).notes


def recorded_now(sheet: Administration) -> Any:
    """A sheet with an attribute for each field of its form, so that a stale save can be compared field by field."""
    found = instrument(sheet.instrument)
    answers = {item.key: _as_typed(item, sheet.answers.get(item.key)) for item in found.items}
    return SimpleNamespace(
        version=sheet.version,
        updated_at=sheet.updated_at,
        answered_on=sheet.answered_on,
        mode=sheet.mode,
        helper=sheet.helper,
        language=sheet.language,
        **answers,
    )


def _as_typed(item: Item, stored: int | None) -> Any:
    if stored is None:
        return "" if item.choices else None
    return stored if item.choices else item.shown(stored)


def _points(difference: Any) -> str:
    return f"{abs(difference)} point{'' if abs(difference) == 1 else 's'} {'higher' if difference > 0 else 'lower'}"


def _scale_change(scale: LatestScale, previous: Decimal, since: str) -> str:
    difference = scale.value - previous
    if difference == 0:
        return f"{scale.label}: the same as on {since}"
    return f"{scale.label}: {_points(difference)} than on {since} ({previous}){VERDICTS[scale.matters]}"


def _words(
    score: Administration | LatestScore,
    patient_id: UUID,
    sheet_id: UUID,
    found: Instrument | None,
    scales: tuple[LatestScale, ...],
) -> ScoreWords:
    parts = tuple(_scale_words(scale, found) for scale in scales)
    total, band, tone = _result(score, found, parts)
    return ScoreWords(
        sheet_url=reverse("screening:sheet", kwargs={"patient_id": patient_id, "sheet_id": sheet_id}),
        answered_on=short_date(score.answered_on),
        total=total,
        band=band,
        tone=tone,
        note="Estimated from incomplete answers (prorated)" if score.prorated else "",
        scales=parts,
    )


def _result(
    score: Administration | LatestScore, found: Instrument | None, parts: tuple[ScaleWords, ...]
) -> tuple[str, str, str]:
    """Number, band and tone; the scales speak for an instrument that has no total."""
    if score.total is not None:
        total = f"{score.total} of {found.highest_total}" if found and found.cut_off else str(score.total)
        band = f"{score.band}, screen positive" if score.positive else score.band
        return total, band, "warn" if score.positive else "plain"
    if score.category:
        return "", score.band, "danger" if score.positive else "plain"
    if parts and found and not found.has_total:
        return "", "", "plain"
    return "No total", "cannot tell", "warn"


def _scale_words(scale: LatestScale, found: Instrument | None) -> ScaleWords:
    highest = found.subscale(scale.code).highest if found else ""
    positive = "screen positive" if scale.positive else ""
    return ScaleWords(
        label=scale.label,
        value=f"{scale.value} of {highest}",
        band=", ".join(words for words in (scale.band, positive) if words),
        tone="warn" if scale.positive else "plain",
    )
