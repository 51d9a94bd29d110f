"""Which days a patient may enter, what is late, and whose clock decides the date."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from apps.diary.choices import State
from apps.diary.models import DiaryDay, LinkEntry
from tests.fixtures.patient_writing import LONDON, NOON, TODAY, Say, the_day

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("back", [0, 1, 7])
def test_the_last_seven_days_can_be_entered(say: Say, back: int) -> None:
    say("none", TODAY - timedelta(days=back))
    assert the_day(TODAY - timedelta(days=back)).state == State.NONE


@pytest.mark.parametrize(("back", "words"), [(8, "telephone the clinic"), (-1, "has not come yet")])
def test_other_days_are_not_open(say: Say, back: int, words: str) -> None:
    assert words in say("none", TODAY - timedelta(days=back), expect=422)["errors"]["day"][0]
    assert not DiaryDay.objects.exists()


def test_an_entry_is_late_more_than_48_hours_after_the_end_of_its_day(say: Say, noon: Any) -> None:
    day = TODAY - timedelta(days=3)
    over = datetime.combine(day + timedelta(days=1), datetime.min.time(), tzinfo=LONDON)
    noon.move_to(over + timedelta(hours=48))
    say("none", day)
    assert the_day(day).entered_late is False
    noon.move_to(over + timedelta(hours=48, seconds=1))
    say("none", day - timedelta(days=1))
    say("correct", day, seen="1", state="not_known")
    assert the_day(day - timedelta(days=1)).entered_late is True
    assert the_day(day).entered_late is True


def test_an_entry_that_waited_counts_from_when_it_was_written(say: Say, noon: Any) -> None:
    written = NOON + timedelta(hours=1)
    noon.move_to(NOON + timedelta(days=9))
    say("attack", TODAY, severity="2", written_at=written.isoformat())
    assert (the_day().entered_late, LinkEntry.objects.get().written_at) == (False, written)


@pytest.mark.parametrize(
    "claimed",
    ["2026-06-17T10:59:00+01:00", "2026-06-27T10:00:00+01:00", "2026-06-18T12:00:00", "0001-01-01T00:00:00+00:00"],
    ids=["before the link", "in the future", "without zone", "year 1"],
)
def test_a_clock_that_can_not_be_right_changes_nothing(say: Say, noon: Any, claimed: str) -> None:
    now = NOON + timedelta(days=4)
    noon.move_to(now)
    say("none", TODAY, written_at=claimed)
    assert (the_day().entered_late, LinkEntry.objects.get().written_at) == (True, now)


def test_a_second_entry_is_not_written_before_the_first(say: Say, noon: Any) -> None:
    noon.move_to(NOON + timedelta(days=4))
    say("none", TODAY + timedelta(days=4), written_at=(NOON + timedelta(days=3, hours=22)).isoformat())
    say("none", TODAY, written_at=(NOON + timedelta(hours=1)).isoformat())
    assert the_day(TODAY).entered_late is True


@pytest.mark.parametrize(
    ("clock", "today"),
    [
        ({"zone": "Pacific/Auckland"}, date(2026, 6, 18)),
        ({"zone": "Pacific/Honolulu"}, date(2026, 6, 17)),
        ({"zone": "", "offset": "780"}, date(2026, 6, 18)),
        ({"zone": "Mars/Olympus", "offset": "-600"}, date(2026, 6, 17)),
        ({"zone": "../../etc/passwd"}, date(2026, 6, 17)),
    ],
    ids=["ahead", "behind", "distance only", "unknown zone", "no zone at all"],
)
def test_the_date_where_the_phone_is_decides(say: Say, noon: Any, clock: dict[str, str], today: date) -> None:
    noon.move_to(datetime(2026, 6, 17, 20, 0, tzinfo=LONDON))
    say("none", today, **clock)
    say("none", today + timedelta(days=1), expect=422, **clock)
    assert the_day(today).state == State.NONE
