"""Signing in: who gets in, what a wrong try is told, and when a session ends."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.services import staff
from tests.factories.accounts import PASSWORD, make_user
from tests.fixtures.people import People

SIGN_IN = "/account/login/"
A_PAGE = "/account/password/change/"


@pytest.fixture(autouse=True)
def _no_attempts_yet(db: None) -> None:
    cache.clear()


def _sign_in(client: Client, email: str, password: str = PASSWORD) -> HttpResponse:
    return client.post(SIGN_IN, {"login": email, "password": password})


def _is_signed_in(client: Client) -> bool:
    return client.get(A_PAGE).status_code == 200


def _without_tokens(answer: HttpResponse) -> str:
    return re.sub(r"[A-Za-z0-9]{64}", "token", answer.content.decode())


def _said(answer: HttpResponse) -> list[str]:
    return [sentence for sentences in answer.context["form"].errors.values() for sentence in sentences]


def test_active_staff_sign_in_with_the_address_in_any_letters() -> None:
    user = make_user(email="ada@clinic.example")
    client = Client()
    assert not _is_signed_in(client)
    assert _sign_in(client, "ADA@clinic.example").status_code == 302
    assert _is_signed_in(client)
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer() -> None:
    user = make_user()
    wrong, unknown = Client(), Client()
    answers = [_said(_sign_in(wrong, user.email, "not-the-password")), _said(_sign_in(unknown, "who@clinic.example"))]
    assert answers[0] == answers[1]
    assert len(answers[0]) == 1
    assert not _is_signed_in(wrong)
    assert not _is_signed_in(unknown)


def test_after_five_wrong_tries_even_the_right_password_waits() -> None:
    user = make_user()
    client = Client()
    for _ in range(5):
        _sign_in(client, user.email, "not-the-password")
    answer = _sign_in(client, user.email)
    assert any("Too many failed login attempts" in sentence for sentence in _said(answer))
    assert not _is_signed_in(client)


def test_a_colleague_signs_in_while_somebody_elses_account_waits() -> None:
    locked, colleague = make_user(), make_user()
    for _ in range(5):
        _sign_in(Client(), locked.email, "not-the-password")
    client = Client()
    _sign_in(client, colleague.email)
    assert _is_signed_in(client)


def test_a_flood_from_one_address_is_answered_with_a_page() -> None:
    for number in range(30):
        Client().post(SIGN_IN, {"login": f"guess{number}@clinic.example", "password": ""})
    answer = _sign_in(Client(), make_user().email)
    assert answer.status_code == 429
    assert "Too many attempts" in answer.content.decode()


def test_a_deactivated_person_stays_outside() -> None:
    user = make_user(is_active=False, deactivated_at=timezone.now())
    client = Client()
    _sign_in(client, user.email)
    assert not _is_signed_in(client)


def test_an_invited_person_without_a_password_stays_outside(people: People) -> None:
    user = staff.invite(by=people.manager, email="new@clinic.example", full_name="New Nurse", role="nurse")
    for password in ("", user.password, "!"):
        client = Client()
        _sign_in(client, user.email, password)
        assert not _is_signed_in(client)


def test_a_running_session_ends_at_once_and_does_not_come_back(people: People) -> None:
    client = Client()
    _sign_in(client, people.nurse.email)
    assert _is_signed_in(client)
    closed = staff.deactivate(by=people.manager, user=people.nurse, expected_version=1)
    assert client.get(A_PAGE).url.startswith(SIGN_IN)
    staff.reactivate(by=people.manager, user=closed, expected_version=2)
    assert not _is_signed_in(client)


def test_a_new_role_counts_in_a_running_session(people: People, client_of: Callable[[User], Client]) -> None:
    client = client_of(people.manager)
    assert client.get(reverse("accounts:staff")).status_code == 200
    User.objects.filter(pk=people.manager.pk).update(role="nurse")
    assert client.get(reverse("accounts:staff")).status_code == 403


def test_signing_out_needs_a_button_and_ends_the_session() -> None:
    client = Client()
    client.force_login(make_user())
    client.get("/account/logout/")
    assert _is_signed_in(client)
    client.post("/account/logout/")
    assert not _is_signed_in(client)


def test_nobody_registers_alone() -> None:
    before = User.objects.count()
    chosen = {
        "email": "me@example.org",
        "password1": "heather-bridge-forty-two",
        "password2": "heather-bridge-forty-two",
    }
    answer = Client().post("/account/signup/", chosen)
    assert "Nobody registers alone" in answer.content.decode()
    assert User.objects.count() == before


@pytest.mark.parametrize("name", ["account_email", "account_request_login_code", "account_set_password"])
def test_nobody_changes_the_own_address_or_signs_in_another_way(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_a_forgotten_password_is_answered_alike_for_known_and_unknown_addresses() -> None:
    user = make_user()
    known = Client().post(reverse("account_reset_password"), {"email": user.email}, follow=True)
    unknown = Client().post(reverse("account_reset_password"), {"email": "who@clinic.example"}, follow=True)
    assert _without_tokens(known) == _without_tokens(unknown)
    assert "/password/reset/key/" in mail.outbox[0].body
    assert all("/password/reset/key/" not in letter.body for letter in mail.outbox[1:])


def test_no_link_is_sent_to_a_deactivated_account() -> None:
    user = make_user(is_active=False, deactivated_at=timezone.now())
    Client().post(reverse("account_reset_password"), {"email": user.email})
    assert all("/password/reset/key/" not in letter.body for letter in mail.outbox)


@pytest.mark.parametrize("password", ["short", "password1234", "1234567890123"])
def test_a_weak_password_is_refused_with_a_reason(password: str) -> None:
    client = Client()
    client.force_login(make_user())
    answer = client.post(A_PAGE, {"oldpassword": PASSWORD, "password1": password, "password2": password})
    assert answer.context["form"].errors["password1"]


@pytest.mark.parametrize("typed", ["\x00", "x" * 10_000, "a@b\x00.example", "ａｄａ@clinic.example"])
def test_odd_text_in_the_sign_in_form_is_no_server_error(typed: str) -> None:
    assert _sign_in(Client(), typed, typed).status_code in (200, 422)


def test_sign_in_leads_to_no_other_site() -> None:
    user = make_user()
    answer = Client().post(f"{SIGN_IN}?next=https://elsewhere.example/", {"login": user.email, "password": PASSWORD})
    assert answer.url == "/"
