"""Wording of the screening pages: scores, what changed, what an instrument asks, what a safety task says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.clinical.instruments import Instrument, all_instruments, instrument
from apps.clinical.instruments.base import Item
from apps.core.dates import short_date, short_time
from apps.patients.chart_notices import ChartNotice
from apps.patients.models import Patient
from apps.screening.choices import Mode
from apps.screening.models import Administration, SafetyTask
from apps.screening.offered import offered_instruments
from apps.screening.selectors import LatestScore, open_safety_tasks

NOT_ANSWERED = "Not answered"


@dataclass(frozen=True)
class InstrumentCard:
    """One instrument on the overview: its last score in words, and what can be done."""

    code: str
    label: str
    about: str
    licence: str
    score: "ScoreWords | None"
    change: str
    change_rule: str
    unfinished: Administration | None


@dataclass(frozen=True)
class ScoreWords:
    """A score as people read it: "12 of 27", "moderate, screen positive"; `note` says what limits it."""

    sheet_url: str
    answered_on: str
    total: str
    band: str
    tone: str
    note: str


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


@dataclass(frozen=True)
class SafetyWords:
    """A safety task in words. `overdue`: its time has passed and it is still open."""

    title: str
    text: str
    crisis: str
    owner: str
    opened: str
    due: str
    overdue: bool
    url: str


def cards(
    patient: Patient, latest: Iterable[LatestScore], unfinished: Mapping[str, Administration]
) -> list[InstrumentCard]:
    """One card for each instrument that can be asked, answered or not."""
    by_code = {score.code: score for score in latest}
    return [
        _card(patient, found, by_code.get(found.code), unfinished.get(found.code)) for found in offered_instruments()
    ]


def change_words(score: LatestScore) -> str:
    """The difference to the total before, and whether the instrument's source calls it meaningful."""
    if score.total is None or score.previous_total is None or score.previous_on is None:
        return ""
    difference = score.total - score.previous_total
    since = short_date(score.previous_on)
    if difference == 0:
        return f"The same total as on {since}"
    points = f"{abs(difference)} point{'' if abs(difference) == 1 else 's'} {'higher' if difference > 0 else 'lower'}"
    verdict = {True: ": a change that matters", False: ": within the usual variation", None: ""}[score.matters]
    return f"{points} than on {since} ({score.previous_total}){verdict}"


def licence_line(found: Instrument) -> str:
    """What of the wording is shown here, and why that is allowed."""
    return f"Policy {found.policy}, {found.policy.label}. {found.licence}."


def sheet_rows(sheets: Iterable[Administration]) -> list[SheetRow]:
    """Finished sheets for the history table."""
    return [
        SheetRow(
            instrument=label_of(sheet.instrument),
            score=score_words(sheet),
            mode=sheet.get_mode_display(),
            recorded_by=str(sheet.recorded_by or "Imported"),
            link=f"{label_of(sheet.instrument)} of {short_date(sheet.answered_on)}, saved {short_time(sheet.updated_at)}",
            corrected=sheet.supersedes_id is not None,
        )
        for sheet in sheets
    ]


def score_words(sheet: Administration) -> ScoreWords:
    """The score of a finished sheet."""
    return _words(sheet, sheet.patient_id, sheet.pk, known_instrument(sheet.instrument))


def known_instrument(code: str) -> Instrument | None:
    """The instrument with this code; None when the rule book does not know it any more."""
    return next((found for found in all_instruments() if found.code == code), None)


def label_of(code: str) -> str:
    """The short name of an instrument; its code when the rule book does not know it any more."""
    found = known_instrument(code)
    return found.short_title if found else code


def answer_rows(sheet: Administration) -> list[AnswerRow]:
    """Each item of a sheet with its answer in words; nothing for a sheet of which only the total is known."""
    found = known_instrument(sheet.instrument)
    if sheet.mode == Mode.TOTAL_ONLY or found is None:
        return []
    return [AnswerRow(item.label, answer_words(item, sheet.answers.get(item.key))) for item in found.items]


def answer_words(item: Item, stored: int | None) -> str:
    """An answer as it is read: "2 More than half the days", "40.5 cm"."""
    if stored is None:
        return NOT_ANSWERED
    if item.choices:
        words = dict(item.choices).get(stored, "")
        return words if item.highest == 1 else f"{stored} {words}"
    return f"{item.shown(stored)} {item.unit}".strip()


def missing_words(sheet: Administration) -> str:
    """Why a sheet has no total, or only an estimated one; empty for a whole one."""
    found = known_instrument(sheet.instrument)
    if found is None or sheet.mode == Mode.TOTAL_ONLY or not sheet.missing:
        return ""
    return f"{sheet.missing} of {len(found.counted_items)} not answered. {found.missing_items}"


def safety_words(task: SafetyTask) -> SafetyWords:
    """What the notice of a safety task says."""
    return SafetyWords(
        title=f"PHQ-9 item 9 answered {task.item_value}: speak with the patient now",
        text="A safety task is open. It is closed by saying what was done and what came of it.",
        crisis=settings.CRISIS_TEXT,
        owner=str(task.owner) if task.owner else "Nobody yet",
        opened=f"{short_time(task.opened_at)}" + (f" by {task.opened_by}" if task.opened_by else ""),
        due=short_time(task.due_at),
        overdue=task.due_at < timezone.now(),
        url=reverse("screening:safety_task", kwargs={"patient_id": task.patient_id, "task_id": task.pk}),
    )


def safety_notices(patient: Patient, user: User) -> list[ChartNotice]:
    """The open safety tasks as notices on each page of the chart, for those who read the chart. At most one query."""
    if not user.may(Permission.VIEW_CHART):
        return []
    return [_notice(safety_words(task)) for task in open_safety_tasks(patient)]


def recorded_now(sheet: Administration) -> Any:
    """A sheet with an attribute for each field of its form, so that a stale save can be compared field by field."""
    found = instrument(sheet.instrument)
    answers = {item.key: _as_typed(item, sheet.answers.get(item.key)) for item in found.items}
    return SimpleNamespace(
        version=sheet.version,
        updated_at=sheet.updated_at,
        answered_on=sheet.answered_on,
        mode=sheet.mode,
        language=sheet.language,
        **answers,
    )


def _as_typed(item: Item, stored: int | None) -> Any:
    if stored is None:
        return "" if item.choices else None
    return stored if item.choices else item.shown(stored)


def _notice(words: SafetyWords) -> ChartNotice:
    late = " This time has passed." if words.overdue else ""
    return ChartNotice(
        title=words.title,
        text=f"Safety task, {words.owner} sees to it, due {words.due}.{late}",
        url=words.url,
        action="Open the safety task",
        tone="danger",
    )


def _card(
    patient: Patient, found: Instrument, last: LatestScore | None, unfinished: Administration | None
) -> InstrumentCard:
    return InstrumentCard(
        code=found.code,
        label=found.short_title,
        about=found.about,
        licence=licence_line(found),
        score=_words(last, patient.pk, last.sheet_id, found) if last else None,
        change=change_words(last) if last else "",
        change_rule=found.change_that_matters,
        unfinished=unfinished,
    )


def _words(
    score: Administration | LatestScore, patient_id: UUID, sheet_id: UUID, found: Instrument | None
) -> ScoreWords:
    if score.total is None:
        total, band, tone = "No total", "cannot tell", "warn"
    else:
        total = f"{score.total} of {found.highest_total}" if found and found.cut_off else str(score.total)
        band = f"{score.band}, screen positive" if score.positive else score.band
        tone = "warn" if score.positive else "plain"
    return ScoreWords(
        sheet_url=reverse("screening:sheet", kwargs={"patient_id": patient_id, "sheet_id": sheet_id}),
        answered_on=short_date(score.answered_on),
        total=total,
        band=band,
        tone=tone,
        note="Estimated from incomplete answers (prorated)" if score.prorated else "",
    )
