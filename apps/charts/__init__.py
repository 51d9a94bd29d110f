"""Pictures of a patient's course: data in, accessible SVG out, the same drawing for page and PDF.

Plain Python without Django. Each mark carries presentation attributes that print in grey and a
class that the page's style sheet (static/css/charts.css) colours; no style attributes, so that a
strict content security policy holds.
"""

from apps.charts.calendar import CalendarDay, DayMark, day_strip, month_calendar, month_table
from apps.charts.course import (
    Bar,
    Course,
    Event,
    Lane,
    Month,
    MonthCount,
    Reading,
    ScoreRow,
    Tone,
)
from apps.charts.course_chart import course_chart, course_table
from apps.charts.svg import Svg
from apps.charts.tables import Table

__all__ = [
    "Bar",
    "CalendarDay",
    "Course",
    "DayMark",
    "Event",
    "Lane",
    "Month",
    "MonthCount",
    "Reading",
    "ScoreRow",
    "Svg",
    "Table",
    "Tone",
    "course_chart",
    "course_table",
    "day_strip",
    "month_calendar",
    "month_table",
]
