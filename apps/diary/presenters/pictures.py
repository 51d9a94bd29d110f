"""A diary as pictures: the squares of a month, the strip of a year, the bars of each class; each with its table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from apps.charts import (
    CalendarDay,
    ClassRow,
    DayMark,
    MonthCount,
    Svg,
    Table,
    YearRow,
    class_bars,
    class_table,
    month_calendar,
    month_table,
    year_strip,
    year_table,
)
from apps.clinical.counting import Count
from apps.clinical.overuse_headline import ALL_TOGETHER_LIMIT
from apps.clinical.periods import Period, calendar_month
from apps.core.dates import MONTH_NAMES, month_title
from apps.core.navigation import url_or_none
from apps.diary.counts import PeriodCounts
from apps.diary.facts import clinical_day, entry_of
from apps.diary.models import DiaryDay
from apps.diary.presenters.count_tables import migraine_title
from apps.diary.presenters.month import entry_words
from apps.diary.selectors.pictures import YearRecord
from apps.patients.models import Patient

ALL_TOGETHER = "All together"


@dataclass(frozen=True)
class Drawn:
    """A picture, and the same as a table."""

    svg: Svg
    table: Table


@dataclass(frozen=True)
class NumberLine:
    """A month of the year's table: its name, the address of its page, its numbers."""

    title: str
    url: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class YearNumbers:
    """The year's numbers, one line for each month."""

    columns: tuple[str, ...]
    lines: tuple[NumberLine, ...]


def month_picture(
    rows: Mapping[date, DiaryDay], month: Period, *, today: date, menstruation: Mapping[date, bool | None]
) -> Drawn:
    """The month as a picture, and the same as a table. The rows come with their intakes and medicines.

    menstruation: by date, as far as it was asked.
    """
    squares = list(_squares(rows, menstruation, month, today))
    title = month_title(month.first)
    return Drawn(
        svg=month_calendar(squares, prefix=f"month-{month.first:%Y-%m}", title=title),
        table=month_table(squares, caption=title),
    )


def year_picture(record: YearRecord) -> Drawn:
    """Twelve months of days with their counts."""
    rows = [_year_row(record, counts) for counts in record.months]
    title = f"{record.months[0].title} to {record.months[-1].title}"
    return Drawn(
        svg=year_strip(rows, acute_limit=ALL_TOGETHER_LIMIT, prefix="year", title=title),
        table=year_table(rows, caption=title),
    )


def class_picture(periods: Sequence[PeriodCounts], *, by_window: bool) -> Drawn:
    """Days with acute medicine against their limits: all together first, then each class that was taken."""
    labels = [_window_label(each.period) if by_window else _month_label(each.period.first) for each in periods]
    rows = [
        ClassRow(ALL_TOGETHER, ALL_TOGETHER_LIMIT, tuple(_count(each.acute) for each in periods)),
        *(
            ClassRow(_capital(group.name), group.limit, tuple(_count(each.by_class[place].count) for each in periods))
            for place, group in enumerate(periods[0].by_class)
        ),
    ]
    title = "Days with acute medicine in 30-day windows" if by_window else "Days with acute medicine by calendar month"
    return Drawn(
        svg=class_bars(labels, rows, prefix="classes", title=title),
        table=class_table([each.title for each in periods], rows, caption=title),
    )


def year_numbers(record: YearRecord, patient: Patient) -> YearNumbers:
    """The same counts as a table, the oldest month first as in the picture."""
    classes = tuple(f"{_capital(each.name)} days" for each in record.months[0].by_class)
    return YearNumbers(
        columns=(
            "Month",
            "Headache days",
            migraine_title(record.months[0].migraine_rule),
            "Moderate or severe days",
            "Debilitating days, at most",
            "Acute medication days",
            *classes,
            "Days recorded",
            "What they allow",
        ),
        lines=tuple(
            NumberLine(
                title=_short_title(each.period),
                url=url_or_none("diary:month", patient_id=patient.pk, month=each.period.first) or "",
                values=(
                    str(each.headache),
                    str(each.migraine),
                    str(each.moderate_or_severe),
                    str(each.debilitating),
                    str(each.acute),
                    *(str(single.count) for single in each.by_class),
                    _completeness(each),
                    each.completeness.quality.label,
                ),
            )
            for each in record.months
        ),
    )


def _year_row(record: YearRecord, counts: PeriodCounts) -> YearRow:
    first = counts.period.first
    month = calendar_month(first.year, first.month)
    menstruation = {day: each.menstruation for day, each in record.stretch.contexts.items()}
    return YearRow(
        label=_short_title(counts.period),
        days=tuple(_squares(record.stretch.rows, menstruation, month, record.on)),
        headache=_count(counts.headache),
        acute=_count(counts.acute),
        recorded=_completeness(counts),
    )


def _squares(
    rows: Mapping[date, DiaryDay], menstruation: Mapping[date, bool | None], days: Period, today: date
) -> Iterator[CalendarDay]:
    for day in days:
        bleeding = menstruation.get(day)
        if day > today:
            yield CalendarDay(day, DayMark.NOT_YET)
        elif day in rows:
            yield _recorded(rows[day], bleeding)
        else:
            details = _joined("not recorded", menstruation=bleeding)
            yield CalendarDay(day, DayMark.NOT_RECORDED, menstruation=bleeding, details=details)


def _recorded(row: DiaryDay, menstruation: bool | None) -> CalendarDay:
    day = clinical_day(row)
    names = {intake.medicine.code: intake.medicine.generic_name for intake in row.intakes.all() if intake.medicine}
    return CalendarDay(
        day=row.day,
        mark=DayMark(row.state),
        severity=row.severity,
        acute=True if day.taken_for_headache else False if day.acute_known else None,
        menstruation=menstruation,
        details=_joined(entry_words(entry_of(row), names), menstruation=menstruation, late=row.entered_late),
    )


def _joined(words: str, *, menstruation: bool | None, late: bool = False) -> str:
    return "; ".join([words, *(["menstruation"] if menstruation else []), *(["entered late"] if late else [])])


def _count(count: Count) -> MonthCount:
    return MonthCount(count.interval.lower, count.interval.upper, count.known)


def _completeness(counts: PeriodCounts) -> str:
    return f"{counts.completeness.recorded} of {counts.completeness.of}"


def _short_title(month: Period) -> str:
    return f"{_month_label(month.first)} {month.first.year}"


def _month_label(first: date) -> str:
    return MONTH_NAMES[first.month - 1][:3]


def _window_label(window: Period) -> str:
    return f"to {window.last.day} {_month_label(window.last)}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
