"""Pictures of a patient's course: data in, accessible SVG out, the same drawing for page and PDF.

Plain Python without Django. Each mark carries presentation attributes that print in grey and a
class that the page's style sheet (static/css/charts.css) colours; no style attributes, so that a
strict content security policy holds.
"""

from apps.charts.calendar import CalendarDay, DayMark, day_strip, month_calendar, month_table
from apps.charts.class_bars import ClassRow, class_bars, class_table
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
from apps.charts.score_course import ScoreCourse, ScoreLine, ScorePoint, score_course, score_table
from apps.charts.svg import Svg
from apps.charts.tables import Table
from apps.charts.year_strip import YearRow, year_strip, year_table

__all__ = [
    "Bar",
    "CalendarDay",
    "ClassRow",
    "Course",
    "DayMark",
    "Event",
    "Lane",
    "Month",
    "MonthCount",
    "Reading",
    "ScoreCourse",
    "ScoreLine",
    "ScorePoint",
    "ScoreRow",
    "Svg",
    "Table",
    "Tone",
    "YearRow",
    "class_bars",
    "class_table",
    "course_chart",
    "course_table",
    "day_strip",
    "month_calendar",
    "month_table",
    "score_course",
    "score_table",
    "year_strip",
    "year_table",
]
