"""Which local dates an attack touches, and which dates a diary can have."""

from datetime import UTC, date, datetime, timedelta, timezone
from math import floor
from zoneinfo import ZoneInfo

from apps.core.dates import short_date
from apps.diary.imports.limits import EARLIEST_DAY, LONGEST_ATTACK_DAYS, MOST_PAIN
from apps.diary.imports.parsed import ReadingRules

# Zones reach from UTC-12 to UTC+14.
MOST_OFFSET_MINUTES = 14 * 60
# Software map of 0 to 10 on mild, moderate, severe: clinic convention, to be confirmed.
MODERATE_FROM = 4
SEVERE_FROM = 7
SEVERITY_REMARK = (
    "Pain 1 to 3 stands as mild, 4 to 6 as moderate, 7 to 10 as severe: clinic convention, to be confirmed."
)


def with_offset(wall: datetime, minutes: int) -> datetime:
    """A wall-clock time in a zone that many minutes east of UTC."""
    return wall.replace(tzinfo=timezone(timedelta(minutes=minutes)))


def in_zone(wall: datetime, zone: ZoneInfo) -> datetime:
    """A wall-clock time in the zone, carrying the offset of that moment."""
    offset = wall.replace(tzinfo=zone).utcoffset() or timedelta()
    return wall.replace(tzinfo=timezone(offset))


def moved_to(moment: datetime, zone: ZoneInfo) -> datetime:
    """The same instant as the zone's clock shows it, carrying the offset of that moment."""
    local = moment.astimezone(zone)
    return local.replace(tzinfo=timezone(local.utcoffset() or timedelta()), fold=0)


def after(start: datetime, lasted: timedelta) -> datetime:
    """The instant that much real time later, on UTC's clock; add a zone or an offset to have a local date."""
    return start.astimezone(UTC) + lasted


def days_touched(start: datetime, end: datetime | None) -> tuple[date, date]:
    """First and last local date, each by its own offset.

    An end at exactly 00:00 does not touch the day that begins then. Whoever flies west may end an attack on an earlier
    date than it began; then it touches the first date only.
    """
    first = start.date()
    if end is None:
        return first, first
    last = end.date()
    if last > first and end > start and (end.hour, end.minute, end.second, end.microsecond) == (0, 0, 0, 0):
        last -= timedelta(days=1)
    return first, max(first, last)


def day_fault(day: date, rules: ReadingRules) -> str:
    """Why a date can't be in a diary; empty when it can. Tomorrow can: the patient may be east of the clinic."""
    if day < EARLIEST_DAY:
        return f"Check the year: {short_date(day)} is before 1990."
    if day > rules.today + timedelta(days=1):
        return f"Check the date: {short_date(day)} is in the future."
    return ""


def attack_fault(first: date, last: date, rules: ReadingRules) -> str:
    """Why an attack can't have these dates; empty when it can."""
    if fault := day_fault(first, rules) or day_fault(last, rules):
        return fault
    if (last - first).days > LONGEST_ATTACK_DAYS:
        return f"Check the length: an attack of more than {LONGEST_ATTACK_DAYS} days is more likely a wrong date."
    return ""


def whole_pain(pain: float) -> int | None:
    """Pain as a whole number, halves upwards; None when it is not between 0 and 10."""
    return floor(pain + 0.5) if 0 <= pain <= MOST_PAIN else None


def severity_of_pain(pain: int) -> int | None:
    """1 mild (pain 1 to 3), 2 moderate (4 to 6), 3 severe (7 to 10); None for pain 0."""
    if pain < 1:
        return None
    return 1 if pain < MODERATE_FROM else 2 if pain < SEVERE_FROM else 3
