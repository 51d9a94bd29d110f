"""Handover against medication changes in the same second, with real threads and real connections."""

import datetime
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from apps.accounts.choices import Role
from apps.accounts.models import User
from apps.patients.models import Patient, PrescriberDesignation
from apps.patients.services.prescribers import name_designated_prescriber
from apps.treatment.models import MedicationChange
from tests.factories.accounts import make_prescriber, make_user
from tests.factories.treatment import ledger_row, make_medicine

ATTEMPTS = 2400  # medication changes tried, all writers together
WRITERS_EACH = 2


@contextmanager
def own_connection() -> Iterator[None]:
    try:
        yield
    finally:
        connection.close()


class Race:
    """Two prescribers write as fast as they can while the patient is handed to and fro between them."""

    def __init__(self, patient: Patient, first: User, second: User, manager: User) -> None:
        self.patient, self.prescribers, self.manager = patient, (first, second), manager
        self.medicine = make_medicine()
        self.outcomes: Counter[str] = Counter()
        self.problems: list[Exception] = []
        self._counting = threading.Lock()
        self._start = threading.Barrier(2 * WRITERS_EACH + 1)
        self._writing = threading.Event()

    def run(self) -> None:
        self._writing.set()
        writers = [self._thread(self._write, author) for author in self.prescribers for _ in range(WRITERS_EACH)]
        handover = self._thread(self._hand_over)
        for thread in [*writers, handover]:
            thread.start()
        for thread in writers:
            thread.join()
        self._writing.clear()
        handover.join()
        if self.problems:
            raise self.problems[0]

    def _thread(self, work: Callable[..., None], *given: User) -> threading.Thread:
        def guarded() -> None:
            with own_connection():
                try:
                    self._start.wait(timeout=30)
                    work(*given)
                except Exception as problem:  # noqa: BLE001 - reported by the main thread, whatever it is
                    self.problems.append(problem)

        return threading.Thread(target=guarded)

    def _write(self, author: User) -> None:
        for _ in range(ATTEMPTS // (2 * WRITERS_EACH)):
            try:
                with transaction.atomic():
                    ledger_row(self.patient, author, medicine=self.medicine).save()
            except IntegrityError as refusal:
                self._count(str(refusal.__cause__.diag.constraint_name))  # type: ignore[union-attr]
            else:
                self._count("written")

    def _hand_over(self) -> None:
        turn = 1
        while self._writing.is_set():
            name_designated_prescriber(
                patient=self.patient, prescriber=self.prescribers[turn % 2], reason="to and fro", by=self.manager
            )
            self._count("handovers")
            turn += 1

    def _count(self, what: str) -> None:
        with self._counting:
            self.outcomes[what] += 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_no_row_by_the_wrong_author() -> None:
    first, second = make_prescriber(full_name="Dr One"), make_prescriber(full_name="Dr Two")
    manager = make_user(role=Role.MANAGER)
    patient = Patient.objects.create(given_name="A", family_name="B", date_of_birth=datetime.date(1990, 1, 1))
    PrescriberDesignation.objects.create(
        patient=patient, prescriber=first, period=(timezone.now(), None), reason="first"
    )
    race = Race(patient, first, second, manager)
    race.run()

    refused = race.outcomes["treatment_ledger_by_the_prescriber"]
    assert race.outcomes["written"] + refused == ATTEMPTS
    assert race.outcomes["written"] == MedicationChange.objects.count()
    # A race in which nobody met anybody would prove nothing.
    assert min(race.outcomes["written"], refused, race.outcomes["handovers"]) > 50
    assert wrong_authors() == []


def wrong_authors() -> list[object]:
    """Ledger rows whose author was not the effective prescriber at the instant they were written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM treatment_medicationchange"
            " WHERE effective_prescriber(patient_id, recorded_at) IS DISTINCT FROM author_id"
        )
        return cursor.fetchall()


@pytest.mark.django_db(transaction=True)
def test_a_stricter_isolation_fails_instead_of_deciding_on_old_facts() -> None:
    """In REPEATABLE READ a transaction that began before a handover must not write for the old prescriber."""
    first, second = make_prescriber(), make_prescriber()
    manager = make_user(role=Role.MANAGER)
    patient = Patient.objects.create(given_name="A", family_name="B", date_of_birth=datetime.date(1990, 1, 1))
    PrescriberDesignation.objects.create(
        patient=patient, prescriber=first, period=(timezone.now(), None), reason="first"
    )
    medicine = make_medicine()

    def hand_over() -> None:
        with own_connection():
            name_designated_prescriber(patient=patient, prescriber=second, reason="moves", by=manager)

    with pytest.raises(Exception, match="could not serialize"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT count(*) FROM patients_prescriberdesignation")
        elsewhere = threading.Thread(target=hand_over)
        elsewhere.start()
        elsewhere.join()
        ledger_row(patient, first, medicine=medicine).save()
    assert not MedicationChange.objects.exists()
