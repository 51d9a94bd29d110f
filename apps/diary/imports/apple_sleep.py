"""Nights out of the sleep records of Apple Health.

A night comes as many stages, often from several devices at once. Stages are laid over each other, so that no minute
counts twice; what lies less than an hour apart is one sleep; a sleep belongs to the local date of waking.
"""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from apps.diary.imports.times import with_offset

# Being awake for longer than this ends a sleep: clinic convention, to be confirmed.
LONGEST_WAKE_SECONDS: Final = 60 * 60
MINUTES_A_DAY: Final = 24 * 60
_EPOCH: Final = datetime(1970, 1, 1)  # noqa: DTZ001  added to in seconds of UTC, then given its offset
_FIELDS: Final = 4


@dataclass(frozen=True, slots=True)
class Night:
    """All sleep that ended on one local date. row: of the first record of its longest sleep. in_bed: it is the time in
    bed, because no device said when there was sleep. minutes: None when more than a day came together."""

    day: date
    row: int
    minutes: int | None
    slept_from: datetime
    slept_to: datetime
    in_bed: bool


class SleepRecords:
    """Stages as plain numbers, 32 bytes each: a restless sleeper with two watches has half a million in ten years."""

    def __init__(self) -> None:
        self._asleep = array("q")
        self._in_bed = array("q")

    def add(self, row: int, start: datetime, end: datetime, *, in_bed: bool) -> None:
        """A stage; `end` is not before `start`, both carry an offset."""
        offset = end.utcoffset() or timedelta()
        stages = self._in_bed if in_bed else self._asleep
        stages.extend((int(start.timestamp()), int(end.timestamp()), int(offset.total_seconds() // 60), row))

    def nights(self) -> dict[date, Night]:
        """One for each date on which a sleep ended; time in bed only for dates without any sleep."""
        nights = _by_date(self._in_bed, in_bed=True)
        nights.update(_by_date(self._asleep, in_bed=False))
        return nights


@dataclass(slots=True)
class _Sleep:
    """A sleep in seconds of UTC: begin, end, how much of it was asleep, offset at its end, row of its first stage."""

    start: int
    end: int
    asleep: int
    offset: int
    row: int

    @property
    def woke_on(self) -> date:
        return _local(self.end, self.offset).date()


def _by_date(stages: "array[int]", *, in_bed: bool) -> dict[date, Night]:
    found: dict[date, list[_Sleep]] = {}
    for sleep in _sleeps(stages):
        found.setdefault(sleep.woke_on, []).append(sleep)
    return {day: _night(day, sleeps, in_bed=in_bed) for day, sleeps in found.items()}


def _night(day: date, sleeps: list[_Sleep], *, in_bed: bool) -> Night:
    longest = max(sleeps, key=lambda sleep: (sleep.asleep, -sleep.start))
    minutes = round(sum(sleep.asleep for sleep in sleeps) / 60)
    return Night(
        day=day,
        row=longest.row,
        minutes=minutes if minutes <= MINUTES_A_DAY else None,
        slept_from=_local(longest.start, longest.offset),
        slept_to=_local(longest.end, longest.offset),
        in_bed=in_bed,
    )


def _sleeps(stages: "array[int]") -> Iterator[_Sleep]:
    """Stages laid over each other and put together, in order of time; those without length are no sleep."""
    starts = range(0, len(stages), _FIELDS)
    current: _Sleep | None = None
    for at in sorted(starts, key=lambda at: (stages[at], stages[at + 1])):
        start, end, offset, row = stages[at : at + _FIELDS]
        if start == end:
            continue
        if current is None or start - current.end > LONGEST_WAKE_SECONDS:
            if current is not None:
                yield current
            current = _Sleep(start, end, end - start, offset, row)
        elif end > current.end:
            current.asleep += end - max(start, current.end)
            current.end, current.offset = end, offset
    if current is not None:
        yield current


def _local(seconds: int, offset: int) -> datetime:
    return with_offset(_EPOCH + timedelta(seconds=seconds, minutes=offset), offset)
