"""What a course picture shows: plain data, so that a frozen snapshot can be drawn again."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Tone(StrEnum):
    """How a bar stands out; its words say the same."""

    PAST = "past"
    CURRENT = "current"
    MAIN = "main"
    CAUTION = "caution"


@dataclass(frozen=True, slots=True)
class Month:
    """One column: its heading and its days, both included. A calendar month or a 30-day window."""

    label: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class MonthCount:
    """Days of one month: at least `lower`, at most `upper`, with `recorded` of its days known.

    Raises ValueError when the numbers contradict each other.
    """

    lower: int
    upper: int
    recorded: int

    def __post_init__(self) -> None:
        if not 0 <= self.lower <= self.upper or self.recorded < 0:
            raise ValueError("a month's count runs from a lower to an upper number of days")

    @property
    def words(self) -> str:
        """The count as written on the picture: "13", "13–17", or "?" when nothing is recorded."""
        if self.recorded == 0 and self.lower == 0 and self.upper > 0:
            return "?"
        return str(self.lower) if self.lower == self.upper else f"{self.lower}–{self.upper}"

    @property
    def spoken(self) -> str:
        """The count in words, for descriptions and tables."""
        return "not recorded" if self.words == "?" else self.words.replace("–", " to ")


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of time with a medicine or a withdrawal; `end` is None while it goes on."""

    start: date
    end: date | None
    words: str
    tone: Tone = Tone.CURRENT


@dataclass(frozen=True, slots=True)
class Event:
    """Something done on one day, for example an injection cycle."""

    day: date
    words: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One row of medicines or procedures."""

    name: str
    bars: tuple[Bar, ...] = ()
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One score on one day: "96 (IV)"."""

    day: date
    words: str


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One row of scores."""

    name: str
    readings: tuple[Reading, ...]
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """A patient's course, months oldest first, one count per month.

    acute_limit: days of acute medication per month that are not to be reached.
    Raises ValueError when months and counts do not match.
    """

    months: tuple[Month, ...]
    headache: tuple[MonthCount, ...]
    acute: tuple[MonthCount, ...]
    acute_limit: int
    lanes: tuple[Lane, ...] = ()
    scores: tuple[ScoreRow, ...] = ()

    def __post_init__(self) -> None:
        if not self.months:
            raise ValueError("a course needs at least one month")
        if not len(self.months) == len(self.headache) == len(self.acute):
            raise ValueError("a course needs one headache and one acute count for each month")
