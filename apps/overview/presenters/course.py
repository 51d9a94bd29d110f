"""The course of a patient over the months somebody asks for, as a picture and as a table."""

from dataclasses import dataclass
from datetime import date

from apps.charts import Svg, Table, course_chart, course_table
from apps.clinical.periods import Period, calendar_months_back
from apps.core.dates import month_title
from apps.diary.counts import period_counts
from apps.diary.selectors import diary_days
from apps.patients.models import Patient
from apps.summaries.course import course_from, freeze_course, score_rows
from apps.treatment.selectors.medication import Course

RANGES = (3, 12, 36)


@dataclass(frozen=True)
class CourseView:
    """The picture, the same as a table, and whether any day is recorded in it."""

    svg: Svg
    table: Table
    recorded: bool


def course_view(patient: Patient, on: date, *, months: int, medicines: list[Course]) -> CourseView:
    """The last `months` calendar months up to `on`. Three queries."""
    *before, running = calendar_months_back(on, months)
    periods = [*before, Period(running.first, on)]
    days = diary_days(patient, Period(periods[0].first, on))
    counts = [period_counts(days, period, title=month_title(period.first), classes=()) for period in periods]
    course = course_from(freeze_course(counts, medicines, score_rows(patient)))
    title = f"Course over {months} months"
    return CourseView(
        svg=course_chart(course, prefix="course", title=title),
        table=course_table(course, caption=title),
        recorded=bool(days),
    )


def months_asked(text: str | None, *, begun: date | None, on: date) -> int:
    """One of RANGES from the address; otherwise the shortest that shows the diary from its beginning.

    begun: the first recorded day. Months before anybody kept a diary would only be empty columns.
    """
    if text and text.isdecimal() and int(text) in RANGES:
        return int(text)
    if begun is None:
        return RANGES[0]
    return next((months for months in RANGES if calendar_months_back(on, months)[0].first <= begun), RANGES[-1])
