"""What the database refuses about permissions and wordings, also when nobody asks the services."""

from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from apps.accounts.models import User
from apps.patients.models import Patient
from apps.screening.models import InstrumentLicence, InstrumentWording
from tests.factories.screening import make_licence, make_wording
from tests.integration.screening.test_database_rules import insert, refused

pytestmark = pytest.mark.django_db


def another(manager: User, **changed: Any) -> InstrumentLicence:
    given: dict[str, Any] = {"instrument": "midas", "language": "en", "reference": "Letter 14", **changed}
    return InstrumentLicence.objects.create(confirmed_by=manager, confirmed_on=timezone.localdate(), **given)


@pytest.mark.parametrize("reference", ["", " \n"], ids=["empty", "blank"])
def test_a_permission_has_a_reference(manager: User, reference: str) -> None:
    with refused("screening_licence_has_a_reference"):
        another(manager, reference=reference)


def test_one_permission_is_live_for_each_language(manager: User) -> None:
    first = make_licence(manager)
    another(manager, language="de")
    with refused("screening_one_live_licence"):
        another(manager)
    rows = InstrumentLicence.objects.filter(pk=first.pk)
    whole: dict[str, Any] = {"withdrawn_at": timezone.now(), "withdrawn_by": manager, "withdrawn_reason": "ended"}
    for left_out in ({"withdrawn_at": None}, {"withdrawn_by": None}, {"withdrawn_reason": " "}):
        with refused("screening_licence_withdrawn_whole"):
            rows.update(**{**whole, **left_out})
    rows.update(**whole)
    another(manager)
    with refused("screening_licence_stays"):
        rows.update(withdrawn_at=None, withdrawn_by=None, withdrawn_reason="")


def test_a_permission_stays_as_it_was_confirmed(manager: User) -> None:
    rows = InstrumentLicence.objects.filter(pk=make_licence(manager).pk)
    for change in ({"reference": "Another"}, {"language": "de"}, {"instrument": "hit6"}):
        with refused("screening_licence_stays"):
            rows.update(**change)
    with refused("screening_licence_is_never_deleted"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM screening_instrumentlicence")


def test_a_wording_stays_and_is_text(manager: User) -> None:
    licence = make_licence(manager)
    rows = InstrumentWording.objects.filter(pk=make_wording(licence).pk)
    for change in ({"items": {"count1": "Other"}}, {"number": 2}):
        with refused("screening_wording_stays"):
            rows.update(**change)
    with refused("screening_wording_stays"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM screening_instrumentwording")
    for items in ([], 5, {"count1": 3}, {"count1": " "}):
        with refused("screening_wording_is_text"):
            InstrumentWording.objects.create(licence=licence, number=2, items=items)
    for number, text in ((2, {}), (0, {"count1": "Text"})):
        with refused("screening_wording_has_text"):
            InstrumentWording.objects.create(licence=licence, number=number, items=text)
    with refused("screening_wording_numbered_once"):
        InstrumentWording.objects.create(licence=licence, number=1, items={"count1": "Text"})


def test_wording_needs_a_permission_in_force(manager: User) -> None:
    licence = make_licence(manager)
    InstrumentLicence.objects.filter(pk=licence.pk).update(
        withdrawn_at=timezone.now(), withdrawn_by=manager, withdrawn_reason="ended"
    )
    with refused("screening_wording_only_with_permission"):
        InstrumentWording.objects.create(licence=licence, number=1, items={"count1": "Text"})


@pytest.mark.parametrize("change", [{"instrument": "hit6"}, {"language": "de"}], ids=["instrument", "language"])
def test_the_wording_shown_fits_the_sheet(patient: Patient, manager: User, change: dict[str, Any]) -> None:
    wording = make_wording(make_licence(manager))
    fits: dict[str, Any] = {"instrument": "midas", "answers": {"count1": 1}, "wording_id": wording.pk}
    with refused("screening_wording_fits_the_sheet"):
        insert(patient, **{**fits, **change})
    insert(patient, **fits)
