"""What the database refuses about sets on the tablet, also when nobody asks the services."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from apps.patients.models import Patient
from apps.screening.models import Administration, TabletSet
from tests.factories.patients import make_patient
from tests.factories.screening import sheet_row
from tests.factories.tablet import set_row
from tests.integration.screening.test_database_rules import refused

pytestmark = pytest.mark.django_db

HASH, OTHER_HASH = "b" * 64, "c" * 64
WAITS: dict[str, Any] = {"state": "waiting", "opened_at": None, "last_seen_at": None, "device_sha256": None}


def waiting(**changed: Any) -> dict[str, Any]:
    """A set that waits for a code."""
    return {**WAITS, "code_sha256": HASH, "code_ends_at": timezone.now() + timedelta(minutes=5), **changed}


@pytest.mark.parametrize(
    ("rule", "changed"),
    [
        ("screening_tablet_only_hashed", {"device_sha256": "123456"}),
        ("screening_tablet_only_hashed", waiting(code_sha256="123456")),
        ("screening_tablet_state_known", {"helper": "dog"}),
        ("screening_tablet_has_questionnaires", {"instruments": []}),
        ("screening_tablet_opened_whole", {"device_sha256": None}),
        ("screening_tablet_opened_whole", {"opened_at": None}),
        ("screening_tablet_opened_whole", waiting(code_sha256="")),
        ("screening_tablet_opened_whole", waiting(device_sha256=OTHER_HASH)),
        ("screening_tablet_ended_whole", {"ended_at": timezone.now()}),
        ("screening_tablet_ended_whole", {"state": "finished"}),
        ("screening_tablet_ends_later", {"ends_at": timezone.now() - timedelta(days=1)}),
    ],
    ids=[
        "secret in clear",
        "code in clear",
        "helper",
        "nothing to ask",
        "open on no tablet",
        "never opened",
        "waits without code",
        "waits on a tablet",
        "running and ended",
        "ended never",
        "ends before",
    ],
)
def test_a_set_is_whole(patient: Patient, rule: str, changed: dict[str, Any]) -> None:
    with refused(rule):
        set_row(patient, **changed).save()


def test_one_set_runs_for_a_patient_and_secrets_are_nobody_elses(patient: Patient) -> None:
    set_row(patient).save()
    with refused("screening_tablet_one_running"):
        set_row(patient, **waiting()).save()
    with refused("screening_tablet_secret_once"):
        set_row(make_patient()).save()
    set_row(make_patient(), **waiting()).save()
    with refused("screening_tablet_code_once"):
        set_row(make_patient(), **waiting()).save()


def test_what_is_over_stays_and_a_set_keeps_its_tablet(patient: Patient) -> None:
    set_row(patient).save()
    rows = TabletSet.objects.all()
    for change in ({"instruments": ["phq9"]}, {"device_sha256": OTHER_HASH}, {"patient": make_patient()}):
        with refused("screening_tablet_keeps_its_tablet"):
            rows.update(**change)
    with refused("screening_tablet_never_deleted"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM screening_tabletset")
    rows.update(state="finished", ended_at=timezone.now())
    with refused("screening_tablet_ended_stays_ended"):
        rows.update(state="open", ended_at=None)


def test_answers_from_the_tablet_belong_to_its_patient_and_its_questionnaires(patient: Patient) -> None:
    row = set_row(patient)
    row.save()
    fits: dict[str, Any] = {"instrument": "phq4", "answers": {"item1": 1}, "total": None, "band": "", "positive": None}
    fits |= {"state": "partial", "missing": 3, "mode": "tablet", "tablet": row}
    for change in ({"instrument": "phq9"}, {"patient": make_patient()}):
        with refused("screening_sheet_fits_the_tablet"):
            sheet_row(**{"patient": patient, **fits, **change}).save()
    for change in ({"mode": "clinician"}, {"tablet": None}, {"helper": "dog"}):
        with refused("screening_sheet_tablet_whole"):
            sheet_row(patient, **{**fits, **change}).save()
    sheet_row(patient, **fits).save()
    assert Administration.objects.get().tablet == row
