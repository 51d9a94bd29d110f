"""A patient's course as plain data: what the overview draws today and a summary freezes for good."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from apps.charts import Bar, Course, Lane, Month, MonthCount, Reading, ScoreRow, Tone
from apps.clinical.instruments import instrument
from apps.clinical.overuse_headline import ALL_TOGETHER_LIMIT
from apps.core.dates import MONTH_NAMES
from apps.diary.counts import PeriodCounts
from apps.patients.models import Patient
from apps.screening.selectors.sheets import sheets_of
from apps.treatment.choices import ChangeKind, Purpose
from apps.treatment.selectors.medication import Course as MedicineCourse

Frozen = dict[str, Any]


def freeze_course(
    months: Sequence[PeriodCounts], medicines: Iterable[MedicineCourse], scores: Sequence[Frozen] = ()
) -> Frozen:
    """The course as JSON values: months oldest first, medicines that overlap them, rows of scores."""
    first, last = months[0].period.first, months[-1].period.last
    return {
        "months": [_frozen_month(month) for month in months],
        "lanes": [_frozen_lane(course) for course in medicines if _overlaps(course, first, last)],
        "scores": [row for row in (_within(row, first, last) for row in scores) if row["readings"]],
        "acute_limit": ALL_TOGETHER_LIMIT,
    }


def score_rows(patient: Patient) -> list[Frozen]:
    """Every total of each questionnaire as a row of readings, oldest first. One query."""
    rows: dict[str, list[list[str]]] = {}
    for sheet in reversed(list(sheets_of(patient))):
        if sheet.total is not None:
            rows.setdefault(sheet.instrument, []).append([sheet.answered_on.isoformat(), str(sheet.total)])
    return [{"name": instrument(code).short_title, "readings": rows[code]} for code in sorted(rows)]


def course_from(frozen: Frozen) -> Course:
    """The frozen course, ready to be drawn."""
    months = [
        Month(month["label"], date.fromisoformat(month["first"]), date.fromisoformat(month["last"]))
        for month in frozen["months"]
    ]
    return Course(
        months=tuple(months),
        headache=tuple(_count(month["headache"]) for month in frozen["months"]),
        acute=tuple(_count(month["acute"]) for month in frozen["months"]),
        acute_limit=frozen["acute_limit"],
        lanes=tuple(_lane(lane) for lane in frozen["lanes"]),
        scores=tuple(_scores(row) for row in frozen["scores"]),
    )


def _frozen_month(month: PeriodCounts) -> Frozen:
    first = month.period.first
    return {
        "label": f"{MONTH_NAMES[first.month - 1][:3]} {first:%y}",
        "first": first.isoformat(),
        "last": month.period.last.isoformat(),
        "headache": _frozen_count(month.headache.as_dict()),
        "acute": _frozen_count(month.acute.as_dict()),
    }


def _frozen_count(count: Frozen) -> Frozen:
    return {"lower": count["lower"], "upper": count["upper"], "recorded": count["known"]}


def _within(row: Frozen, first: date, last: date) -> Frozen:
    days = (first.isoformat(), last.isoformat())
    return {**row, "readings": [reading for reading in row["readings"] if days[0] <= reading[0] <= days[1]]}


def _frozen_lane(course: MedicineCourse) -> Frozen:
    words = course.dosed.dose_text.split(",")[0]
    if course.stopped_on:
        words = f"{words}, stopped: {course.last.get_reason_display().lower()}"
    elif course.is_on_hold:
        words = f"{words}, on hold"
    return {
        "name": str(course.first.medicine),
        "start": course.started_on.isoformat(),
        "end": course.stopped_on.isoformat() if course.stopped_on else None,
        "words": words,
        "tone": _tone(course).value,
    }


def _tone(course: MedicineCourse) -> Tone:
    if course.stopped_on:
        return Tone.PAST
    if course.last.kind in (ChangeKind.TAPER_STEP, ChangeKind.HOLD):
        return Tone.CAUTION
    return Tone.MAIN if course.first.purpose == Purpose.PREVENTIVE else Tone.CURRENT


def _overlaps(course: MedicineCourse, first: date, last: date) -> bool:
    return course.started_on <= last and (course.stopped_on is None or course.stopped_on >= first)


def _count(frozen: Frozen) -> MonthCount:
    return MonthCount(frozen["lower"], frozen["upper"], frozen["recorded"])


def _lane(frozen: Frozen) -> Lane:
    end = date.fromisoformat(frozen["end"]) if frozen["end"] else None
    return Lane(
        frozen["name"], bars=(Bar(date.fromisoformat(frozen["start"]), end, frozen["words"], Tone(frozen["tone"])),)
    )


def _scores(frozen: Frozen) -> ScoreRow:
    readings = tuple(Reading(date.fromisoformat(day), words) for day, words in frozen["readings"])
    return ScoreRow(frozen["name"], readings)
