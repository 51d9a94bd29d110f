"""The numbers of the whole clinic's list are the rule book's numbers for each patient."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from apps.clinical.findings import Answer
from apps.clinical.overuse_headline import ALL_TOGETHER_LIMIT
from apps.clinical.overuse_warnings import Level
from apps.clinical.periods import Period, window_ending
from apps.diary.choices import State
from apps.diary.counts import DiaryCounts
from apps.diary.models import AcuteIntake, DiaryDay
from apps.diary.selectors import counts_for
from apps.diary.selectors.above import CLASSES, EVERYTHING, Order, Standing, standing_of, standings
from apps.diary.selectors.rollup import bits_by_patient, months_of, nothing_known, window_bits
from apps.medicines.models import Medicine
from apps.patients.models import Patient
from tests.factories.diary import make_acute_medicine
from tests.factories.patients import make_patient

pytestmark = pytest.mark.django_db

# Windows over two months, within one, over a turn of the year, and over three months around February.
DATES = [date(2026, 11, 22), date(2026, 10, 31), date(2026, 1, 5), date(2026, 3, 1), date(2024, 3, 1)]


def medicines() -> list[Medicine | None]:
    return [
        make_acute_medicine("rizatriptan"),
        make_acute_medicine("sumatriptan-naproxen", also_overuse_class="nsaid"),
        make_acute_medicine("paracetamol", overuse_class="paracetamol"),
        make_acute_medicine("aspirin", overuse_class="aspirin"),
        make_acute_medicine("codeine-mix", overuse_class="combination", contains_opioid=True),
        make_acute_medicine("butalbital-mix", overuse_class="combination", contains_butalbital=True),
        make_acute_medicine("tramadol", overuse_class="opioid"),
        make_acute_medicine("rimegepant", overuse_class="none", overuse_limit_days=None),
        None,
    ]


def write_diary(patient: Patient, period: Period, dice: random.Random) -> None:
    """A diary as they are: some days missing, some without a complete list, some with two medicines."""
    habit, gaps = dice.choice((0.05, 0.12, 0.25, 0.6)), dice.choice((0, 0, 0.1, 0.4))
    chosen = dice.sample(medicines(), 2)
    days = DiaryDay.objects.bulk_create(
        DiaryDay(patient=patient, day=day, state=dice.choice(State.values), intakes_known=dice.random() >= gaps / 2)
        for day in period
        if dice.random() >= gaps
    )
    AcuteIntake.objects.bulk_create(
        AcuteIntake(patient=patient, day=day, medicine=medicine)
        for day in days
        for medicine in chosen
        if dice.random() < habit
    )


@pytest.fixture
def clinic(db: None) -> Callable[[date], list[Patient]]:
    def make(on: date) -> list[Patient]:
        dice = random.Random(11)
        people = [make_patient() for _ in range(16)]
        for patient in people[:-1]:
            write_diary(
                patient, Period(on - timedelta(days=125), min(on + timedelta(days=20), date(2026, 11, 22))), dice
            )
        return people

    return make


@pytest.mark.parametrize("on", DATES, ids=str)
def test_every_count_is_the_patients_own(clinic: Callable[[date], list[Patient]], on: date) -> None:
    people, window = clinic(on), window_ending(on)
    known = bits_by_patient(Patient.objects.all(), window)
    for patient in people:
        bits, counts = known.get(patient.pk, nothing_known(window)), counts_for(patient, on)
        latest = counts.windows[0]
        assert bits.acute == latest.acute == counts.overuse.windows[0].all_together
        assert bits.completeness == latest.completeness
        for shown in latest.by_class:
            [subject] = [each for each in CLASSES if each.code == shown.code]
            assert bits.of_masks(subject.masks) == shown.count
            assert subject.limit == shown.limit


@pytest.mark.parametrize("on", DATES, ids=str)
def test_who_stands_where_is_what_the_rules_say(clinic: Callable[[date], list[Patient]], on: date) -> None:
    people, window = clinic(on), window_ending(on)
    known = bits_by_patient(Patient.objects.all(), window)
    by_rules = {patient.pk: _by_the_rules(counts_for(patient, on)) for patient in people}
    assert {patient.pk: standing_of(known.get(patient.pk, nothing_known(window))) for patient in people} == by_rules
    # Nobody's silence is counted as a risk here: who entered nothing stands in the list of quiet diaries.
    with_entry = {patient.pk for patient in people[:-1]}
    for standing in Standing:
        page = standings(Patient.objects.all(), on, show=standing)
        assert {row.patient.pk for row in page.rows} == {
            key for key, value in by_rules.items() if value == standing and key in with_entry
        }
        assert all(row.standing is standing for row in page.rows)
    assert len(set(by_rules.values())) >= 3, "a clinic in which everybody is alike shows nothing"


def _by_the_rules(counts: DiaryCounts) -> Standing | None:
    window = counts.overuse.windows[0]
    limits = [window.single(each.code) for each in CLASSES] + [counts.overuse.headline.answer]
    if Answer.MET in limits:
        return Standing.REACHED
    if any(each.answer is Answer.MET and each.level is not Level.NOTICE for each in counts.overuse.warnings):
        return Standing.NEAR
    return Standing.CANNOT_TELL if Answer.CANNOT_TELL in limits else None


@pytest.mark.parametrize("subject", CLASSES, ids=lambda subject: subject.code)
def test_one_class_alone(clinic: Callable[[date], list[Patient]], subject: Any) -> None:
    on = DATES[0]
    people = clinic(on)
    known = bits_by_patient(Patient.objects.all(), window_ending(on))
    expected = {
        patient.pk: standing
        for patient in people[:-1]
        if patient.pk in known and (standing := standing_of(known[patient.pk], [subject]))
    }
    page = standings(Patient.objects.all(), on, subject=subject)
    assert {row.patient.pk: row.standing for row in page.rows} == expected


def test_orders_and_pages(clinic: Callable[[date], list[Patient]]) -> None:
    on = DATES[0]
    clinic(on)

    def rows(order: Order) -> list[Any]:
        whole = standings(Patient.objects.all(), on, order=order)
        split = [standings(Patient.objects.all(), on, order=order, page=n, size=3) for n in range(1, 6)]
        assert [row.patient for page in split for row in page.rows] == [row.patient for row in whole.rows]
        assert [page.has_more for page in split][:2] == [True, True]
        assert not whole.has_more
        return list(whole.rows)

    by_days = [row.bits.acute.interval for row in rows(Order.MOST_DAYS)]
    assert by_days == sorted(by_days, key=lambda interval: (-interval.lower, -interval.upper))
    unknown = [len(row.bits.acute.open_days) for row in rows(Order.LEAST_KNOWN)]
    assert unknown == sorted(unknown, reverse=True)
    names = [row.patient.sort_name for row in rows(Order.NAME)]
    assert names == sorted(names)


def test_two_queries_for_any_clinic(
    clinic: Callable[[date], list[Patient]], django_assert_num_queries: Callable[[int], Any]
) -> None:
    clinic(DATES[0])
    with django_assert_num_queries(2):
        standings(Patient.objects.all(), DATES[0])


def test_only_the_patients_asked_for(clinic: Callable[[date], list[Patient]]) -> None:
    on = DATES[0]
    clinic(on)
    [first, *_] = standings(Patient.objects.all(), on).rows
    page = standings(Patient.objects.filter(pk=first.patient.pk), on)
    assert [row.patient for row in page.rows] == [first.patient]


def test_no_limit_is_below_the_one_of_all_together() -> None:
    """Otherwise a class could reach its limit in somebody who is not listed under all medicines."""
    assert min(each.limit for each in EVERYTHING if each.limit) == ALL_TOGETHER_LIMIT


def test_a_window_around_a_short_february_touches_three_months() -> None:
    assert months_of(window_ending(date(2026, 3, 1))) == [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]


def test_a_window_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="33 days"):
        window_bits(Patient.objects.all(), Period(date(2026, 1, 1), date(2026, 2, 2)))
