"""Windows, blocks and calendar months, leap days included."""

from datetime import date

import pytest

from apps.clinical.periods import (
    Period,
    block,
    blocks_from,
    calendar_month,
    calendar_months_back,
    window_ending,
    windows_back,
)


def test_window_is_30_days_that_end_on_the_report_date() -> None:
    window = window_ending(date(2026, 11, 22))
    assert (window.first, len(window)) == (date(2026, 10, 24), 30)


@pytest.mark.parametrize(
    ("on", "first"),
    [
        (date(2028, 2, 29), date(2028, 1, 31)),
        (date(2028, 3, 1), date(2028, 2, 1)),
        (date(2027, 3, 1), date(2027, 1, 31)),
    ],
)
def test_window_over_the_end_of_february(on: date, first: date) -> None:
    assert window_ending(on) == Period(first, on)


def test_windows_follow_each_other_backwards_without_gap_or_overlap() -> None:
    windows = windows_back(date(2028, 3, 15), 4)
    days = [day for window in reversed(windows) for day in window]
    assert len(days) == len(set(days)) == 120
    assert days == sorted(days)
    assert (days[-1] - days[0]).days == 119


def test_blocks_count_from_the_first_day_of_treatment() -> None:
    start = date(2028, 2, 10)
    assert block(start, 0) == Period(date(2028, 1, 13), date(2028, 2, 9))
    assert blocks_from(start, 2) == (
        Period(date(2028, 2, 10), date(2028, 3, 8)),
        Period(date(2028, 3, 9), date(2028, 4, 5)),
    )


@pytest.mark.parametrize(("year", "month", "length"), [(2028, 2, 29), (2027, 2, 28), (2026, 12, 31), (2026, 11, 30)])
def test_calendar_month(year: int, month: int, length: int) -> None:
    found = calendar_month(year, month)
    assert (found.first.day, len(found)) == (1, length)


def test_calendar_months_back_cross_the_year() -> None:
    months = calendar_months_back(date(2027, 2, 28), 3)
    assert [month.first for month in months] == [date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)]


def test_a_period_does_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="back to"):
        Period(date(2026, 11, 2), date(2026, 11, 1))


def test_a_period_reads_as_people_write_dates() -> None:
    assert str(Period(date(2026, 11, 1), date(2026, 11, 22))) == "1 Nov 2026 to 22 Nov 2026"
    assert date(2026, 11, 22) in Period(date(2026, 11, 1), date(2026, 11, 22))
    assert date(2026, 11, 23) not in Period(date(2026, 11, 1), date(2026, 11, 22))
