"""Acute months under people who write at the same moment, with real threads and real connections."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import connection, transaction

from apps.diary.choices import State
from apps.diary.models import AcuteIntake, DiaryDay
from apps.medicines.models import Medicine
from apps.patients.models import Patient
from tests.factories.diary import make_acute_medicine
from tests.integration.diary.acute_months import assert_counted

WRITERS = 4
ROUNDS = 7


@contextmanager
def own_connection() -> Iterator[None]:
    try:
        yield
    finally:
        connection.close()


def at_once(*works: Callable[[], None]) -> None:
    """Run all of them in threads that begin together; the first problem is the test's."""
    start = threading.Barrier(len(works))
    problems: list[Exception] = []

    def guarded(work: Callable[[], None]) -> None:
        with own_connection():
            try:
                start.wait(timeout=30)
                work()
            except Exception as problem:  # noqa: BLE001 - reported by the main thread, whatever it is
                problems.append(problem)

    threads = [threading.Thread(target=guarded, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]


def make_person(name: str) -> Patient:
    return Patient.objects.create(given_name="A", family_name=name, date_of_birth=date(1990, 1, 1))


def make_month(patient: Patient) -> list[DiaryDay]:
    return DiaryDay.objects.bulk_create(
        DiaryDay(patient=patient, day=date(2026, 10, n), state=State.HEADACHE, intakes_known=True)
        for n in range(1, 1 + WRITERS * ROUNDS)
    )


@pytest.mark.django_db(transaction=True)
def test_no_bit_is_lost_when_many_write_into_one_month() -> None:
    days = make_month(make_person("One"))
    medicine = make_acute_medicine("rizatriptan")

    def writer(number: int) -> Callable[[], None]:
        def write() -> None:
            for day in days[number::WRITERS]:
                AcuteIntake.objects.create(patient_id=day.patient_id, day=day, medicine=medicine)
                if day.day.day % 3 == 0:
                    AcuteIntake.objects.filter(day=day).delete()
                if day.day.day % 5 == 0:
                    DiaryDay.objects.filter(pk=day.pk).update(intakes_known=False)

        return write

    at_once(*(writer(number) for number in range(WRITERS)))
    assert AcuteIntake.objects.count() > WRITERS
    assert_counted()


@pytest.mark.django_db(transaction=True)
def test_the_second_writer_counts_what_the_first_one_wrote() -> None:
    """The same, step by step: the second one begins before the first one has committed."""
    [first, second, *_] = make_month(make_person("One"))

    def write() -> None:
        with own_connection():
            AcuteIntake.objects.create(patient_id=second.patient_id, day=second)

    elsewhere = threading.Thread(target=write)
    with transaction.atomic():
        AcuteIntake.objects.create(patient_id=first.patient_id, day=first)
        elsewhere.start()
        elsewhere.join(timeout=0.5)
        assert elsewhere.is_alive(), "the second one did not wait"
    elsewhere.join()
    assert_counted()


@pytest.mark.django_db(transaction=True)
def test_files_of_the_same_people_in_opposite_order_do_not_block_each_other() -> None:
    """Nothing exists yet: each statement makes the months of both people."""
    people = [make_person("One"), make_person("Two"), make_person("Three")]

    def writer(order: list[Patient], first: int) -> Callable[[], None]:
        def write() -> None:
            for n in range(ROUNDS):
                DiaryDay.objects.bulk_create(
                    DiaryDay(patient=who, day=date(2026, 1 + n, first), state=State.NONE, intakes_known=True)
                    for who in order
                )

        return write

    at_once(writer(people, 3), writer(people[::-1], 9), writer([people[1], people[0], people[2]], 20))
    assert DiaryDay.objects.count() == 3 * 3 * ROUNDS
    assert_counted()


@pytest.mark.django_db(transaction=True)
def test_a_change_of_class_and_new_intakes_at_the_same_moment() -> None:
    days = make_month(make_person("One"))
    medicine = make_acute_medicine("rizatriptan")

    def take() -> None:
        for day in days:
            with transaction.atomic():
                AcuteIntake.objects.create(patient_id=day.patient_id, day=day, medicine=medicine)

    def change() -> None:
        for n in range(WRITERS * ROUNDS):
            group, limit = (("nsaid", 15), ("triptan", 10))[n % 2]
            Medicine.objects.filter(pk=medicine.pk).update(overuse_class=group, overuse_limit_days=limit)

    at_once(take, change)
    assert_counted()


@pytest.mark.django_db(transaction=True)
def test_an_intake_that_is_not_yet_committed_is_waited_for() -> None:
    """The same, step by step: the change of class has to see the intake that was begun before it."""
    [day, *_] = make_month(make_person("One"))
    medicine = make_acute_medicine("rizatriptan")

    def change() -> None:
        with own_connection():
            Medicine.objects.filter(pk=medicine.pk).update(overuse_class="nsaid", overuse_limit_days=15)

    elsewhere = threading.Thread(target=change)
    with transaction.atomic():
        AcuteIntake.objects.create(patient_id=day.patient_id, day=day, medicine=medicine)
        elsewhere.start()
        elsewhere.join(timeout=0.5)
        assert elsewhere.is_alive(), "the change of class did not wait"
    elsewhere.join()
    assert_counted()


@pytest.mark.django_db(transaction=True)
def test_a_stricter_isolation_fails_instead_of_counting_what_it_saw_long_ago() -> None:
    [first, second, *_] = make_month(make_person("One"))

    def elsewhere() -> None:
        with own_connection():
            AcuteIntake.objects.create(patient_id=first.patient_id, day=first)

    with pytest.raises(Exception, match="could not serialize"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT count(*) FROM diary_acuteintake")
        thread = threading.Thread(target=elsewhere)
        thread.start()
        thread.join()
        AcuteIntake.objects.create(patient_id=second.patient_id, day=second)
    assert_counted()
