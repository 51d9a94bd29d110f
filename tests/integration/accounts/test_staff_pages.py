"""The manager's pages, with the manager, clinicians and people from elsewhere."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from apps.accounts.choices import Role
from apps.accounts.models import User
from tests.factories.accounts import make_credential, make_user
from tests.fixtures.people import People

NEW = {"full_name": "Nurse Ada Byrne", "email": "ada@clinic.example", "role": "nurse"}


def _token(client: Client, url: str) -> dict[str, str]:
    form = client.get(url).context["form"]
    return {name: str(form[name].value()) for name in ("form_token", "version") if name in form.fields}


def _post(client: Client, url: str, answers: dict[str, str]):
    return client.post(url, _token(client, url) | answers)


@pytest.mark.parametrize("who", ["treating", "colleague", "stranger"])
@pytest.mark.parametrize("page", ["staff", "invite", "member", "edit", "deactivate", "credential-add"])
def test_clinicians_do_not_open_the_managers_pages(
    people: People, client_of: Callable[[User], Client], who: str, page: str
) -> None:
    args = [] if page in ("staff", "invite") else [people.nurse.pk]
    assert client_of(getattr(people, who)).get(reverse(f"accounts:{page}", args=args)).status_code == 403


def test_the_list_asks_the_same_number_of_questions_for_few_and_many(
    people: People, managing: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    url = reverse("accounts:staff")
    managing.get(url)
    # Session, person, staff, their credentials, and the sliding session (savepoint, update, release).
    with django_assert_num_queries(7):
        few = managing.get(url)
    for _ in range(30):
        make_credential(make_user(role=Role.PHYSICIAN))
    with django_assert_num_queries(7):
        many = managing.get(url)
    assert len(many.context["lines"]) == len(few.context["lines"]) + 30


def test_the_list_is_narrowed_and_shows_closed_accounts_apart(people: People, managing: Client) -> None:
    make_user(full_name="Nurse Gone Home", is_active=False, deactivated_at=timezone.now())
    found = managing.get(reverse("accounts:staff"), {"q": "okafor"}).content.decode()
    assert "Dr Amara Okafor" in found
    assert "Dr Sven Lindqvist" not in found
    closed = managing.get(reverse("accounts:staff"), {"closed": "on"}).content.decode()
    assert "Nurse Gone Home" in closed
    assert "Dr Amara Okafor" not in closed


def test_an_invitation_shows_a_link_that_sets_the_password_and_sends_it(people: People, managing: Client) -> None:
    answer = _post(managing, reverse("accounts:invite"), NEW)
    user = User.objects.get(email="ada@clinic.example")
    assert answer.url == reverse("accounts:link", args=[user.pk])
    link = managing.get(answer.url).context["link"]
    assert link.startswith("http://testserver/account/password/reset/key/")
    assert mail.outbox[0].to == ["ada@clinic.example"]
    assert "/account/password/reset/key/" in mail.outbox[0].body

    newcomer = Client()
    form_page = newcomer.get(link, follow=True)
    chosen = {"password1": "heather-bridge-forty-two", "password2": "heather-bridge-forty-two"}
    newcomer.post(form_page.redirect_chain[-1][0], chosen)
    assert User.objects.get(pk=user.pk).check_password("heather-bridge-forty-two")
    assert newcomer.get(link, follow=True).context["token_fail"]
    assert managing.get(answer.url).status_code == 404


def test_a_failing_mail_server_loses_no_invitation(
    people: People, managing: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*args: object, **kwargs: object) -> int:
        raise OSError("mail server is away")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", down)
    answer = managing.post(reverse("accounts:invite"), _token(managing, reverse("accounts:invite")) | NEW, follow=True)
    text = answer.content.decode()
    assert "The e-mail could not be sent" in text
    assert "/account/password/reset/key/" in text
    assert User.objects.filter(email="ada@clinic.example").exists()


def test_an_invitation_sent_twice_counts_once(people: People, managing: Client) -> None:
    url = reverse("accounts:invite")
    answers = _token(managing, url) | NEW
    managing.post(url, answers)
    second = managing.post(url, answers, follow=True)
    assert "saved already" in second.content.decode()
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"full_name": ""}, "Enter the name as shown"),
        ({"full_name": "x" * 10_000}, "takes at most 120 characters, this has 10000"),
        ({"full_name": "Ada\x00Byrne"}, "invisible character"),
        ({"email": "not an address"}, "Enter an e-mail address like name@example.org."),
        ({"email": "a" * 300 + "@clinic.example"}, "takes at most 254 characters"),
        ({"role": "wizard"}, "Select one of the answers in the list."),
        ({"role": ""}, "Select the role"),
        ({"form_token": "nonsense"}, "This page is damaged."),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(
    people: People, managing: Client, changed: dict[str, str], sentence: str
) -> None:
    before = User.objects.count()
    answer = _post(managing, reverse("accounts:invite"), NEW | {"full_name": "Kept Name"} | changed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "full_name" in changed or "Kept Name" in answer.content.decode()
    assert User.objects.count() == before


def test_a_taken_address_is_said_beside_the_field(people: People, managing: Client) -> None:
    answer = _post(managing, reverse("accounts:invite"), NEW | {"email": people.nurse.email.upper()})
    assert answer.status_code == 422
    assert answer.context["form"].errors["email"] == ["Somebody with this e-mail address has an account already."]


def test_the_link_of_somebody_with_a_password_is_shown_to_nobody(people: People, managing: Client) -> None:
    url = reverse("accounts:link", args=[people.treating.pk])
    assert managing.get(url).status_code == 404
    assert managing.post(url).status_code == 404
    assert not mail.outbox


def test_a_moved_account_no_longer_opens_with_the_former_address(people: People, managing: Client) -> None:
    nurse = people.nurse
    url = reverse("accounts:edit", args=[nurse.pk])
    Client().post(reverse("account_reset_password"), {"email": nurse.email})
    former_link = mail.outbox.pop()
    _post(managing, url, {"full_name": nurse.full_name, "email": "moved@clinic.example", "role": "nurse"})
    assert [letter.to for letter in mail.outbox] == [[nurse.email]]
    assert "no longer works" in mail.outbox[0].body
    address = former_link.body[former_link.body.index("http") :].split()[0]
    assert Client().get(address, follow=True).context["token_fail"]


def test_a_stale_change_shows_both_versions_and_keeps_what_was_typed(people: People, managing: Client) -> None:
    nurse = people.nurse
    url = reverse("accounts:edit", args=[nurse.pk])
    mine = _token(managing, url) | {"full_name": "Typed Name", "email": nurse.email, "role": "nurse"}
    _post(managing, url, mine | _token(managing, url) | {"full_name": "Faster Name"})
    answer = managing.post(url, mine)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Typed Name" in text
    assert "Faster Name" in text
    assert User.objects.get(pk=nurse.pk).full_name == "Faster Name"


def test_deactivating_a_prescriber_shows_the_databases_sentence(people: People, managing: Client) -> None:
    url = reverse("accounts:deactivate", args=[people.treating.pk])
    answer = _post(managing, url, {})
    assert answer.status_code == 422
    assert "Dr Amara Okafor still prescribes for 1 patient(s). Hand them over first." in answer.content.decode()
    assert User.objects.get(pk=people.treating.pk).is_active


def test_a_manager_does_not_deactivate_the_own_account(people: People, managing: Client) -> None:
    answer = _post(managing, reverse("accounts:deactivate", args=[people.manager.pk]), {})
    assert answer.status_code == 422
    assert User.objects.get(pk=people.manager.pk).is_active


def test_reopening_an_account_shows_a_new_link(people: People, managing: Client) -> None:
    url = reverse("accounts:deactivate", args=[people.nurse.pk])
    assert _post(managing, url, {}).status_code == 302
    answer = _post(managing, reverse("accounts:reactivate", args=[people.nurse.pk]), {})
    assert answer.url == reverse("accounts:link", args=[people.nurse.pk])
    assert managing.get(answer.url).status_code == 200


def test_a_credential_is_added_and_ended_on_its_pages(people: People, managing: Client) -> None:
    url = reverse("accounts:credential-add", args=[people.nurse.pk])
    _post(managing, url, {"number": "PIN 77", "issuer": "NMC", "valid_from": "1/3/2026", "valid_to": ""})
    credential = people.nurse.prescriber_credentials.get()
    assert credential.number == "PIN 77"
    end = reverse("accounts:credential-end", args=[people.nurse.pk, credential.pk])
    assert _post(managing, end, {"valid_to": "28 Feb 2026"}).status_code == 422
    assert _post(managing, end, {"valid_to": "31 Feb 2026"}).status_code == 422
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert _post(managing, end, {"valid_to": tomorrow.isoformat()}).status_code == 302
    assert people.nurse.prescriber_credentials.get().valid_to == tomorrow


def test_a_credential_is_found_under_its_own_person_only(people: People, managing: Client) -> None:
    credential = people.treating.prescriber_credentials.get()
    assert managing.get(reverse("accounts:credential-end", args=[people.nurse.pk, credential.pk])).status_code == 404


def test_the_end_of_a_credential_before_its_beginning_is_said_beside_the_field(
    people: People, managing: Client
) -> None:
    url = reverse("accounts:credential-add", args=[people.nurse.pk])
    answer = _post(managing, url, {"number": "1", "valid_from": "2026-03-01", "valid_to": "2026-02-01"})
    assert answer.context["form"].errors["valid_to"] == ["Enter a day on or after the first day."]
