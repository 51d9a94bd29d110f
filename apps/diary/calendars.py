"""A reminder as a calendar file. It says "Diary" and no more: calendars are shared with families and employers."""

import uuid
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

_TITLE: Final = "Diary"


def read_time(text: str) -> time | None:
    """A time of day as a phone's field writes it, 20:00; None when it is none."""
    try:
        at = time.fromisoformat(text)
    except ValueError:
        return None
    return at.replace(second=0, microsecond=0) if at.tzinfo is None else None


def daily_reminder(first: date, last: date, at: time) -> bytes:
    """A calendar with one event a day from `first` to `last`, at the phone's own clock wherever it is.

    Without address of the diary and without anything about health: whoever may see the calendar would have both.
    """
    from icalendar import Alarm, Calendar, Event

    begin = datetime.combine(first, at)
    event = Event()
    event.add("uid", str(uuid.uuid4()))
    event.add("dtstamp", datetime.now(UTC))
    event.add("dtstart", begin)
    event.add("duration", timedelta(minutes=5))
    event.add("rrule", {"freq": "daily", "until": datetime.combine(last, at)})
    event.add("summary", _TITLE)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _TITLE)
    alarm.add("trigger", timedelta(0))
    event.add_component(alarm)
    reminder = Calendar()
    reminder.add("prodid", f"-//{_TITLE}//EN")
    reminder.add("version", "2.0")
    reminder.add_component(event)
    return bytes(reminder.to_ical())
