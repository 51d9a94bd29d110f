"""Typed dates: three ways to write one, and a sentence for each way to get it wrong."""

import contextlib
import datetime

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.core.dates import long_date, month_title, read_date, short_date, short_time
from apps.core.forms import ClinicDateField, ClinicForm

THE_DAY = datetime.date(2026, 11, 22)


class DayForm(ClinicForm):
    day = ClinicDateField()


@pytest.mark.parametrize(
    "typed",
    [
        "22/11/2026",
        "22.11.2026",
        "22-11-2026",
        "22 11 2026",
        "22 Nov 2026",
        "22 november 2026",
        "22nd Nov. 2026",
        "22nov2026",
        "2026-11-22",
        "  22/11/2026  ",
    ],
)
def test_a_date_may_be_written_in_the_usual_ways(typed: str) -> None:
    assert read_date(typed) == THE_DAY


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("31/02/2026", "There is no 31 February 2026. Check the day and the month."),
        ("29 Feb 2025", "There is no 29 February 2025. Check the day and the month."),
        ("0/1/2026", "There is no 0 January 2026. Check the day and the month."),
        ("11/22/2026", "There is no month 22. Write the day first, then the month."),
        ("2026-00-10", "There is no month 0. Write the day first, then the month."),
        ("22/11/26", "Enter the year with four digits, like 2026."),
        ("0000-01-01", "Enter the year with four digits, like 2026."),
        ("yesterday", "Enter the date like 22/11/2026 or 22 Nov 2026."),
        ("22 Foo 2026", "Enter the date like 22/11/2026 or 22 Nov 2026."),
        ("٢٢/١١/٢٠٢٦", "Enter the date like 22/11/2026 or 22 Nov 2026."),
        ("22/11/2026 x", "Enter the date like 22/11/2026 or 22 Nov 2026."),
        ("9" * 10_000, "Enter the date like 22/11/2026 or 22 Nov 2026."),
    ],
)
def test_a_wrong_date_is_explained(typed: str, sentence: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        read_date(typed)
    assert refusal.value.messages == [sentence]


def test_the_leap_day_exists() -> None:
    assert read_date("29 Feb 2024") == datetime.date(2024, 2, 29)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=30))
def test_no_text_at_all_breaks_the_reader(typed: str) -> None:
    with contextlib.suppress(ValidationError):
        assert read_date(typed).year >= 1000


@settings(max_examples=50, deadline=None)
@given(st.dates(min_value=datetime.date(1000, 1, 1)))
def test_what_the_clinic_prints_can_be_typed_back(day: datetime.date) -> None:
    assert read_date(short_date(day)) == read_date(long_date(day)) == read_date(day.isoformat()) == day


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("31/12/1899", "Enter a date from 1 Jan 1900 onwards."),
        ("23/11/2026", "Enter a date up to 22 Nov 2026."),
    ],
)
def test_limits_are_named(typed: str, sentence: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        ClinicDateField(latest=THE_DAY).clean(typed)
    assert refusal.value.messages == [sentence]


def test_both_limits_belong_to_the_allowed_days() -> None:
    field = ClinicDateField(earliest=THE_DAY, latest=THE_DAY)
    assert field.clean("22/11/2026") == THE_DAY


def test_a_saved_date_is_shown_as_it_would_be_typed() -> None:
    assert 'value="22/11/2026"' in str(DayForm(initial={"day": THE_DAY})["day"])


def test_how_days_and_times_are_written() -> None:
    moment = datetime.datetime(2026, 7, 1, 15, 4, tzinfo=datetime.UTC)
    assert short_date(THE_DAY) == "22 Nov 2026"
    assert long_date(THE_DAY) == "22 November 2026"
    assert month_title(THE_DAY) == "November 2026"
    assert short_time(moment) == "1 Jul 2026 16:04", "London is an hour ahead in summer"
