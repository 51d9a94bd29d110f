"""The month page in words and rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.forms import BaseForm, BoundField

from apps.charts import CalendarDay, DayMark, Svg, Table, month_calendar, month_table
from apps.clinical.diary import DiaryDay as ClinicalDay
from apps.clinical.periods import ONE_DAY, Period
from apps.core.dates import month_title, short_date
from apps.diary.choices import Function, Severity, State
from apps.diary.entries import DayEntry, IntakeEntry
from apps.diary.facts import entry_of
from apps.diary.models import DiaryDay
from apps.diary.selectors import MonthRecord
from apps.diary.services import SavedMonth, StaleDays
from apps.diary.sheet import FIELDS, day_field
from apps.diary.shorthand import letters_for

_DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True)
class Row:
    """One day of the grid. `cells` are the form's fields by name, empty when the page can only be read."""

    day: date
    name: str
    weekend: bool
    cells: Mapping[str, BoundField]
    recorded: str
    late: bool

    @property
    def anchor(self) -> str:
        return day_anchor(self.day)


@dataclass(frozen=True)
class Letter:
    letter: str
    name: str


@dataclass(frozen=True)
class Picture:
    svg: Svg
    table: Table


def day_anchor(day: date) -> str:
    """The place of a day within its month page."""
    return f"day-{day.isoformat()}"


def rows(days: Iterable[date], record: MonthRecord, form: BaseForm | None) -> list[Row]:
    """The days of the grid; without a form they can only be read."""
    return [
        Row(
            day=day,
            name=f"{_DAY_NAMES[day.weekday()]} {day.day}",
            weekend=day.weekday() >= 5,
            cells={name: form[day_field(day, name)] for name in FIELDS} if form else {},
            recorded=_recorded(record.rows.get(day)),
            late=bool((row := record.rows.get(day)) and row.entered_late),
        )
        for day in days
    ]


def days_to_come(month: Period, today: date) -> str:
    """The rest of the running month in words; empty when it is over."""
    if month.last <= today:
        return ""
    first = today + ONE_DAY
    days = str(first.day) if first == month.last else f"{first.day} to {month.last.day}"
    return f"{days} {month_title(first)}: not yet."


def origin(record: MonthRecord) -> str:
    """How many of the days were imported, and whether medicines among them are invented; empty when none was."""
    imported = sum(1 for row in record.rows.values() if row.import_batch_id)
    invented = sum(
        1 for row in record.rows.values() if row.import_batch_id and any(each.is_invented for each in row.intakes.all())
    )
    if not imported:
        return ""
    sentence = f"{imported} of these days {'was' if imported == 1 else 'were'} imported"
    return f"{sentence}, the medicines on {invented} of them are invented." if invented else f"{sentence}."


def letters(record: MonthRecord) -> list[Letter]:
    """The letters of the patient's own medicines, as they may be typed."""
    names = {medicine.code: medicine.generic_name for medicine in record.own}
    return [Letter(letter, names[code]) for letter, code in letters_for(names).items()]


def calendar(days: tuple[ClinicalDay, ...], month: Period) -> Picture:
    """The month as a picture, and the same as a table."""
    diary = {each.day: each for each in days}
    squares = [_square(day, diary.get(day)) for day in month]
    title = month_title(month.first)
    return Picture(
        svg=month_calendar(squares, prefix=f"month-{month.first:%Y-%m}", title=title),
        table=month_table(squares, caption=title),
    )


def saved_sentence(month: Period, saved: SavedMonth) -> str:
    """What happened, for the message after saving."""
    done = [
        f"{number} {'day' if number == 1 else 'days'} {word}"
        for number, word in (
            (saved.added, "recorded"),
            (saved.changed, "changed"),
            (saved.removed, "set back to not recorded"),
        )
        if number
    ]
    title = month_title(month.first)
    return f"{title} is saved: {', '.join(done)}." if done else f"{title} was saved already. Nothing was changed."


def conflicts_in_words(stale: StaleDays, record: MonthRecord) -> list[tuple[str, str, str]]:
    """Each day that somebody else saved meanwhile: the day, as it was typed, as it is recorded now."""
    names = {medicine.code: medicine.generic_name for medicine in (*record.own, *record.catalogue)}
    return [
        (short_date(each.day), entry_words(each.typed, names), entry_words(each.recorded, names))
        for each in stale.conflicts
    ]


def entry_words(entry: DayEntry | None, names: Mapping[str, str]) -> str:
    """One day in words: "moderate headache; severely limited; rizatriptan × 1"."""
    if entry is None:
        return "not recorded"
    pieces = [_headache_words(entry)]
    if entry.function is not None:
        pieces.append(Function(entry.function).label.lower())
    pieces += [_intake_words(intake, names) for intake in entry.intakes]
    if not entry.intakes_known:
        pieces.append("medicines not known" if not entry.intakes else "perhaps more medicines")
    elif not entry.intakes:
        pieces.append("no medicines")
    return "; ".join([*pieces, *([f"“{entry.note}”"] if entry.note else [])])


def _recorded(row: DiaryDay | None) -> str:
    if row is None:
        return entry_words(None, {})
    names = {intake.medicine.code: intake.medicine.generic_name for intake in row.intakes.all() if intake.medicine}
    return entry_words(entry_of(row), names)


def _headache_words(entry: DayEntry) -> str:
    if entry.state is not State.HEADACHE:
        return entry.state.label.lower()
    if entry.severity is None:
        return "headache, how strong not said"
    return f"{Severity(entry.severity).label.lower()} headache"


def _intake_words(intake: IntakeEntry, names: Mapping[str, str]) -> str:
    name = names.get(intake.code, intake.code) if intake.code else "something, not known what,"
    return f"{name} × {intake.doses}"


def _square(day: date, entry: ClinicalDay | None) -> CalendarDay:
    if entry is None:
        return CalendarDay(day, DayMark.NOT_RECORDED)
    taken = bool(entry.taken_for_headache)
    return CalendarDay(
        day, DayMark(entry.state.value), entry.severity, acute=True if taken else False if entry.acute_known else None
    )
