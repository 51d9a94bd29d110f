"""The reader of the published diaries understands good rows and binds every fault to its row."""

from typing import Any

import pytest

from apps.diary.choices import State
from apps.diary.imports.kostecki import KosteckiDay, KosteckiPerson, read_diaries

GOOD = {"id": 1, "time": -11, "age": 30, "sex": "female", "headache": "yes"}


def test_a_row_is_a_day_of_a_person() -> None:
    diaries = read_diaries([GOOD, GOOD | {"time": 3, "headache": "no"}])
    assert diaries.people == (KosteckiPerson(1, 30, "female"),)
    assert diaries.days == (KosteckiDay(1, 1, -11, State.HEADACHE), KosteckiDay(2, 1, 3, State.NONE))
    assert diaries.last_time(1) == 3


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"headache": "maybe"}, "“maybe”"),
        ({"headache": None}, "yes or no"),
        ({"time": "soon"}, "whole number"),
        ({"time": 1.5}, "whole number"),
        ({"time": float("nan")}, "whole number"),
        ({"time": float("inf")}, "whole number"),
        ({"time": 1001}, "out of range"),
        ({"time": -1001}, "out of range"),
        ({"sex": "?"}, "female or male"),
        ({"age": 100}, "100 years"),
        ({"age": -1}, "-1 years"),
        ({"id": None}, "whole number"),
    ],
)
def test_a_faulty_row_is_reported_with_its_number_and_the_others_are_read(fault: dict[str, Any], words: str) -> None:
    diaries = read_diaries([GOOD, GOOD | fault, GOOD | {"time": 5}])
    (note,) = diaries.unreadable
    assert note.row == 2
    assert words in note.sentence
    assert [day.row for day in diaries.days] == [1, 3]
