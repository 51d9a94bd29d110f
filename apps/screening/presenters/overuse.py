"""The overuse page in words: one set of numbers, counted by the diary."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.urls import reverse

from apps.clinical.counting import Count, days_word
from apps.clinical.findings import Answer, threshold_answer
from apps.clinical.overuse import OveruseAssessment
from apps.clinical.overuse_headline import ALL_TOGETHER_LIMIT
from apps.clinical.overuse_regularity import regularity
from apps.clinical.overuse_states import OveruseState
from apps.clinical.overuse_subtypes import HEADACHE_LIMIT, LIMIT, SINGLE_SUBTYPES
from apps.clinical.overuse_warnings import Level
from apps.clinical.overuse_window import OveruseWindow
from apps.core.dates import month_title, short_date
from apps.diary.counts import DiaryCounts
from apps.diary.presenters.numbers import FindingView, findings
from apps.patients.models import Patient

ANSWER_WORDS = {Answer.MET: "reached", Answer.NOT_MET: "below", Answer.CANNOT_TELL: "cannot tell"}
ANSWER_TONES = {Answer.MET: "danger", Answer.NOT_MET: "plain", Answer.CANNOT_TELL: "warn"}
_LASTS = {Answer.MET: "yes", Answer.NOT_MET: "no", Answer.CANNOT_TELL: "cannot tell"}
_WARNING_TONES = {Level.RED: "danger", Level.AMBER: "warn", Level.NOTICE: "plain"}
_WARNING_WORDS = {Level.RED: "Red", Level.AMBER: "Amber", Level.NOTICE: "Notice"}


@dataclass(frozen=True)
class DecidingMonth:
    """A month of the diary with days that would decide."""

    title: str
    days: str
    url: str


@dataclass(frozen=True)
class Cell:
    """A number of the table, and against a limit whether it is reached."""

    text: str
    word: str = ""
    tone: str = "plain"


@dataclass(frozen=True)
class WindowRow:
    """What is counted, its limit, and its number in each window."""

    name: str
    limit: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class WindowTable:
    """Four stretches of 30 days, the newest first."""

    columns: tuple[str, ...]
    rows: tuple[WindowRow, ...]


@dataclass(frozen=True)
class WarningLine:
    """One early warning that is reached."""

    level: str
    tone: str
    message: str
    source: str


@dataclass(frozen=True)
class OverusePage:
    """Everything that the diary says about overuse. met, unclear, not_met: the subtypes for more than three months."""

    number: str
    completeness: str
    state: str
    possible: tuple[str, ...]
    findings: list[FindingView]
    deciding: tuple[DecidingMonth, ...]
    windows: WindowTable
    met: str
    unclear: str
    not_met: str
    warnings: tuple[WarningLine, ...]
    warnings_open: int
    regularity: str


def overuse_page(counts: DiaryCounts, patient: Patient) -> OverusePage:
    """The assessment as the page shows it."""
    overuse = counts.overuse
    latest = counts.windows[0].completeness
    return OverusePage(
        number=str(overuse.windows[0].all_together),
        completeness=f"{latest}, {latest.quality.label}",
        state=overuse.state.label,
        possible=tuple(state.label for state in overuse.possible) if len(overuse.possible) > 1 else (),
        findings=findings(overuse, patient, None),
        deciding=_deciding(overuse, patient),
        windows=_windows(counts),
        met=_subtypes(overuse, Answer.MET),
        unclear=_subtypes(overuse, Answer.CANNOT_TELL),
        not_met=_subtypes(overuse, Answer.NOT_MET),
        warnings=tuple(
            WarningLine(_WARNING_WORDS[each.level], _WARNING_TONES[each.level], each.message, each.source)
            for each in overuse.reached_warnings
        ),
        warnings_open=sum(each.answer is Answer.CANNOT_TELL for each in overuse.warnings),
        regularity=str(regularity([window.all_together for window in overuse.windows])),
    )


def overuse_lasts(overuse: OveruseAssessment) -> bool:
    """Whether there is an overuse whose reasons are to be reviewed at each visit."""
    return overuse.headline.answer is Answer.MET


def _subtypes(overuse: OveruseAssessment, answer: Answer) -> str:
    return ", ".join(f"{each.code} {each.name}" for each in overuse.subtypes if each.answer is answer)


def _deciding(overuse: OveruseAssessment, patient: Patient) -> tuple[DecidingMonth, ...]:
    """The months with the days that would decide; nothing once everything is settled."""
    unsettled = [overuse.headline] if overuse.headline.answer is Answer.CANNOT_TELL else []
    if overuse.state is OveruseState.CANNOT_TELL:
        unsettled.append(overuse.finding)
    days = sorted({day for finding in unsettled for day in finding.deciding_days}, reverse=True)
    return tuple(_month(first, list(inside), patient) for first, inside in groupby(days, _first_of_month))


def _first_of_month(day: date) -> date:
    return day.replace(day=1)


def _month(first: date, days: Sequence[date], patient: Patient) -> DecidingMonth:
    url = reverse("diary:month", kwargs={"patient_id": patient.pk, "month": first})
    return DecidingMonth(month_title(first), days_word(len(days)), url)


def _windows(counts: DiaryCounts) -> WindowTable:
    windows = counts.overuse.windows
    return WindowTable(
        tuple(f"{short_date(window.period.first)} to {short_date(window.period.last)}" for window in windows),
        (
            _row("All acute and rescue medicines", ALL_TOGETHER_LIMIT, (each.all_together for each in windows)),
            *_class_rows(windows),
            _row("Classes of 8.2.6 together", LIMIT, (each.added_up for each in windows)),
            _row("Headache", HEADACHE_LIMIT, (each.headache for each in windows)),
            WindowRow("Overuse by ICHD-3", "", tuple(_answer(each.overuse) for each in windows)),
            WindowRow("Recorded", "", tuple(Cell(f"{each.completeness.recorded} of 30") for each in counts.windows)),
        ),
    )


def _class_rows(windows: Sequence[OveruseWindow]) -> Iterable[WindowRow]:
    """The subtypes that somebody took; a row of classes nobody took says nothing."""
    for subtype in SINGLE_SUBTYPES:
        taken = [window.by_subtype[subtype.code] for window in windows]
        if any(count.counted_days for count in taken):
            yield _row(f"{subtype.code} {subtype.name}", subtype.limit, taken)


def _row(name: str, limit: int, counts: Iterable[Count]) -> WindowRow:
    return WindowRow(name, f"{limit} days", tuple(_cell(count, limit) for count in counts))


def _cell(count: Count, limit: int) -> Cell:
    answer = threshold_answer(count.interval, limit)
    return Cell(str(count), ANSWER_WORDS[answer], ANSWER_TONES[answer])


def _answer(answer: Answer) -> Cell:
    return Cell("", _LASTS[answer], ANSWER_TONES[answer])
