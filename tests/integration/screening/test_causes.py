"""The page of other causes and its forms: what is shown, what is refused, who may, in how many queries."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.accounts.choices import Role
from apps.accounts.models import User
from apps.clinical.pseudo_refractory import PSEUDO_ITEMS
from apps.clinical.red_flags import RED_FLAGS
from apps.clinical.secondary_causes import CAUSES
from apps.core.writing import Refused
from apps.patients.models import Patient
from apps.screening.choices import CauseState, Checklist
from apps.screening.models import CauseReview, ChecklistReview
from apps.screening.selectors.causes import latest_list, overdue_tests_for
from apps.screening.services.causes import set_not_needed
from apps.screening.services.checklists import Answered, answer_red_flags
from tests.factories.accounts import make_user
from tests.factories.causes import (
    TESTS,
    close_all_lines,
    make_pseudo,
    make_red_flags,
    make_review,
)
from tests.factories.patients import make_patient
from tests.factories.screening import answers_for, make_sheet
from tests.fixtures.people import People, join_care_team

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
DAY = timedelta(days=1)


def address(name: str, patient: Patient, **more: Any) -> str:
    return reverse(f"screening:{name}", kwargs={"patient_id": patient.pk, **more})


def shown(client: Client, patient: Patient, name: str = "causes", **more: Any) -> str:
    response = client.get(address(name, patient, **more))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def sent(client: Client, url: str, typed: dict[str, Any]) -> Any:
    today = timezone.localdate().isoformat()
    return client.post(url, {"form_token": str(uuid4()), "answered_on": today, "reviewed_on": today, **typed})


class TestThePage:
    def test_nothing_is_answered_yet(self, client_of: SignIn, treating: User, patient: Patient) -> None:
        page = shown(client_of(treating), patient)
        assert f"{len(CAUSES) + 2} lines are open: “refractory” can only be provisional." in page
        assert "20 of 20 other causes are still open" in page
        assert all(cause.name.replace("'", "&#x27;") in page for cause in CAUSES)

    def test_everything_is_closed(self, client_of: SignIn, treating: User, patient: Patient) -> None:
        close_all_lines(patient, by=treating)
        page = shown(client_of(treating), patient)
        assert "All lines are closed." in page
        assert "Looked at in the first visit" in page
        assert "Dr Amara Okafor" in page
        assert "No red flag; all fifteen were asked" in page
        assert "Nothing to mend first; every question was asked" in page

    def test_what_was_found(self, client_of: SignIn, treating: User, patient: Patient) -> None:
        make_red_flags(patient, "sudden", "painkillers")
        make_pseudo(patient, "dose")
        make_review(patient, "iih", result="Pressure 31", explains=True)
        ordered = {"asked_for": "MRI", "due_on": timezone.localdate() - DAY}
        make_review(patient, "mass", state=CauseState.ORDERED, reviewed_on=timezone.localdate() - 9 * DAY, **ordered)
        page = shown(client_of(treating), patient)
        assert "2 red flags, same day" in page
        assert "Decided about sudden" in page
        assert "1 reason to mend first" in page
        assert "Result, explains the headache" in page
        assert "Overdue" in page
        assert "20 of 20 other causes are still open" in page

    def test_it_is_read_only_for_who_only_reads(self, client_of: SignIn, people: People) -> None:
        reader = make_user(role=Role.PHYSIOTHERAPIST)
        join_care_team(reader, people.patient)
        client = client_of(reader)
        page = shown(client, people.patient)
        assert "Set the ticked causes" not in page
        assert address("red_flags", people.patient) not in page
        assert sent(client, address("causes", people.patient), {"causes": ["iih"], "reason": "x"}).status_code == 403
        assert not CauseReview.objects.exists()

    def test_few_queries_with_ten_years_of_reviews(self, client_of: SignIn, people: People) -> None:
        client, url = client_of(people.colleague), address("causes", people.patient)
        for year in range(10, 0, -1):
            day = timezone.localdate() - 365 * year * DAY
            make_red_flags(people.patient, "painkillers", on=day)
            CauseReview.objects.bulk_create(
                CauseReview(
                    patient=people.patient, cause=cause.code, state="not_needed", reason="seen", reviewed_on=day
                )
                for cause in CAUSES
            )
        client.get(url)

        def reads(page: str) -> int:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200
            return sum(each["sql"].startswith("SELECT") for each in queries)

        # Beside what every page of a chart asks (this one: the list of visits): the reviews and the two lists.
        around = reads(reverse("patients:visits", kwargs={"patient_id": people.patient.pk})) - 1
        assert reads(url) - around == 2


class TestRedFlags:
    def everything(self, **yes: str) -> dict[str, str]:
        return {**{flag.code: "no" for flag in RED_FLAGS}, **yes}

    def test_all_fifteen_are_saved(self, client_of: SignIn, colleague: User, patient: Patient) -> None:
        typed = self.everything(systemic="yes", note_systemic="Lumbar puncture today", same_day_systemic="on")
        response = sent(client_of(colleague), address("red_flags", patient), typed)
        assert response.url == address("causes", patient)
        saved = ChecklistReview.objects.get()
        assert (saved.whole, saved.answer, saved.headline) == (True, "met", "1 red flag, same day")
        assert (saved.same_day, saved.notes) == (["systemic"], {"systemic": "Lumbar puncture today"})
        assert saved.created_by == colleague

    def test_a_yes_says_what_was_decided(self, client_of: SignIn, colleague: User, patient: Patient) -> None:
        response = sent(client_of(colleague), address("red_flags", patient), self.everything(sudden="yes"))
        assert response.status_code == 422
        assert response.context["form"].errors == {"note_sudden": ["Enter what was decided about this flag."]}
        assert 'value="yes" checked' in " ".join(response.content.decode().split()) or "checked" in str(
            response.content
        )
        assert not ChecklistReview.objects.exists()

    def test_a_circumstance_goes_when_its_flag_is_taken_back(
        self, client_of: SignIn, colleague: User, patient: Patient
    ) -> None:
        sent(client_of(colleague), address("red_flags", patient), self.everything(same_day_neurological="on"))
        assert ChecklistReview.objects.get().same_day == []

    def test_a_part_is_gone_on_with(self, client_of: SignIn, colleague: User, patient: Patient) -> None:
        client = client_of(colleague)
        sent(client, address("red_flags", patient), {"neoplasm": "yes", "note_neoplasm": "Imaging in May"})
        saved = ChecklistReview.objects.get()
        assert (saved.whole, saved.headline) == (False, "1 red flag, urgent decision about imaging; 14 not asked")
        page = shown(client, patient, "red_flags")
        assert "left questions open" in page
        assert "Imaging in May" in page
        assert "Go on with the red flags" in shown(client, patient)

    @pytest.mark.parametrize(
        ("typed", "field", "sentence"),
        [
            ({}, "__all__", "Answer at least one question."),
            ({"sudden": "maybe"}, "sudden", "Select one of the answers in the list."),
            ({"sudden": "no", "answered_on": "31/02/2026"}, "answered_on", None),
            ({"sudden": "no", "answered_on": "2099-01-01"}, "answered_on", None),
        ],
    )
    def test_wrong_answers_stay_beside_the_question(
        self,
        client_of: SignIn,
        colleague: User,
        patient: Patient,
        typed: dict[str, str],
        field: str,
        sentence: str | None,
    ) -> None:
        response = sent(client_of(colleague), address("red_flags", patient), typed)
        assert response.status_code == 422
        assert list(response.context["form"].errors) == [field]
        assert sentence is None or response.context["form"].errors[field] == [sentence]
        assert not ChecklistReview.objects.exists()

    @pytest.mark.parametrize(
        ("given", "same_day", "days", "sentence"),
        [
            ({"moon": False}, frozenset(), 0, "no such question"),
            ({"sudden": False}, frozenset({"systemic"}), 0, "belongs to a flag"),
            ({"sudden": True}, frozenset({"sudden"}), 0, "belongs to a flag"),
            ({"sudden": False}, frozenset(), 1, "not in the future"),
            ({"sudden": False}, frozenset(), -2, "that day or a later one"),
            ({}, frozenset(), 0, "at least one"),
        ],
        ids=["unknown", "no such flag", "no circumstance", "future", "before the newest", "nothing"],
    )
    def test_the_service_refuses(
        self, patient: Patient, given: dict[str, bool], same_day: frozenset[str], days: int, sentence: str
    ) -> None:
        today = timezone.localdate()
        make_red_flags(patient, on=today - DAY)
        answered = Answered(given, dict.fromkeys(given, "noted"), today + days * DAY)
        with pytest.raises(Refused, match=sentence):
            answer_red_flags(patient=patient, answered=answered, same_day=same_day, today=today, by=TESTS)

    def test_the_age_is_the_clinics(self, client_of: SignIn, colleague: User, patient: Patient, settings: Any) -> None:
        assert "after 50 years" in shown(client_of(colleague), patient, "red_flags")
        settings.RED_FLAG_AGE = 65
        page = shown(client_of(colleague), patient, "red_flags")
        assert "after 65 years" in page
        assert "The sources disagree: 65 is this clinic&#x27;s setting" in page

    def test_same_day_stands_on_every_page_until_it_is_answered_again(self, client_of: SignIn, people: People) -> None:
        client, patient = client_of(people.colleague), people.patient
        plan = reverse("treatment:plan", kwargs={"patient_id": patient.pk})
        notice = "Red flag: a matter of the same day"
        today = timezone.localdate()
        make_red_flags(patient, "sudden", on=today - 8 * DAY)
        assert notice not in client.get(plan).content.decode()
        make_red_flags(patient, "sudden", on=today - 7 * DAY)
        assert notice in client.get(plan).content.decode()
        make_red_flags(patient, "painkillers", "neurological")
        assert notice not in client.get(plan).content.decode()
        make_red_flags(patient, "neurological", same_day=frozenset({"neurological"}))
        assert "Decided about neurological" in client.get(plan).content.decode()


class TestOneCause:
    def test_ordered_then_result(self, client_of: SignIn, colleague: User, patient: Patient) -> None:
        client, url = client_of(colleague), address("cause", patient, cause="iih")
        due = (timezone.localdate() + 14 * DAY).isoformat()
        ordered = {"state": "ordered", "asked_for": "MRI with venography", "due_on": due, "result": "typed before"}
        assert sent(client, url, ordered).status_code == 302
        first = CauseReview.objects.get()
        assert (first.asked_for, first.result, first.explains) == ("MRI with venography", "", None)
        result = {"state": "result", "result": "Normal", "explains": "no", "seen": str(first.pk)}
        assert sent(client, url, result).status_code == 302
        page = shown(client, patient, "cause", cause="iih")
        assert page.index("Normal") < page.index("MRI with venography")
        assert "19 of 20 other causes are still open" in shown(client, patient)

    @pytest.mark.parametrize(
        ("typed", "fields"),
        [
            ({}, ["state"]),
            ({"state": "ordered"}, ["asked_for", "due_on"]),
            ({"state": "ordered", "asked_for": "MRI", "due_on": "1 Jan 2020"}, ["due_on"]),
            ({"state": "result"}, ["explains", "result"]),
            ({"state": "not_needed", "reason": "  "}, ["reason"]),
            ({"state": "to_do", "reviewed_on": "2099-01-01"}, ["reviewed_on"]),
            ({"state": "flying"}, ["state"]),
            ({"state": "to_do", "seen": "nonsense"}, ["seen"]),
        ],
        ids=["nothing", "ordered", "due before", "result", "reason", "future", "unknown", "damaged"],
    )
    def test_what_is_missing_is_said_beside_it(
        self, client_of: SignIn, colleague: User, patient: Patient, typed: dict[str, str], fields: list[str]
    ) -> None:
        response = sent(client_of(colleague), address("cause", patient, cause="iih"), typed)
        assert response.status_code == 422
        assert sorted(response.context["form"].errors) == sorted(fields)
        assert not CauseReview.objects.exists()

    def test_somebody_else_was_first(self, client_of: SignIn, people: People) -> None:
        make_review(people.patient, "iih", result="Theirs")
        response = sent(
            client_of(people.colleague), address("cause", people.patient, cause="iih"), {"state": "to_do", "seen": ""}
        )
        assert response.status_code == 422
        assert "Somebody reviewed this meanwhile" in response.content.decode()
        assert CauseReview.objects.get().result == "Theirs"

    def test_no_such_cause(self, client_of: SignIn, colleague: User, patient: Patient) -> None:
        assert client_of(colleague).get(address("cause", patient, cause="moon")).status_code == 404

    def test_a_review_is_not_put_before_the_newest(self, patient: Patient) -> None:
        newest = make_review(patient)
        with pytest.raises(Refused, match="that day or a later one"):
            make_review(patient, seen=newest.pk, reviewed_on=timezone.localdate() - DAY)

    def test_sent_twice_counts_once(self, client_of: SignIn, colleague: User, patient: Patient) -> None:
        client, token = client_of(colleague), str(uuid4())
        for _ in range(2):
            sent(client, address("cause", patient, cause="iih"), {"state": "to_do", "form_token": token})
        assert CauseReview.objects.count() == 1


class TestSeveralNotNeeded:
    def test_one_reason_for_all(self, client_of: SignIn, colleague: User, patient: Patient) -> None:
        typed = {"causes": ["jaw", "sinus"], "reason": "Examined, nothing found"}
        assert sent(client_of(colleague), address("causes", patient), typed).status_code == 302
        saved = CauseReview.objects.values_list("cause", "state", "reason", "created_by")
        assert set(saved) == {(code, "not_needed", "Examined, nothing found", colleague.pk) for code in typed["causes"]}

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"reason": "x"}, "causes"),
            ({"causes": ["jaw"]}, "reason"),
            ({"causes": ["jaw", "iih"], "reason": "x"}, "causes"),
            ({"causes": ["moon"], "reason": "x"}, "causes"),
        ],
        ids=["none ticked", "no reason", "one is ordered", "unknown"],
    )
    def test_all_or_nothing(
        self, client_of: SignIn, colleague: User, patient: Patient, typed: dict[str, Any], field: str
    ) -> None:
        make_review(patient, "iih", state=CauseState.ORDERED, asked_for="MRI", due_on=timezone.localdate())
        response = sent(client_of(colleague), address("causes", patient), typed)
        assert response.status_code == 422
        assert list(response.context["form"].errors) == [field]
        assert CauseReview.objects.count() == 1

    def test_what_somebody_works_on_is_not_swept_away(self, patient: Patient) -> None:
        make_review(patient, "jaw")
        with pytest.raises(Refused, match="meanwhile"):
            set_not_needed(patient=patient, causes=["jaw"], reason="x", today=timezone.localdate(), by=TESTS)


class TestThePseudoCheck:
    def test_it_says_what_the_chart_knows(self, client_of: SignIn, colleague: User, patient: Patient) -> None:
        make_sheet(patient, answers=answers_for("phq9", 16))
        page = shown(client_of(colleague), patient, "pseudo")
        assert "Known: PHQ-9 16, moderately severe" in page
        assert "No questionnaire about sleep is answered yet." in page
        assert "Diary: " in page

    def test_a_reason_keeps_its_line_open(self, client_of: SignIn, colleague: User, patient: Patient) -> None:
        close_all_lines(patient)
        typed = {**{item.code: "no" for item in PSEUDO_ITEMS}, "sleep": "yes", "note_sleep": "Study in May"}
        assert sent(client_of(colleague), address("pseudo", patient), typed).status_code == 302
        page = shown(client_of(colleague), patient)
        assert "1 line is open" in page
        assert "To mend first: A sleep disorder was missed or not treated" in page
        assert "Study in May" in page


class TestWhoMay:
    @pytest.mark.parametrize("who", ["stranger", "manager", "pharmacist"])
    def test_nobody_else_writes(self, people: People, who: str) -> None:
        by = getattr(people, who)
        for write in (make_red_flags, make_pseudo, make_review):
            with pytest.raises(PermissionDenied):
                write(people.patient, by=by)
        with pytest.raises(PermissionDenied):
            set_not_needed(patient=people.patient, causes=["jaw"], reason="x", today=timezone.localdate(), by=by)
        assert latest_list(people.patient, Checklist.RED_FLAGS) is None


class TestOverdueTests:
    def test_only_the_newest_review_of_my_patients(self, people: People, django_assert_num_queries: Any) -> None:
        today = timezone.localdate()
        late = {"state": CauseState.ORDERED, "asked_for": "MRI", "due_on": today - DAY, "reviewed_on": today - 9 * DAY}
        wanted = make_review(people.patient, "iih", **late)
        done = make_review(people.patient, "mass", **late)
        make_review(people.patient, "mass", seen=done.pk)
        make_review(people.patient, "neck", **{**late, "due_on": today})
        make_review(make_patient(), "iih", **late)
        with django_assert_num_queries(1):
            assert list(overdue_tests_for(people.colleague, today)) == [wanted]
        assert list(overdue_tests_for(people.stranger, today)) == []
        assert list(overdue_tests_for(people.manager, today)) == []
