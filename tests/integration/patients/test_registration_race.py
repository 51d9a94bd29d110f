"""Two desks register the same person in the same second: one record, and one question."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from apps.core.writing import Refused
from apps.patients.models import Patient
from apps.patients.services.registration import PossibleDuplicates, register_patient
from tests.factories.patients import TESTS

ROUNDS = 20


@pytest.mark.django_db(transaction=True)
def test_the_second_desk_is_asked() -> None:
    def desk(number: int, together: Barrier) -> type[Refused] | None:
        try:
            together.wait(timeout=10)
            register_patient(
                by=TESTS,
                details={
                    "given_name": "Anna",
                    "family_name": "Berg",
                    "date_of_birth": date(1950 + number, 3, 12 + number % 2),
                },
            )
        except PossibleDuplicates:
            return PossibleDuplicates
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(max_workers=2) as desks:
        for number in range(0, ROUNDS * 2, 2):
            Patient.objects.all().delete()
            together = Barrier(2)
            answers = [desks.submit(desk, number, together) for _ in range(2)]
            assert sorted(str(answer.result()) for answer in answers) == sorted(["None", str(PossibleDuplicates)])
            assert Patient.objects.filter(family_name="Berg").count() == 1
