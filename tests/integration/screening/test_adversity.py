"""Childhood adversity: consent first, every question can be declined, and nobody else ever meets a result."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.choices import Role
from apps.accounts.models import User
from apps.clinical.instruments import DECLINED
from apps.core.writing import Refused
from apps.documents.models import Document
from apps.overview.selectors.history import events_of
from apps.patients.models import Patient
from apps.screening.choices import ConsentAnswer
from apps.screening.models import Administration, SensitiveConsent
from apps.screening.selectors import latest_scores
from apps.screening.selectors.adversity import consents_of, may_be_asked, sensitive_sheets_of
from apps.screening.selectors.sheets import sheet_of, sheets_of, unfinished_sheets
from apps.screening.services.sheets import Filled, correct_answers, save_answers
from apps.summaries.selectors import visit_content
from apps.summaries.services import make_visit_summary
from tests.contracts.pages import PAGES
from tests.contracts.rights import Audience, addresses
from tests.factories.accounts import make_user
from tests.factories.causes import TESTS, make_adversity, make_consent
from tests.factories.screening import make_licence, make_sheet, make_wording
from tests.factories.visits import signed
from tests.fixtures.people import People, join_care_team

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
# Words that only the page of adversity knows.
TELLING = ("7 of 10", "in the group often called high", "Adverse", "adversity", ">ACE", "ACE ", "Agreed to be asked")


def address(name: str, patient: Patient, **more: Any) -> str:
    return reverse(name, kwargs={"patient_id": patient.pk, **more})


def page(patient: Patient) -> str:
    return address("screening:adversity", patient)


def ask(patient: Patient) -> str:
    return address("screening:ask_adversity", patient)


def sent(client: Client, url: str, **typed: Any) -> Any:
    today = timezone.localdate().isoformat()
    standard = {
        "form_token": str(uuid4()),
        "asked_on": today,
        "answered_on": today,
        "mode": "clinician",
        "language": "en",
    }
    return client.post(url, {**standard, **typed})


class TestConsent:
    def test_it_comes_before_the_questions(self, client_of: SignIn, treating: User, patient: Patient) -> None:
        client = client_of(treating)
        assert client.get(ask(patient)).url == page(patient)
        assert sent(client, ask(patient), total="3").url == page(patient)
        assert not Administration.objects.exists()
        assert sent(client, page(patient), answer="given", note="Alone in the room").status_code == 302
        assert client.get(ask(patient)).status_code == 200
        shown = client.get(page(patient)).content.decode()
        assert "Agreed to be asked" in shown
        assert "Alone in the room" in shown

    @pytest.mark.parametrize("answer", [ConsentAnswer.REFUSED, ConsentAnswer.WITHDRAWN])
    def test_taken_back_it_ends_the_questions_and_keeps_the_results(
        self, client_of: SignIn, treating: User, patient: Patient, answer: ConsentAnswer
    ) -> None:
        sheet = make_adversity(patient)
        make_consent(patient, answer)
        client = client_of(treating)
        assert client.get(ask(patient)).url == page(patient)
        shown = client.get(page(patient)).content.decode()
        assert "7 of 10" in shown
        assert ("Agreement taken back since" in shown) is (answer == ConsentAnswer.WITHDRAWN)
        assert [each.answer for each in consents_of(patient)] == [answer, ConsentAnswer.GIVEN]
        with pytest.raises(Refused, match="only after the patient has agreed"):
            make_sheet(patient, "ace", answers={"item1": 1})
        filled = Filled({"item1": 1}, timezone.localdate())
        with pytest.raises(Refused, match="only after the patient has agreed"):
            correct_answers(sheet=sheet, filled=filled, reason="wrong", today=timezone.localdate(), by=TESTS)

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({}, "answer"),
            ({"answer": "withdrawn"}, "answer"),
            ({"answer": "given", "asked_on": "2099-01-01"}, "asked_on"),
            ({"answer": "given", "note": "x" * 401}, "note"),
        ],
        ids=["nothing", "nothing to take back", "future", "too long"],
    )
    def test_wrong_answers(
        self, client_of: SignIn, treating: User, patient: Patient, typed: dict[str, str], field: str
    ) -> None:
        response = sent(client_of(treating), page(patient), **typed)
        assert response.status_code == 422
        assert list(response.context["form"].errors) == [field]
        assert not SensitiveConsent.objects.exists()

    def test_the_service_refuses_too(self, patient: Patient) -> None:
        with pytest.raises(Refused, match="no agreement to take back"):
            make_consent(patient, ConsentAnswer.WITHDRAWN)
        assert not may_be_asked(patient)


class TestAnswers:
    def test_the_number_alone(self, client_of: SignIn, treating: User, patient: Patient) -> None:
        make_consent(patient)
        assert sent(client_of(treating), ask(patient), total="4").status_code == 302
        saved = Administration.objects.get()
        assert (saved.instrument, saved.total, saved.answers, saved.positive) == ("ace", 4, {}, None)

    def test_the_clinic_s_own_wording_is_asked_and_kept_with_the_answers(
        self, client_of: SignIn, people: People, patient: Patient
    ) -> None:
        make_consent(patient)
        own = make_wording(make_licence(people.manager, "ace"), item1="Made-up question one")
        client = client_of(people.treating)
        assert "Made-up question one" in client.get(ask(patient)).content.decode()
        answers = {f"item{place}": "0" for place in range(1, 11)}
        sent(client, ask(patient), **answers, wording=str(own.pk))
        assert Administration.objects.get(instrument="ace").wording == own

    def test_a_declined_question_leaves_no_number(self, client_of: SignIn, treating: User, patient: Patient) -> None:
        make_consent(patient)
        answers = {f"item{number}": "1" for number in range(1, 11)} | {"item3": str(DECLINED)}
        client = client_of(treating)
        assert sent(client, ask(patient), **answers).status_code == 302
        saved = Administration.objects.get()
        assert (saved.total, saved.answers["item3"]) == (None, DECLINED)
        shown = client.get(page(patient)).content.decode()
        assert "No number" in shown
        assert "1 question declined" in shown
        assert "Prefers not to answer" in shown

    @pytest.mark.parametrize("total", ["11", "-1", "many"])
    def test_numbers_that_can_not_be(self, client_of: SignIn, treating: User, patient: Patient, total: str) -> None:
        make_consent(patient)
        response = sent(client_of(treating), ask(patient), total=total)
        assert response.status_code == 422
        assert list(response.context["form"].errors) == ["total"]
        assert not Administration.objects.exists()


class TestWhoReads:
    @pytest.mark.parametrize(
        ("role", "status"),
        [(role, 200 if role in (Role.PHYSICIAN, Role.PSYCHOLOGIST) else 403) for role in Role],
        ids=[role.value for role in Role],
    )
    def test_physicians_and_psychologists_of_the_team(
        self, client_of: SignIn, patient: Patient, role: Role, status: int
    ) -> None:
        member = make_user(role=role)
        join_care_team(member, patient)
        response = client_of(member).get(page(patient))
        # The auditor finds no patients at all.
        assert response.status_code == (404 if role == Role.AUDITOR else status)

    def test_a_stranger_does_not(self, client_of: SignIn, stranger: User, patient: Patient) -> None:
        assert client_of(stranger).get(page(patient)).status_code == 404

    def test_a_nurse_writes_neither_consent_nor_answers(self, people: People) -> None:
        today = timezone.localdate()
        with pytest.raises(PermissionDenied):
            make_consent(people.patient, by=people.colleague)
        make_consent(people.patient)
        with pytest.raises(PermissionDenied):
            save_answers(
                patient=people.patient,
                code="ace",
                filled=Filled({"item1": 1}, today),
                finished=True,
                today=today,
                by=people.colleague,
            )


class TestNothingLeaks:
    """Every reader of sheets, and every page of the chart, as the nurse of the care team meets it."""

    @pytest.fixture
    def sheet(self, patient: Patient) -> Administration:
        return make_adversity(patient)

    def test_no_reader_gives_it(self, patient: Patient, sheet: Administration) -> None:
        assert latest_scores(patient) == []
        assert list(sheets_of(patient)) == []
        assert unfinished_sheets(patient) == {}
        assert sheet_of(patient, sheet.pk) is None
        assert sensitive_sheets_of(patient) == [sheet]

    def test_no_page_of_the_chart_shows_it(
        self, client_of: SignIn, colleague: User, patient: Patient, sheet: Administration
    ) -> None:
        client = client_of(colleague)
        only_the_patient = {name for name, parts in addresses() if parts == ("patient_id",)}
        names = sorted(page.name for page in PAGES if page.audience is Audience.CHART and page.read)
        told = {}
        for name in names:
            response = client.get(address(name, patient)) if name in only_the_patient else None
            if response is not None and response.status_code == 200:
                content = b"".join(response.streaming_content) if response.streaming else response.content
                told[name] = [words for words in TELLING if words.encode() in content]
        assert len(told) > 25
        assert told.keys() & {"screening:adversity", "screening:ask_adversity"} == set()
        assert {name: words for name, words in told.items() if words} == {}

    @pytest.mark.parametrize("name", ["screening:sheet", "screening:correct"])
    def test_not_by_its_address_either(
        self, client_of: SignIn, people: People, patient: Patient, sheet: Administration, name: str
    ) -> None:
        for who in (people.colleague, people.treating):
            assert client_of(who).get(address(name, patient, sheet_id=sheet.pk)).status_code == 404

    def test_the_history_tells_it_to_those_who_may_read_it(
        self, client_of: SignIn, people: People, patient: Patient, sheet: Administration
    ) -> None:
        tracked = {event.model for event in events_of(patient)}
        assert tracked & {Administration, SensitiveConsent} == set()
        tracked = {event.model for event in events_of(patient, sensitive=True)}
        assert tracked >= {Administration, SensitiveConsent}
        history = address("overview:history", patient)
        assert "Agreed to be asked" in client_of(people.treating).get(history).content.decode()

    def test_not_on_the_worklist(self, client_of: SignIn, colleague: User, sheet: Administration) -> None:
        shown = client_of(colleague).get(reverse("overview:today")).content.decode()
        assert [words for words in TELLING if words in shown] == []

    def test_not_in_exports(self, client_of: SignIn, treating: User, patient: Patient, sheet: Administration) -> None:
        for name in ("diary:export-days", "diary:export-counts"):
            response = client_of(treating).get(address(name, patient))
            content = b"".join(response.streaming_content) if response.streaming else response.content
            assert b"ACE" not in content
            assert b"dversity" not in content

    def test_never_in_a_document(self, people: People, patient: Patient, sheet: Administration) -> None:
        visit = signed(patient, people.treating)
        content = visit_content(visit)
        assert content["scores"] == []
        assert content["course"]["scores"] == []
        make_visit_summary(visit=visit, by=people.treating)
        assert "ACE" not in str(Document.objects.get().snapshot)

    def test_nothing_leads_a_nurse_there(
        self, client_of: SignIn, people: People, patient: Patient, sheet: Administration
    ) -> None:
        overview = address("screening:overview", patient)
        assert page(patient) not in client_of(people.colleague).get(overview).content.decode()
        assert page(patient) in client_of(people.treating).get(overview).content.decode()
