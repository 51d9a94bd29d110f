"""Permission, the clinic's own wording, what sheets show of it, and its end."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.core.writing import Refused
from apps.patients.models import Patient
from apps.screening.models import Administration, InstrumentLicence, InstrumentWording
from apps.screening.services.licences import confirm_licence, enter_wording, withdraw_licence
from tests.factories.screening import make_licence, make_wording
from tests.fixtures.people import People
from tests.integration.screening.test_answering import ask, page_of, sent

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
TEXT = "Made-up question one"
COUNTS = {f"count{place}": "2" for place in range(1, 6)} | {"a": "12"}


def send(client: Client, address: str, typed: dict[str, Any]) -> HttpResponse:
    """Fill in a form as the page offers it, hidden fields too, and send it."""
    form = client.get(address).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    return client.post(address, {name: value for name, value in shown.items() if value is not None} | typed)


def licence_page(name: str, *more: Any) -> str:
    return reverse(f"screening:{name}", args=["midas", *more])


def test_from_permission_to_wording_to_numbers_only_again(client_of: SignIn, people: People, patient: Patient) -> None:
    manager, desk = client_of(people.manager), client_of(people.treating)
    assert "No permission" in page_of(manager.get(reverse("screening:licences")))
    about = {"language": "en", "reference": "Letter 12/3, folder 4", "confirmed_on": "2026-01-05"}
    response = send(manager, licence_page("confirm_licence"), about)
    assert set(response.context["form"].errors) == {"seen"}
    response = send(manager, licence_page("confirm_licence"), {**about, "seen": "on"})
    licence = InstrumentLicence.objects.get()
    assert (licence.confirmed_by, licence.reference) == (people.manager, "Letter 12/3, folder 4")
    assert response.url == licence_page("wording", licence.pk)  # type: ignore[attr-defined]
    assert "Numbers only" in page_of(desk.get(ask(patient, "midas"))), "permission alone shows nothing"

    send(manager, licence_page("wording", licence.pk), {"item_count1": TEXT, "stem": "Text above"})
    page = page_of(desk.get(ask(patient, "midas")))
    for words in (f"Question 1. {TEXT}", "Text above", "own copy, version 1", "Letter 12/3"):
        assert words in page
    assert "Numbers only" not in page
    shown = str(desk.get(ask(patient, "midas")).context["form"]["wording"].value())
    assert sent(desk, ask(patient, "midas"), COUNTS, wording=shown).status_code == 302
    sheet = Administration.objects.get()
    assert (sheet.wording, sheet.language, sheet.total) == (InstrumentWording.objects.get(), "en", 10)
    address = reverse("screening:sheet", args=[patient.pk, sheet.pk])
    assert f"Question 1. {TEXT}" in page_of(desk.get(address))

    assert send(manager, licence_page("withdraw_licence", licence.pk), {"reason": " "}).status_code == 422
    send(manager, licence_page("withdraw_licence", licence.pk), {"reason": "Contract ended"})
    page = page_of(desk.get(address))
    assert TEXT not in page
    assert "own copy, version 1" in page, "that it was shown stays known"
    assert "Numbers only" in page_of(desk.get(ask(patient, "midas")))
    assert "Contract ended" in page_of(manager.get(licence_page("licence")))
    assert manager.get(licence_page("wording", licence.pk)).status_code == 404


def test_a_sheet_says_which_version_was_shown(client_of: SignIn, people: People, patient: Patient) -> None:
    licence = make_licence(people.manager)
    first = make_wording(licence)
    second = make_wording(licence, after=1, count1="Second text")
    desk = client_of(people.treating)
    assert desk.get(ask(patient, "midas")).context["form"].wording == second
    assert sent(desk, ask(patient, "midas"), COUNTS, wording=str(first.pk)).status_code == 302
    assert Administration.objects.get().wording == first


def test_the_language_is_chosen_and_the_patients_own_comes_first(
    client_of: SignIn, people: People, patient: Patient
) -> None:
    for language, text in (("en", "English text"), ("de", "Deutscher Text")):
        make_wording(make_licence(people.manager, language=language), count1=text)
    desk = client_of(people.treating)
    assert "English text" in page_of(desk.get(ask(patient, "midas")))
    Patient.objects.filter(pk=patient.pk).update(language="de")
    page = page_of(desk.get(ask(patient, "midas")))
    assert "Deutscher Text" in page
    assert "Show the questions in English" in page
    assert "English text" in page_of(desk.get(ask(patient, "midas"), {"language": "en"}))
    assert "Deutscher Text" in page_of(desk.get(ask(patient, "midas"), {"language": "xx"}))


@pytest.mark.parametrize(
    "wrong", ["x", "00000000-0000-4000-8000-000000000009", "a\x00"], ids=["no id", "nobody's", "nul"]
)
def test_a_wording_that_does_not_exist_was_not_shown(
    client_of: SignIn, people: People, patient: Patient, wrong: str
) -> None:
    desk = client_of(people.treating)
    assert sent(desk, ask(patient, "midas"), COUNTS, wording=wrong).status_code == 302
    assert Administration.objects.get().wording is None


def test_a_wording_of_another_instrument_was_not_shown(client_of: SignIn, people: People, patient: Patient) -> None:
    other = make_wording(make_licence(people.manager, "hit6"), item1="Made-up")
    desk = client_of(people.treating)
    assert sent(desk, ask(patient, "midas"), COUNTS, wording=str(other.pk)).status_code == 302
    assert Administration.objects.get().wording is None


def test_the_services_refuse(people: People) -> None:
    today = timezone.localdate()
    given: dict[str, Any] = {"language": "en", "reference": "Letter", "confirmed_on": today, "today": today}
    with pytest.raises(PermissionDenied):
        confirm_licence(code="midas", by=people.treating, **given)
    with pytest.raises(Refused, match="shown without a permission"):
        confirm_licence(code="phq9", by=people.manager, **given)
    with pytest.raises(Refused, match="No instrument is called"):
        confirm_licence(code="nothing", by=people.manager, **given)
    licence = make_licence(people.manager)
    with pytest.raises(Refused, match="recorded already"):
        confirm_licence(code="midas", by=people.manager, **given)
    make_wording(licence)
    text: dict[str, Any] = {"licence": licence, "stem": "", "by": people.manager}
    with pytest.raises(Refused, match="Somebody saved another version meanwhile"):
        enter_wording(items={"count1": "Text"}, after=0, **text)
    with pytest.raises(Refused, match="no such question"):
        enter_wording(items={"count9": "Text"}, after=1, **text)
    with pytest.raises(Refused, match="at least one question"):
        enter_wording(items={"count1": " "}, after=1, **text)
    with pytest.raises(PermissionDenied):
        withdraw_licence(licence=licence, reason="x", by=people.treating)
    withdraw_licence(licence=licence, reason="ended", by=people.manager)
    with pytest.raises(Refused, match="withdrawn already"):
        withdraw_licence(licence=licence, reason="ended", by=people.manager)
    with pytest.raises(Refused, match="only while the clinic holds"):
        enter_wording(items={"count1": "Text"}, after=1, **text)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"reference": ""}, "reference"),
        ({"reference": "x" * 300}, "reference"),
        ({"reference": "a\x07"}, "reference"),
        ({"language": "xx"}, "language"),
        ({"confirmed_on": "2999-01-01"}, "confirmed_on"),
        ({"confirmed_on": "soon"}, "confirmed_on"),
    ],
    ids=["empty", "long", "bell", "language", "to come", "no date"],
)
def test_bad_input_is_kept_and_refused(client_of: SignIn, people: People, typed: dict[str, str], field: str) -> None:
    whole = {"language": "en", "reference": "Letter", "confirmed_on": "2026-01-05", "seen": "on"}
    response = send(client_of(people.manager), licence_page("confirm_licence"), whole | typed)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    assert response.context["form"][field].value() == typed[field]
    assert not InstrumentLicence.objects.exists()


@pytest.mark.parametrize("code", ["phq9", "nothing"])
def test_free_wording_has_no_licence_page(client_of: SignIn, people: People, code: str) -> None:
    assert client_of(people.manager).get(reverse("screening:licence", args=[code])).status_code == 404


def test_the_list_costs_the_same_however_many(
    client_of: SignIn, people: People, django_assert_max_num_queries: Any
) -> None:
    for code in ("midas", "hit6", "isi"):
        key = "count1" if code == "midas" else "item1"
        make_wording(make_licence(people.manager, code), **{key: "Made-up"})
    client = client_of(people.manager)
    with django_assert_max_num_queries(8):
        page = page_of(client.get(reverse("screening:licences")))
    assert page.count("Wording shown") == 3
