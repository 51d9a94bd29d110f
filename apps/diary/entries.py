"""A diary day as somebody wants it recorded, and what is wrong with it. Plain values, shared by form, import and
services."""

from dataclasses import dataclass, field
from datetime import date

from apps.core.dates import short_date
from apps.diary.choices import Relief, State
from apps.diary.models.day import EARLIEST_DAY, LONGEST_NOTE
from apps.diary.models.intake import MOST_DOSES


@dataclass(frozen=True, slots=True)
class IntakeEntry:
    """A medicine by its catalogue code (None: something, not known what) and how often it was taken that day.

    relief, taken_before_pain: None when the form or the file does not ask; what is recorded then stays. Two entries
    are the same when medicine and doses are.
    """

    code: str | None
    doses: int = 1
    relief: Relief | None = field(default=None, compare=False)
    taken_before_pain: bool | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class DayEntry:
    """One day to record; the fields mean what they mean in `DiaryDay`."""

    day: date
    state: State
    severity: int | None = None
    function: int | None = None
    intakes: tuple[IntakeEntry, ...] = ()
    intakes_known: bool = False
    note: str = ""


def entry_faults(entry: DayEntry, *, today: date) -> dict[str, str]:
    """What can't be recorded, as field name -> sentence; empty when all is well. Days up to `today` can be recorded."""
    faults: dict[str, str] = {}
    if entry.day > today:
        faults["day"] = f"{short_date(entry.day)} is in the future. Record it when the day is over."
    elif entry.day < EARLIEST_DAY:
        faults["day"] = f"Check the year: {short_date(entry.day)} is before 1990."
    headache = entry.state == State.HEADACHE
    if entry.severity is not None and not (headache and 1 <= entry.severity <= 3):
        faults["headache"] = "Only a headache day has a severity: 1 mild, 2 moderate or 3 severe."
    if entry.function is not None and not (headache and 0 <= entry.function <= 3):
        faults["function"] = "Leave the function empty, or record a headache: it says what the headache left possible."
    if any(not 1 <= intake.doses <= MOST_DOSES for intake in entry.intakes):
        faults["medicines"] = f"Enter how many doses were taken, 1 to {MOST_DOSES}."
    if len({intake.code for intake in entry.intakes}) < len(entry.intakes):
        faults["medicines"] = "Enter each medicine once a day, with the number of doses."
    if len(entry.note) > LONGEST_NOTE:
        faults["note"] = f"Shorten the note to {LONGEST_NOTE} characters; it has {len(entry.note)}."
    return faults
