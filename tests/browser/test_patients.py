"""Patients in a real browser: find as one types, register with the duplicate check, by keyboard and without script."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from apps.patients.models import Patient
from tests.factories.patients import make_allergy, make_identifier, make_member, make_patient, make_referral
from tests.fixtures.people import People

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PageMaker = Callable[..., Page]
Check = Callable[[Page], None]


@pytest.fixture
def chart(people: People) -> Patient:
    """A patient about whom there is something on every page."""
    patient = people.patient
    Patient.objects.filter(pk=patient.pk).update(preferred_name="Inga", language="es", email="inga@post.example")
    make_allergy(patient, "Sulfonamides", reaction="rash", severity="serious")
    make_identifier(patient, "gb.nhs", "9434765919")
    make_referral(patient, urgency="urgent", received_on=timezone.localdate() - timedelta(days=12))
    make_member(patient, people.psychologist, task="pain psychology")
    return patient


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_every_page_is_accessible(
    width: int, dark: bool, chart: Patient, people: People, new_page: PageMaker, assert_accessible: Check
) -> None:
    page = new_page((width, 900), dark=dark, user=people.treating)
    referral = chart.referrals.get()
    key = {"patient_id": chart.pk}
    for address in (
        reverse("patients:list"),
        f"{reverse('patients:list')}?q=nobody",
        reverse("patients:referrals"),
        reverse("patients:register_with_referral"),
        reverse("patients:registered", kwargs=key),
        reverse("patients:detail", kwargs=key),
        reverse("patients:edit", kwargs=key),
        reverse("patients:allergies", kwargs=key),
        reverse("patients:add_allergy", kwargs=key),
        reverse("patients:team", kwargs=key),
        reverse("patients:add_member", kwargs=key),
        reverse("patients:referral", kwargs={**key, "referral_id": referral.pk}),
    ):
        page.goto(address)
        assert_accessible(page)


def test_find_as_one_types(chart: Patient, people: People, new_page: PageMaker, assert_accessible: Check) -> None:
    make_patient(given_name="Ola", family_name="Nordmann")
    page = new_page(user=people.manager)
    page.goto(reverse("patients:list"))
    page.keyboard.press("/")
    page.keyboard.type("hal inga")
    found = page.locator("#find-results")
    expect(found.get_by_role("link")).to_have_count(1)
    expect(found).to_contain_text("Halvorsen, Ingrid")
    assert_accessible(page)
    page.locator("#list-search").fill("nord")
    rows = page.locator("#patient-rows")
    expect(rows).not_to_contain_text("Halvorsen")
    expect(rows).to_contain_text("Nordmann, Ola")


def test_register_by_keyboard_with_a_look_at_duplicates(
    chart: Patient, people: People, new_page: PageMaker, assert_accessible: Check
) -> None:
    page = new_page(user=people.colleague)
    page.goto(reverse("patients:register"))
    page.locator("#id_given_name").focus()
    for text in ("Ingried", "Halvorsen", "29 feb 1984"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#id_given_name").focus()
    page.keyboard.press("Enter")
    summary = page.locator("[data-error-summary]")
    expect(summary).to_contain_text("registered already")
    assert page.title().startswith("Error: ")
    expect(page.get_by_role("link", name="Ingrid Halvorsen")).to_be_visible()
    assert_accessible(page)
    summary.get_by_role("link").click()
    expect(page.locator("#id_somebody_else_reason")).to_be_focused()
    page.keyboard.type("Cousin, another address")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ingried Halvorsen is registered")
    assert Patient.objects.filter(family_name="Halvorsen", date_of_birth=date(1984, 2, 29)).count() == 2


def test_without_script(chart: Patient, people: People, page_without_javascript: Page, signed_in: Any) -> None:
    page = signed_in(page_without_javascript, people.manager)
    page.goto(reverse("patients:list"))
    page.locator("#list-search").fill("halv")
    page.get_by_role("button", name="Find").click()
    page.locator("#patient-rows").get_by_role("link", name="Halvorsen").first.click()
    page.goto(reverse("patients:referral", kwargs={"patient_id": chart.pk, "referral_id": chart.referrals.get().pk}))
    page.get_by_label("Wait for information").check()
    page.get_by_label("What is missing, or why?").fill("MRI report")
    page.get_by_role("button", name="Save the answer").click()
    expect(page.get_by_role("status")).to_contain_text("waiting for information")
