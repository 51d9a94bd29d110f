"""The clinic's side of the tablet: who may hand it over, what can be on it, the code, the card, taking it back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.choices import Role
from apps.accounts.models import User
from apps.audit.models import AccessEntry
from apps.core.writing import Refused
from apps.patients.models import Patient
from apps.screening.choices import TabletState
from apps.screening.models import Administration, TabletSet
from apps.screening.selectors.tablet_offers import CLINICIAN_ASKS, NO_CONSENT, NOT_WHOLE, NUMBERS_ONLY, tablet_offers
from apps.screening.services.tablet import start_on_this_device, take_back
from apps.screening.sweeping import SWEEPER, end_run_out, sweep
from apps.screening.tablet_secrets import code_hash, secret_hash
from apps.screening.tablet_times import CODE_LIFE
from apps.screening.views.tablet_door import COOKIE
from tests.factories.accounts import make_user
from tests.factories.patients import make_patient
from tests.factories.screening import make_licence, make_wording
from tests.factories.tablet import (
    agree,
    allow,
    leave_alone,
    make_set,
    make_waiting_set,
    question_url,
    tablet_client,
)
from tests.fixtures.people import People, join_care_team
from tests.integration.screening.test_answering import page_of

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]


def start_url(patient: Patient) -> str:
    return reverse("screening:start_tablet", args=[patient.pk])


def overview(client: Client, patient: Patient) -> str:
    return page_of(client.get(reverse("screening:overview", args=[patient.pk])))


def send(client: Client, patient: Patient, way: str, *codes: str, **more: str) -> Any:
    form = client.get(start_url(patient)).context["form"]
    token = form["form_token"].value()
    data = {"questionnaires": codes or ("phq4",), "language": "en", "form_token": token, "way": way, **more}
    return client.post(start_url(patient), data)


class TestOnThisDevice:
    def test_the_person_is_signed_out_everywhere_and_the_device_keeps_a_secret(
        self, client_of: SignIn, people: People
    ) -> None:
        client = client_of(people.colleague)
        other_tab = Client()
        other_tab.cookies = client.cookies.copy()
        response = send(client, people.patient, "here", "phq4", "phq9")
        assert response.url == reverse("screening:tablet_hello")
        assert not Session.objects.exists()
        assert other_tab.get(start_url(people.patient)).url.startswith("/account/login/")
        cookie = response.cookies[COOKIE]
        assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/tablet/", True, "Strict")
        assert response["Clear-Site-Data"] == '"cache"'
        tablet = TabletSet.objects.get()
        assert tablet.device_sha256 == secret_hash(cookie.value)
        assert (tablet.state, tablet.instruments, tablet.created_by) == ("open", ["phq4", "phq9"], people.colleague)

    def test_the_cookie_is_secure_where_the_session_is(self, client_of: SignIn, people: People, settings: Any) -> None:
        settings.SESSION_COOKIE_SECURE = True
        handed = make_waiting_set(people.patient, people.colleague)
        response = Client().post(reverse("screening:tablet"), {"code": handed.secret})
        assert response.cookies[COOKIE]["secure"] is True

    def test_sent_twice_it_is_started_once(self, client_of: SignIn, people: People) -> None:
        client = client_of(people.colleague)
        token = client.get(start_url(people.patient)).context["form"]["form_token"].value()
        data = {"questionnaires": ["phq4"], "language": "en", "form_token": token, "way": "code"}
        assert "code" in client.post(start_url(people.patient), data).context
        assert client.post(start_url(people.patient), data).status_code == 302
        assert TabletSet.objects.count() == 1


class TestWithACode:
    def test_the_code_is_shown_once_and_opens_one_tablet(self, client_of: SignIn, people: People) -> None:
        client = client_of(people.colleague)
        response = send(client, people.patient, "code")
        code = response.context["code"]
        assert code in page_of(response)
        digits = code.replace(" ", "")
        assert TabletSet.objects.get().code_sha256 == code_hash(digits)
        assert code not in overview(client, people.patient)
        assert "Waiting for the code" in overview(client, people.patient)
        tablet = Client()
        assert tablet.post(reverse("screening:tablet"), {"code": code}).url == reverse("screening:tablet_hello")
        assert "I. H., born in 1984" in tablet.get(reverse("screening:tablet_hello")).content.decode()
        assert Client().post(reverse("screening:tablet"), {"code": digits}).status_code == 422

    def test_whoever_is_signed_in_on_the_tablet_is_signed_out(self, client_of: SignIn, people: People) -> None:
        handed = make_waiting_set(people.patient, people.colleague)
        client = client_of(people.stranger)
        client.post(reverse("screening:tablet"), {"code": handed.secret})
        assert not Session.objects.exists()

    def test_signing_in_beside_the_set_does_not_last(self, client_of: SignIn, people: People) -> None:
        client = tablet_client(make_set(people.patient, people.colleague))
        client.force_login(people.treating)
        client.get(question_url(1, 1))
        assert client.get(reverse("overview:today")).status_code == 302
        assert not Session.objects.exists()

    def test_after_ten_minutes_it_opens_nothing(self, people: People) -> None:
        handed = make_waiting_set(people.patient, people.colleague)
        TabletSet.objects.update(code_ends_at=timezone.now())
        assert timedelta(minutes=10) == CODE_LIFE
        assert Client().post(reverse("screening:tablet"), {"code": handed.secret}).status_code == 422
        assert sweep() == 1
        assert TabletSet.objects.get().state == TabletState.TIMED_OUT

    def test_a_new_code_on_a_tablet_ends_the_set_before(self, people: People) -> None:
        first = make_set(people.patient, people.colleague)
        other = make_patient(given_name="Bo")
        second = make_waiting_set(other, _member(other))
        client = tablet_client(first)
        client.post(reverse("screening:tablet"), {"code": second.secret})
        assert "B. " in client.get(reverse("screening:tablet_hello")).content.decode()
        first.tablet.refresh_from_db()
        assert first.tablet.state == TabletState.FINISHED


class TestWhatCanBeOnIt:
    def test_each_questionnaire_is_possible_or_says_why_not(self, people: People) -> None:
        make_wording(make_licence(people.manager, "midas"))
        offers = tablet_offers(people.patient, people.colleague)
        assert [offer.code for offer in offers.possible] == ["gad7", "pgic", "phq2", "phq4", "phq9", "sds"]
        why = {offer.code: offer.why_not for offer in offers.impossible}
        assert (why["hit6"], why["nosas"], why["midas"]) == (NUMBERS_ONLY, CLINICIAN_ASKS, NOT_WHOLE)
        assert "ace" not in why, "a nurse does not hear of it"

    def test_a_language_has_what_the_clinic_entered_for_it(self, people: People) -> None:
        allow("hit6", people.manager, "de")
        german = tablet_offers(people.patient, people.colleague, "de")
        assert [offer.code for offer in german.possible] == ["hit6"]
        assert {code for code, _ in german.languages} == {"en", "de"}
        assert tablet_offers(people.patient, people.colleague, "fr").language == "en"
        Patient.objects.update(language="de")
        people.patient.refresh_from_db()
        assert tablet_offers(people.patient, people.colleague).language == "de"

    def test_adversity_needs_consent_and_the_narrower_right_and_is_never_ticked(
        self, client_of: SignIn, people: People
    ) -> None:
        allow("ace", people.manager)
        why = {offer.code: offer.why_not for offer in tablet_offers(people.patient, people.treating).impossible}
        assert why["ace"] == NO_CONSENT
        agree(people.patient)
        assert "ace" in [offer.code for offer in tablet_offers(people.patient, people.treating).possible]
        form = client_of(people.treating).get(start_url(people.patient)).context["form"]
        assert "ace" not in form.initial["questionnaires"]
        make_set(people.patient, people.treating, "ace")
        assert "ACE" not in overview(client_of(people.colleague), people.patient)
        assert "another questionnaire" in overview(client_of(people.colleague), people.patient)
        assert "Question 1 of 10, ACE" in overview(client_of(people.treating), people.patient)

    def test_what_is_due_is_ticked_and_what_is_due_and_impossible_is_named(
        self, client_of: SignIn, people: People
    ) -> None:
        response = client_of(people.colleague).get(start_url(people.patient))
        assert response.context["form"].initial["questionnaires"] == ["gad7", "pgic", "phq4", "phq9", "sds"]
        assert "MIDAS</strong>, due: numbers only: no permission" in page_of(response)

    @pytest.mark.parametrize(
        ("codes", "sentence"),
        [([], "Choose at least one"), (["hit6"], "in the list"), (["nothing"], "in the list")],
        ids=["none", "protected", "unknown"],
    )
    def test_anything_else_is_refused(self, client_of: SignIn, people: People, codes: list[str], sentence: str) -> None:
        client = client_of(people.colleague)
        token = client.get(start_url(people.patient)).context["form"]["form_token"].value()
        data = {"questionnaires": codes, "language": "en", "form_token": token, "way": "here"}
        response = client.post(start_url(people.patient), data)
        assert response.status_code == 422
        assert sentence in page_of(response)
        assert Session.objects.exists(), "nobody is signed out for nothing"
        with pytest.raises(Refused):
            start_on_this_device(
                patient=people.patient, codes=codes, language="en", now=timezone.now(), by=people.colleague
            )


class TestRights:
    def test_only_those_who_record_for_their_own_patient_start_and_take_back(self, people: People) -> None:
        tablet = make_set(people.patient, people.colleague).tablet
        for person in (people.stranger, people.physiotherapist, people.manager):
            with pytest.raises(PermissionDenied):
                start_on_this_device(
                    patient=people.patient, codes=["phq4"], language="en", now=timezone.now(), by=person
                )
            with pytest.raises(PermissionDenied):
                take_back(tablet=tablet, now=timezone.now(), by=person)
        assert take_back(tablet=tablet, now=timezone.now(), by=people.treating).ended_by == people.treating

    def test_a_stranger_finds_nothing_and_it_is_in_the_access_log(self, client_of: SignIn, people: People) -> None:
        client = client_of(people.stranger)
        assert client.get(start_url(people.patient)).status_code == 404
        assert client.post(start_url(people.patient), {"way": "here"}).status_code == 404
        assert AccessEntry.objects.filter(subject="screening:start_tablet", action="refused").count() == 2


class TestTheCard:
    def test_it_says_where_the_patient_is_and_takes_the_set_back(self, client_of: SignIn, people: People) -> None:
        handed = make_set(people.patient, people.colleague, "phq4", "phq9")
        tablet_client(handed).post(question_url(1, 1), {"answer": 1})
        client = client_of(people.treating)
        page = overview(client, people.patient)
        opened = timezone.localtime(handed.tablet.opened_at)
        assert f"On the tablet since {opened:%H:%M}" in page
        assert "Question 2 of 4, PHQ-4" in page
        assert "Start the due set" not in page
        url = reverse("screening:take_tablet_back", args=[people.patient.pk, handed.tablet.pk])
        assert client.get(url).status_code == 405
        client.post(url)
        page = overview(client, people.patient)
        assert "Not finished on the tablet, taken back at" in page
        assert "Open: PHQ-4, PHQ-9. Go on at the desk" in page
        assert "Start the due set" in page
        again = page_of(client.post(url, follow=True))
        assert "This set is over already." in again

    def test_another_patients_set_is_not_found(self, client_of: SignIn, people: People) -> None:
        other = make_patient()
        tablet = make_set(other, _member(other)).tablet
        url = reverse("screening:take_tablet_back", args=[people.patient.pk, tablet.pk])
        assert client_of(people.treating).post(url).status_code == 404

    def test_a_set_that_nobody_touches_ends_by_the_sweep(self, client_of: SignIn, people: People) -> None:
        tablet = make_set(people.patient, people.colleague).tablet
        leave_alone(tablet, 9)
        assert sweep() == 0
        leave_alone(tablet, 10)
        assert sweep() == 1
        assert "Not finished on the tablet, nobody touched it any more" in overview(
            client_of(people.treating), people.patient
        )

    def test_a_set_lasts_two_hours_at_most_also_when_it_is_in_use(self, people: People) -> None:
        tablet = make_set(people.patient, people.colleague).tablet
        assert tablet.ends_at == tablet.opened_at + timedelta(hours=2)
        TabletSet.objects.update(last_seen_at=tablet.ends_at)
        assert end_run_out(now=tablet.ends_at - timedelta(seconds=1), by=SWEEPER) == 0
        assert end_run_out(now=tablet.ends_at, by=SWEEPER) == 1

    def test_staff_are_told_that_somebody_else_had_the_tablet(self, client_of: SignIn, people: People) -> None:
        client = tablet_client(make_set(people.patient, people.colleague, helper=""))
        page = client.post(reverse("screening:tablet_hello"), {"me": "no"}).content.decode()
        assert "It was meant for somebody else" in page
        assert "I. H." not in page
        assert client.get(reverse("screening:tablet_hello")).url == reverse("screening:tablet")
        assert "Not this patient" in overview(client_of(people.treating), people.patient)

    def test_the_sheet_says_who_helped_and_that_the_patient_answered(self, client_of: SignIn, people: People) -> None:
        client = tablet_client(make_set(people.patient, people.colleague, "phq4", helper="staff"))
        for place in range(1, 5):
            client.post(question_url(1, place), {"answer": 0})
        page = overview(client_of(people.treating), people.patient)
        assert "Answered by the patient on the tablet, with help from the clinic" in page
        assert "<td>The patient</td>" in page
        assert "Answered on the tablet, finished at" in page


class TestAtTheDesk:
    def test_who_was_there_is_kept_for_paper_and_not_for_what_a_clinician_asked(
        self, client_of: SignIn, people: People
    ) -> None:
        client = client_of(people.colleague)
        url = reverse("screening:answer", args=[people.patient.pk, "phq4"])
        for mode, kept in (("self", "relative"), ("clinician", "")):
            form = client.get(url).context["form"]
            answers = {f"item{number}": "1" for number in range(1, 5)}
            data = {**answers, "answered_on": timezone.localdate().isoformat(), "mode": mode, "language": "en"}
            client.post(url, {**data, "helper": "relative", "form_token": form["form_token"].value()})
            assert Administration.objects.latest("created_at").helper == kept

    def test_a_corrected_sheet_from_the_tablet_stays_one(self, client_of: SignIn, people: People) -> None:
        tablet = make_set(people.patient, people.colleague, "phq4")
        for place in range(1, 5):
            tablet_client(tablet).post(question_url(1, place), {"answer": 0})
        sheet = Administration.objects.get()
        client = client_of(people.colleague)
        url = reverse("screening:correct", args=[people.patient.pk, sheet.pk])
        form = client.get(url).context["form"]
        assert (form["mode"].value(), form["helper"].value()) == ("tablet", "nobody")
        data = {name: form[name].value() for name in form.fields}
        client.post(url, {**data, "item1": "3", "reason": "Pressed the wrong button", "unanswered_stay": ""})
        corrected = Administration.objects.get(supersedes=sheet)
        assert (corrected.mode, corrected.tablet, corrected.helper, corrected.total) == (
            "tablet",
            tablet.tablet,
            "nobody",
            3,
        )

    def test_what_was_begun_on_the_tablet_is_gone_on_with_as_asked_by_a_clinician(
        self, client_of: SignIn, people: People
    ) -> None:
        tablet_client(make_set(people.patient, people.colleague, "phq4")).post(question_url(1, 1), {"answer": 2})
        page = client_of(people.colleague).get(reverse("screening:answer", args=[people.patient.pk, "phq4"]))
        form = page.context["form"]
        assert (form["mode"].value(), form["item1"].value()) == ("clinician", 2)
        assert "last saved by the patient" in page_of(page)


def _member(patient: Patient) -> User:
    """A nurse who treats this patient."""
    nurse = make_user(role=Role.NURSE, full_name="Nurse of another patient")
    join_care_team(nurse, patient)
    return nurse
