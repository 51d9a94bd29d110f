"""Reads the KosteckiDillon headache diaries.

Source: Kostecki-Dillon, Monette & Wong, "Pine trees, comas and migraines", York University Institute for Social
Research newsletter 14:2 (1999); data set KosteckiDillon of the R package carData. 133 people with migraine in a
treatment programme, one row a person and day. `time` counts days from the beginning of treatment and is negative
before it; the calendar date is not part of the published data, so the caller says on which day each person's diary
ends. A row tells whether there was a headache and nothing about its severity or the acute medicines of that day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from apps.diary.choices import State
from apps.diary.imports.report import RowNote

PUBLISHED = (
    "Kostecki-Dillon T, Monette G, Wong P. Pine trees, comas and migraines. "
    "York University Institute for Social Research newsletter 1999;14(2). Data set KosteckiDillon, R package carData."
)

_STATES = {"yes": State.HEADACHE, "no": State.NONE}
_SEXES = {"female", "male"}
_YEARS = range(100)
# The treatment programme lasted months; anything beyond is a shifted column.
_DAYS_OF_TREATMENT = range(-1000, 1001)


@dataclass(frozen=True, slots=True)
class KosteckiPerson:
    """A person as published: number, age in years and sex."""

    number: int
    age: int
    sex: str


@dataclass(frozen=True, slots=True)
class KosteckiDay:
    """One row that was understood; `time` is the day of treatment, negative before it began."""

    row: int
    person: int
    time: int
    state: State


@dataclass(frozen=True, slots=True)
class KosteckiDiaries:
    """The file as it was understood. Every row is either a day or unreadable."""

    people: tuple[KosteckiPerson, ...]
    days: tuple[KosteckiDay, ...]
    unreadable: tuple[RowNote, ...]

    def last_time(self, person: int) -> int:
        """The last day of treatment with an entry of this person. Raises ValueError when there is none."""
        return max(day.time for day in self.days if day.person == person)


def read_diaries(rows: Iterable[Mapping[str, Any]]) -> KosteckiDiaries:
    """Understand the rows of the data set, numbered from 1 as they come."""
    people: dict[int, KosteckiPerson] = {}
    days: list[KosteckiDay] = []
    unreadable: list[RowNote] = []
    for number, values in enumerate(rows, start=1):
        try:
            person = _person(values)
            days.append(_day(number, person.number, values))
        except ValueError as error:
            unreadable.append(RowNote(number, str(error)))
        else:
            people.setdefault(person.number, person)
    return KosteckiDiaries(tuple(people.values()), tuple(days), tuple(unreadable))


def _person(values: Mapping[str, Any]) -> KosteckiPerson:
    sex = values.get("sex")
    if sex not in _SEXES:
        raise ValueError(f"Sex is “{sex}”; female or male was expected.")
    age = _whole_number(values, "age")
    if age not in _YEARS:
        raise ValueError(f"An age of {age} years is not possible.")
    return KosteckiPerson(_whole_number(values, "id"), age, str(sex))


def _day(row: int, person: int, values: Mapping[str, Any]) -> KosteckiDay:
    headache = values.get("headache")
    if headache not in _STATES:
        raise ValueError(f"Headache is “{headache}”; yes or no was expected.")
    time = _whole_number(values, "time")
    if time not in _DAYS_OF_TREATMENT:
        raise ValueError(f"Day {time} of treatment is out of range.")
    return KosteckiDay(row, person, time, _STATES[str(headache)])


def _whole_number(values: Mapping[str, Any], name: str) -> int:
    given = values.get(name)
    try:
        number = int(given)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        number = None
    if number is None or float(number) != float(given):  # type: ignore[arg-type]
        raise ValueError(f"{name} is “{given}”; a whole number was expected.")
    return number
