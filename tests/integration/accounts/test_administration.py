"""The technical administration: superusers only, and the database refuses there as everywhere."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.choices import Role
from apps.accounts.models import User
from apps.patients.models import PrescriberDesignation
from apps.treatment.models import MedicationChange
from tests.factories.accounts import make_user
from tests.factories.treatment import make_medicine
from tests.fixtures.people import People

TABLES = [
    "accounts_user",
    "accounts_prescribercredential",
    "audit_accessentry",
    "patients_patient",
    "patients_prescriberdesignation",
    "patients_careteammembership",
    "treatment_medicationchange",
]


@pytest.fixture
def superuser(db: None) -> User:
    return make_user(role=Role.MANAGER, full_name="Root Admin", is_superuser=True, is_staff=True)


@pytest.fixture
def administering(superuser: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(superuser)


def _designation_form(row: PrescriberDesignation, **changed: Any) -> dict[str, Any]:
    begins, ends = row.period.lower, row.period.upper
    return {
        "patient": str(row.patient_id),
        "prescriber": str(row.prescriber_id),
        "kind": row.kind,
        "period_0": timezone.localtime(begins).isoformat(),
        "period_1": timezone.localtime(ends).isoformat() if ends else "",
        "reason": row.reason,
        **changed,
    }


def _told(answer: HttpResponse) -> str:
    return re.sub(r"&#x27;", "'", answer.content.decode())


@pytest.mark.parametrize("who", ["manager", "auditor", "treating", "colleague", "stranger"])
def test_nobody_without_the_flag_gets_in(people: People, client_of: Callable[[User], Client], who: str) -> None:
    client = client_of(getattr(people, who))
    assert client.get(reverse("admin:index")).status_code == 403
    for table in TABLES:
        assert client.get(reverse(f"admin:{table}_changelist")).status_code == 403
        assert client.post(reverse(f"admin:{table}_add")).status_code == 403


def test_staff_of_the_administration_alone_is_not_enough(db: None, client_of: Callable[[User], Client]) -> None:
    assert client_of(make_user(role=Role.MANAGER, is_staff=True)).get(reverse("admin:index")).status_code == 403


@pytest.mark.parametrize("name", ["admin:index", "admin:login"])
def test_sign_in_is_the_clinics_own(db: None, name: str) -> None:
    answer = Client().get(reverse(name), follow=True)
    assert answer.redirect_chain[-1][0].startswith("/account/login/?next=/admin/")


@pytest.mark.parametrize("table", TABLES)
def test_the_tables_open(people: People, administering: Client, table: str) -> None:
    assert administering.get(reverse(f"admin:{table}_changelist")).status_code == 200


def test_a_designation_is_not_rewritten(people: People, administering: Client) -> None:
    row = PrescriberDesignation.objects.get()
    url = reverse("admin:patients_prescriberdesignation_change", args=[row.pk])
    answer = administering.post(url, _designation_form(row, prescriber=str(people.stranger.pk)), follow=True)
    assert answer.status_code == 200
    assert "A designation can only be ended." in _told(answer)
    assert PrescriberDesignation.objects.get().prescriber == people.treating


def test_a_second_prescriber_is_refused(people: People, administering: Client) -> None:
    row = PrescriberDesignation.objects.get()
    url = reverse("admin:patients_prescriberdesignation_add")
    answer = administering.post(url, _designation_form(row, prescriber=str(people.stranger.pk)), follow=True)
    assert answer.status_code == 200
    assert "A patient has one designated prescriber" in _told(answer)
    assert PrescriberDesignation.objects.count() == 1


def test_somebody_without_a_credential_is_not_named(people: People, administering: Client) -> None:
    old = PrescriberDesignation.objects.get()
    end = timezone.now() + timedelta(minutes=1)
    old.period = (old.period.lower, end)
    old.save()
    old.refresh_from_db()
    form = _designation_form(old, prescriber=str(people.nurse.pk), period_0=end.isoformat(), period_1="")
    answer = administering.post(reverse("admin:patients_prescriberdesignation_add"), form, follow=True)
    assert "a prescriber credential valid on that day are needed" in _told(answer)
    assert PrescriberDesignation.objects.count() == 1


def test_the_ledger_takes_no_row_from_a_superuser_who_does_not_prescribe(people: People, administering: Client) -> None:
    form = {
        "patient": str(people.patient.pk),
        "kind": "start",
        "medicine": str(make_medicine().pk),
        "purpose": "preventive",
        "dose_amount": "16",
        "dose_unit": "mg",
        "frequency": "once daily",
        "indication": "1.3",
        "reason": "new_treatment",
        "effective_on": timezone.localdate().isoformat(),
    }
    add = administering.get(reverse("admin:treatment_medicationchange_add")).context["adminform"].form
    form |= {name: add.fields[name].choices[1][0] for name in ("purpose", "indication", "reason")}
    answer = administering.post(reverse("admin:treatment_medicationchange_add"), form, follow=True)
    assert "Only Dr Amara Okafor changes this patient's medicines" in _told(answer)
    assert not MedicationChange.objects.exists()


def test_a_prescriber_of_somebody_is_not_deactivated(people: People, administering: Client) -> None:
    user = people.treating
    url = reverse("admin:accounts_user_change", args=[user.pk])
    form = {"full_name": user.full_name, "email": user.email, "role": user.role}
    answer = administering.post(url, form, follow=True)
    assert "still prescribes for 1 patient(s)" in _told(answer)
    assert User.objects.get(pk=user.pk).is_active


def test_an_account_closed_here_is_closed_as_on_the_managers_page(people: People, administering: Client) -> None:
    user = people.nurse
    form = {"full_name": user.full_name, "email": user.email, "role": user.role}
    administering.post(reverse("admin:accounts_user_change", args=[user.pk]), form)
    closed = User.objects.get(pk=user.pk)
    assert (closed.is_active, closed.has_usable_password(), closed.version) == (False, False, 2)
    assert closed.deactivated_at is not None
    assert closed.events.latest("pgh_id").pgh_context.metadata["who"] == "Root Admin"


@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_deleted_here(people: People, administering: Client, table: str) -> None:
    row = {"accounts_user": people.nurse.pk, "patients_patient": people.patient.pk}.get(table)
    if row:
        assert administering.post(reverse(f"admin:{table}_delete", args=[row]), {"post": "yes"}).status_code == 403
    page = administering.get(reverse(f"admin:{table}_changelist")).content.decode()
    assert "delete_selected" not in page
