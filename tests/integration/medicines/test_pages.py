"""The two pages, for every role and for a stranger."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from apps.accounts.choices import Role
from apps.accounts.models import User
from apps.medicines.models import Medicine
from tests.factories.accounts import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("medicines_catalogue")]

LIST = "medicines:list"
# The session, the user, the medicines; the session's sliding expiry is saved in a transaction of three statements.
LIST_QUERIES = 6


DETAIL = "medicines:detail"


@pytest.fixture
def nurse(client: Client) -> Client:
    return signed_in(client, Role.NURSE)


def signed_in(client: Client, role: Role) -> Client:
    client.force_login(make_user(role=role))
    return client


@pytest.mark.parametrize("role", list(Role))
def test_every_role_reads_the_catalogue(client: Client, role: Role) -> None:
    signed_in(client, role)
    assert client.get(reverse(LIST)).status_code == 200
    assert client.get(reverse(DETAIL, args=["propranolol"])).status_code == 200


@pytest.mark.parametrize("address", [(LIST, []), (DETAIL, ["propranolol"])])
def test_a_stranger_is_sent_to_sign_in(client: Client, address: tuple[str, list[str]]) -> None:
    response = client.get(reverse(address[0], args=address[1]))
    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("account_login"))


def test_somebody_without_a_known_right_is_refused(nurse: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(User, "may", lambda self, permission: False)
    assert nurse.get(reverse(LIST)).status_code == 403


def test_the_list_asks_a_constant_number_of_queries(
    nurse: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Medicine.objects.exclude(code__in=["propranolol", "topiramate"]).update(active=False)
    with django_assert_num_queries(LIST_QUERIES):
        assert len(nurse.get(reverse(LIST)).context["lines"]) == 2
    everything = Medicine.objects.update(active=True)
    with django_assert_num_queries(LIST_QUERIES):
        assert len(nurse.get(reverse(LIST)).context["lines"]) == everything


def test_search_and_filters_narrow_the_list(nurse: Client) -> None:
    response = nurse.get(reverse(LIST), {"text": "sumatriptan", "use": "acute", "overuse_class": "nsaid"})
    assert [line.code for line in response.context["lines"]] == ["sumatriptan-naproxen"]
    assert nurse.get(reverse(LIST), {"ehf_2020_class": "7"}).context["lines"][0].code == "onabotulinumtoxina"


def test_an_empty_result_says_what_to_do(nurse: Client) -> None:
    assert "No medicine fits this search." in nurse.get(reverse(LIST), {"text": "qqq"}).content.decode()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"text": "a\x00b"}, "Remove the invisible character"),
        ({"text": "x" * 10_000}, "takes at most 80 characters, this has 10000"),
        ({"use": "daily"}, "Select one of the answers in the list."),
        ({"ehf_2020_class": "nine"}, "Select one of the answers in the list."),
    ],
)
def test_a_bad_filter_gets_an_instruction(nurse: Client, query: dict[str, str], sentence: str) -> None:
    response = nurse.get(reverse(LIST), query)
    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_what_was_typed_stays(nurse: Client) -> None:
    assert 'value="<b>x"' not in (page := nurse.get(reverse(LIST), {"text": "<b>x"}).content.decode())
    assert "&lt;b&gt;x" in page


def test_the_page_shows_source_and_certainty_as_words(nurse: Client) -> None:
    page = nurse.get(reverse(DETAIL, args=["nadolol"])).content.decode()
    assert "To be confirmed" in page
    assert "Lower end of the usual dose" in page
    assert "Eigenbrodt 2021" in page
    assert "To be confirmed" not in nurse.get(reverse(DETAIL, args=["propranolol"])).content.decode()


def test_a_withdrawn_medicine_stays_readable(nurse: Client) -> None:
    Medicine.objects.filter(code="nadolol").update(active=False)
    assert "Withdrawn from the catalogue" in nurse.get(reverse(DETAIL, args=["nadolol"])).content.decode()


def test_an_unknown_medicine_is_not_found(nurse: Client) -> None:
    assert nurse.get(reverse(DETAIL, args=["no-such"])).status_code == 404


@pytest.mark.parametrize("address", [(LIST, []), (DETAIL, ["propranolol"])])
def test_the_pages_only_read(nurse: Client, address: tuple[str, list[str]]) -> None:
    assert nurse.post(reverse(address[0], args=address[1])).status_code == 405
