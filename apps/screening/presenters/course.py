"""Scores over the months beside headache days and changes of preventives: one picture for each group of instruments."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from apps.charts import (
    Event,
    Month,
    MonthCount,
    ScoreCourse,
    ScoreLine,
    ScorePoint,
    Svg,
    Table,
    score_course,
    score_table,
)
from apps.clinical.instruments import Instrument, Subscale
from apps.clinical.instruments.change import steady_around
from apps.clinical.periods import Period, calendar_months_back
from apps.diary.medication_dates import medication_dates_of
from apps.diary.selectors.months import MonthOfHeadache, headache_months
from apps.patients.models import Patient
from apps.screening.groups import GROUPS
from apps.screening.models import Administration
from apps.screening.presenters.words import known_instrument
from apps.screening.selectors.sheets import scored_sheets

RANGES: Final = (6, 12, 36)
USUAL_RANGE: Final = 12
# Totals without an upper end, or with one far above what people reach, are drawn up to a little more than was reached.
LONGEST_SCALE: Final = 100
HEADROOM: Final = 1.2


@dataclass(frozen=True)
class CoursePicture:
    """The scores of one group. sources: for each line, what change matters and who says so."""

    key: str
    title: str
    svg: Svg
    table: Table
    sources: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class _Scale:
    """One line to be: an instrument with its total, or one of its scales."""

    compared: Instrument | Subscale
    name: str
    lowest: int
    highest: int | None
    higher_is_worse: bool
    edges: tuple[tuple[int, str], ...]


def months_asked(text: str | None) -> int:
    """One of RANGES from the address; the usual one for anything else."""
    return int(text) if text and text.isdecimal() and int(text) in RANGES else USUAL_RANGE


def course_pictures(patient: Patient, on: date, *, months: int) -> list[CoursePicture]:
    """The groups that have a score in the last `months` calendar months up to `on`. Four queries."""
    *before, running = calendar_months_back(on, months)
    periods = [*before, Period(running.first, on)]
    whole = Period(periods[0].first, on)
    sheets = scored_sheets(patient, whole)
    if not sheets:
        return []
    headache = headache_months(patient, periods)
    changes = tuple(Event(change.on, change.label) for change in medication_dates_of(patient, whole))
    return [
        picture
        for place, (title, codes) in enumerate(GROUPS)
        if (picture := _picture(f"course-{place}", title, _lines(sheets, codes), headache, changes))
    ]


def _picture(
    key: str,
    title: str,
    lines: list[tuple[ScoreLine, Instrument]],
    headache: Sequence[MonthOfHeadache],
    changes: tuple[Event, ...],
) -> CoursePicture | None:
    if not lines:
        return None
    course = ScoreCourse(
        months=tuple(Month(f"{each.period.first:%b %Y}", each.period.first, each.period.last) for each in headache),
        headache=tuple(MonthCount(each.headache.lower, each.headache.upper, each.recorded) for each in headache),
        changes=changes,
        lines=tuple(line for line, _ in lines),
    )
    caption = f"{title} beside headache days"
    rules = {found.short_title: f"{found.change_that_matters} Source: {found.source}." for _, found in lines}
    return CoursePicture(
        key=key,
        title=caption,
        svg=score_course(course, prefix=key, title=caption),
        table=score_table(course, caption=caption),
        sources=tuple(rules.items()),
    )


def _lines(sheets: Iterable[Administration], codes: Iterable[str]) -> list[tuple[ScoreLine, Instrument]]:
    by_code: dict[str, list[Administration]] = {}
    for sheet in sheets:
        by_code.setdefault(sheet.instrument, []).append(sheet)
    return [
        (line, found)
        for code in codes
        if code in by_code and (found := known_instrument(code))
        for line in _lines_of(found, by_code[code])
    ]


def _lines_of(found: Instrument, sheets: list[Administration]) -> Iterator[ScoreLine]:
    for scale in _scales(found):
        readings = [(sheet.answered_on, value) for sheet in sheets if (value := _value(scale, sheet)) is not None]
        if readings:
            yield _line(scale, readings)


def _scales(found: Instrument) -> list[_Scale]:
    if found.has_total:
        edges = tuple((band.lowest, band.label) for band in found.bands if band.lowest > found.lowest_total)
        return [_Scale(found, found.short_title, found.lowest_total, found.highest_total, found.higher_is_worse, edges)]
    return [
        _Scale(
            scale,
            f"{found.short_title} {scale.label}",
            scale.lowest,
            scale.highest,
            scale.higher_is_worse,
            tuple((band.lowest, band.label) for band in scale.bands if band.lowest > scale.lowest),
        )
        for scale in found.subscales
    ]


def _value(scale: _Scale, sheet: Administration) -> Decimal | None:
    if isinstance(scale.compared, Instrument):
        return None if sheet.total is None else Decimal(sheet.total)
    found = next((each for each in sheet.subscores if each["code"] == scale.compared.code), None)
    return Decimal(found["value"]) if found else None


def _line(scale: _Scale, readings: list[tuple[date, Decimal]]) -> ScoreLine:
    first = readings[0][1]
    highest = _drawn_up_to(scale, [value for _, value in readings])
    steady = steady_around(scale.compared, first, scale.lowest, highest)
    ends = f"{scale.lowest} to {scale.highest}" if scale.highest is not None else f"from {scale.lowest}"
    return ScoreLine(
        name=scale.name,
        about=f"{ends}, {'more' if scale.higher_is_worse else 'less'} is worse",
        lowest=scale.lowest,
        highest=highest,
        points=tuple(_point(scale, first, day, value) for day, value in readings),
        edges=tuple((value, words) for value, words in scale.edges if value < highest),
        steady=steady,
    )


def _drawn_up_to(scale: _Scale, values: list[Decimal]) -> int:
    if scale.highest is not None and scale.highest <= LONGEST_SCALE:
        return scale.highest
    reached = max(int(max(values) * Decimal(HEADROOM)) + 1, scale.edges[-1][0] if scale.edges else 0)
    return min(reached, scale.highest) if scale.highest is not None else reached


def _point(scale: _Scale, first: Decimal, day: date, value: Decimal) -> ScorePoint:
    matters = scale.compared.change_matters(first, value)  # type: ignore[arg-type]  # a total is a whole number
    change = ""
    if matters:
        change = "worse" if (value > first) == scale.higher_is_worse else "better"
    return ScorePoint(day, float(value), f"{value.normalize():f}", change)
