"""The sleep screen from its form to its findings, what it takes from the chart, and who may do what."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.accounts.choices import Role
from apps.accounts.models import User
from apps.clinical.findings import Interval
from apps.clinical.periods import window_ending
from apps.core.writing import Refused
from apps.diary.models import DayContext, DiaryDay
from apps.patients.models import Patient
from apps.screening.choices import ReferralState
from apps.screening.models import SleepReferral, SleepScreen
from apps.screening.selectors.sleep import known_elsewhere
from apps.screening.services.sleep import record_sleep_screen
from tests.factories.accounts import make_user
from tests.factories.diary import headache, make_acute_medicine, no_headache, record
from tests.factories.patients import make_patient
from tests.factories.screening import answers_for, make_sheet
from tests.factories.sleep import SNORES, make_sleep_screen, make_sleep_study, record_night
from tests.fixtures.people import People, join_care_team
from tests.integration.screening.test_answering import page_of

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
JANUARY = date(2026, 1, 5)
NOSAS = {"neck": 410, "bmi": 312, "snores": 1, "age": 42, "male": 0}


def address(name: str, patient: Patient, *more: Any) -> str:
    return reverse(f"screening:{name}", args=[patient.pk, *more])


def answer(client: Client, patient: Patient, **given: Any) -> Any:
    """Fill in the form as the page offers it, change some answers, and send it."""
    where = address("sleep_screen", patient)
    form = client.get(where).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    return client.post(where, {name: value for name, value in {**shown, **given}.items() if value is not None})


def found(screen: SleepScreen) -> dict[str, str]:
    return {route["disorder"]: route["finding"]["answer"] for route in screen.routes}


class TestTheForm:
    @pytest.mark.parametrize(
        ("disorder", "given", "study"),
        [
            ("apnoea", {"bmi": "30"}, "Polysomnography or home sleep apnoea test"),
            ("apnoea", {"bmi": "30", "stroke": "yes"}, "Polysomnography in the sleep laboratory"),
            ("insomnia", {"trouble_sleeping": "yes"}, "Two weeks of sleep diary, referral for CBT-I"),
            ("hypersomnia", {"cataplexy": "yes"}, "then polysomnography and MSLT"),
            ("circadian", {"shift_work": "yes"}, "Sleep log with actigraphy"),
            ("dream_enactment", {"dream_enactment": "yes"}, "Polysomnography with video"),
        ],
        ids=["apnoea", "complicated apnoea", "insomnia", "hypersomnia", "circadian", "dream enactment"],
    )
    def test_leads_to_the_finding(
        self, client_of: SignIn, people: People, disorder: str, given: dict[str, str], study: str
    ) -> None:
        client = client_of(people.colleague)
        response = answer(client, people.patient, **given)
        assert response.status_code == 302
        screen = SleepScreen.objects.get()
        assert {name for name, said in found(screen).items() if said == "met"} == {disorder}
        assert next(iter(found(screen))) == disorder
        assert screen.created_by == people.colleague
        page = page_of(client.get(response.url))
        assert study in page
        assert page.count("Want this study") == 1

    def test_limb_movements_and_restless_legs_need_the_question_of_the_questionnaire(
        self, client_of: SignIn, people: People
    ) -> None:
        client, jerks = client_of(people.colleague), {"leg_jerks_seen": "yes", "unrefreshing_sleep": "yes"}
        answer(client, people.patient, **jerks, untreated_apnoea="no")
        assert found(SleepScreen.objects.latest("created_at"))["limb_movement"] == "cannot_tell"
        make_sheet(people.patient, "rls", {"item1": 0})
        answer(client, people.patient)
        assert found(SleepScreen.objects.latest("created_at"))["limb_movement"] == "met"
        make_sheet(people.patient, "rls", {"item1": 1})
        answer(client, people.patient, ferritin="60")
        screen = SleepScreen.objects.latest("created_at")
        assert (found(screen)["restless_legs"], found(screen)["limb_movement"]) == ("met", "not_met")
        assert "Restless legs likely; iron is recommended" in page_of(client.get(address("sleep", people.patient)))

    def test_what_is_not_answered_is_not_known_and_never_no(self, client_of: SignIn, people: People) -> None:
        # Not even sent: a form that came without its radio buttons.
        client, where = client_of(people.colleague), address("sleep_screen", people.patient)
        form = client.get(where).context["form"]
        client.post(
            where, {"form_token": form["form_token"].value(), "answered_on": "5/1/2026", "stroke": "no", "bmi": ""}
        )
        screen = SleepScreen.objects.get()
        assert screen.answers == {"stroke": False}
        assert {"label": "Body mass index", "value": "not known", "source": "asked on 5 Jan 2026"} in screen.facts

    def test_is_filled_in_as_last_time_and_says_of_when(self, client_of: SignIn, people: People) -> None:
        last = {**SNORES, "stroke": False, "sleep_opportunity_hours": 7.5, "free_days": [0, 6]}
        make_sleep_screen(people.patient, by=people.treating, answers=last, answered_on=JANUARY)
        client = client_of(people.colleague)
        page = client.get(address("sleep_screen", people.patient))
        assert "The answers are those of 5 Jan 2026" in page_of(page)
        answer(client, people.patient, stroke="not_known")
        newest = SleepScreen.objects.latest("created_at")
        assert newest.answers == {key: value for key, value in last.items() if key != "stroke"}
        assert SleepScreen.objects.count() == 2

    @pytest.mark.parametrize(
        ("given", "sentence"),
        [
            ({"bmi": "fat"}, "Enter a number from 8 to 120 with at most 1 decimal."),
            ({"bmi": "7"}, "Enter a number from 8 to 120 with at most 1 decimal."),
            ({"waking_headache_days": "31"}, "Enter a number from 0 to 30, without decimals."),
            ({"waking_headache_days": "3.5"}, "Enter a number from 0 to 30, without decimals."),
            ({"ferritin": "1e9999"}, "Enter a number from 0 to 5000 with at most 1 decimal."),
            ({"ferritin": "NaN"}, "Enter a number from 0 to 5000 with at most 1 decimal."),
            ({"stroke": "perhaps"}, "Select one of the answers in the list."),
            ({"free_days_told": "told", "free_days": ["9"]}, "Select one of the answers in the list."),
            ({"resistant_hypertension": "yes", "hypertension": "no"}, "You answered no to high blood pressure above."),
            (
                {"heart_failure": "yes", "heart_or_lung_disease": "no"},
                "You answered no to heart or lung disease above.",
            ),
            ({"answered_on": "1/1/2099"}, "Enter a date up to"),
            ({"note": "", "stroke": "not_known", "loud_snoring": "not_known"}, "Answer at least one question."),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(
        self, client_of: SignIn, people: People, given: dict[str, Any], sentence: str
    ) -> None:
        typed = {"loud_snoring": "yes", "note": "His wife was there", **given}
        response = answer(client_of(people.colleague), people.patient, **typed)
        assert response.status_code == 422
        assert sentence in page_of(response)
        form = response.context["form"]
        assert {name: form[name].value() for name in typed} == typed
        assert not SleepScreen.objects.exists()

    def test_sent_twice_counts_once(self, client_of: SignIn, people: People) -> None:
        client, where = client_of(people.colleague), address("sleep_screen", people.patient)
        form = client.get(where).context["form"]
        sent = {"form_token": form["form_token"].value(), "answered_on": "5/1/2026", "stroke": "no"}
        assert [client.post(where, sent).status_code for _ in range(2)] == [302, 302]
        assert SleepScreen.objects.count() == 1


class TestWhatTheChartKnows:
    def test_is_read_from_questionnaires(self, client_of: SignIn, people: People) -> None:
        for code, total in (("ess", 12), ("isi", 9), ("sci", 20)):
            make_sheet(people.patient, code, answers_for(code, total))
        make_sheet(people.patient, "nosas", NOSAS, answered_on=JANUARY)
        make_sheet(people.patient, "stopbang", answers_for("stopbang", 6))
        make_sheet(people.patient, "rls", {"item1": 1})
        facts = known_elsewhere(people.patient, timezone.localdate()).facts
        assert {name: facts[name] for name in ("epworth", "isi", "sci", "nosas", "bmi")} == {
            "epworth": 12,
            "isi": 9,
            "sci": 20,
            "nosas": 11,
            "bmi": 31.2,
        }
        assert (facts["stop_bang_high"], facts["restless_legs"]) == (True, True)
        page = client_of(people.colleague).get(address("sleep_screen", people.patient))
        assert "bmi" not in page.context["form"].fields
        assert "answered 5 Jan 2026" in page_of(page)

    def test_nothing_recorded_is_nothing_known(self, patient: Patient) -> None:
        facts = known_elsewhere(patient, timezone.localdate()).facts
        assert facts.pop("opioid_days") == Interval(0, 30)
        assert set(facts.values()) == {None}

    def test_opioid_days_and_nights_come_from_the_diary(self, people: People) -> None:
        patient, today = people.patient, timezone.localdate()
        code = make_acute_medicine("codeine", overuse_class="opioid", ingredients=["codeine"]).code
        record(patient, *(headache(today - timedelta(days=back), code) for back in range(3)))
        for back in range(10):
            day = today - timedelta(days=back)
            record_night(patient, day, begins=time(3) if day.weekday() >= 5 else time(23), hours=8)
        screen = make_sleep_screen(patient, by=people.treating, answers={"stroke": False})
        facts = {fact["label"]: (fact["value"], fact["source"]) for fact in screen.facts}
        window = f"diary, {window_ending(today)}"
        assert facts["Days with an opioid"] == ("3–30 of 30", window)
        assert facts["Nights with times of sleep"][0] == "10 of 30"
        assert facts["Epworth"] == ("not known", "never answered")
        circadian = next(route for route in screen.routes if route["disorder"] == "circadian")
        assert circadian["finding"]["answer"] == "met"
        assert {"label": "Social jetlag, from 2 h", "value": "4 h"} in circadian["reasons"]

    def test_a_questionnaire_answered_later_is_pointed_out(self, client_of: SignIn, people: People) -> None:
        client = client_of(people.colleague)
        make_sleep_screen(people.patient, by=people.treating, answered_on=timezone.localdate() - timedelta(days=3))
        assert "Answered since then" not in page_of(client.get(address("sleep", people.patient)))
        make_sheet(people.patient, "ess", answers_for("ess", 12))
        assert "Epworth. Answer the sleep screen again" in page_of(client.get(address("sleep", people.patient)))

    def test_somebody_else_s_chart_is_not_read(self, patient: Patient) -> None:
        other = make_patient()
        make_sheet(other, "ess", answers_for("ess", 12))
        record_night(other, timezone.localdate(), begins=time(23), hours=8)
        known = known_elsewhere(patient, timezone.localdate())
        assert (known.facts["epworth"], known.contexts) == (None, ())


class TestTheService:
    def test_refuses_what_the_form_would_never_send(self, people: People) -> None:
        today = timezone.localdate()
        for answers, day in (
            ({}, today),
            ({"free_days": [5]}, today),
            ({"stroke": None}, today),
            ({"restless_legs": True}, today),
            ({"stroke": True}, today + timedelta(days=1)),
        ):
            with pytest.raises(Refused):
                record_sleep_screen(
                    patient=people.patient, answers=answers, answered_on=day, today=today, by=people.treating
                )

    def test_keeps_the_version_of_each_rule(self, people: People) -> None:
        screen = make_sleep_screen(people.patient, by=people.treating)
        assert screen.routes[0]["finding"]["rule_id"] == "sleep.apnoea_risk"
        assert all(route["finding"]["rule_version"] and route["finding"]["source"] for route in screen.routes)
        assert len(screen.routes) == 7


class TestThePage:
    def test_shows_nights_and_headache_beside_them(self, client_of: SignIn, people: People) -> None:
        patient, today = people.patient, timezone.localdate()
        days = [today - timedelta(days=back) for back in range(40)]
        DiaryDay.objects.bulk_create(
            DiaryDay(patient=patient, day=day, state="headache" if number % 2 else "none")
            for number, day in enumerate(days)
        )
        DayContext.objects.bulk_create(
            DayContext(patient=patient, day=day, sleep_minutes=300 if number % 2 else 420)
            for number, day in enumerate(days)
        )
        page = page_of(client_of(people.treating).get(address("sleep", patient)))
        assert "30 of 30" in page
        assert "5 h to 7 h" in page
        assert "20 of 20 days" in page
        assert "goes with more headache" in page
        assert "0 nights are recorded with their times" in page
        assert "No sleep screen yet" in page

    def test_says_nothing_from_few_nights(self, client_of: SignIn, people: People) -> None:
        patient, today = people.patient, timezone.localdate()
        record(patient, headache(today), no_headache(today - timedelta(days=1)))
        for back in range(6):
            record_night(patient, today - timedelta(days=back), begins=time(23), hours=7)
        page = page_of(client_of(people.treating).get(address("sleep", patient)))
        assert "Length of sleep: 6 of 7 nights needed are recorded." in page
        assert "Mean length" not in page
        assert page.count("Nothing is said") == 2

    def test_the_number_of_queries_does_not_grow(self, client_of: SignIn, people: People) -> None:
        client, patient, me = client_of(people.treating), people.patient, people.treating

        def reads(page: str) -> int:
            with CaptureQueriesContext(connection) as asked:
                assert client.get(page).status_code == 200
            return sum(1 for query in asked if query["sql"].startswith("SELECT") and "set_config" not in query["sql"])

        make_sleep_screen(patient, by=me)
        make_sleep_study(patient, by=me, state=ReferralState.ACTED_ON, on=timezone.localdate() - timedelta(days=60))
        few = reads(address("sleep", patient))
        for _ in range(4):
            make_sleep_screen(patient, by=me)
            make_sleep_study(patient, by=me, state=ReferralState.ACTED_ON, on=timezone.localdate() - timedelta(days=90))
        assert reads(address("sleep", patient)) == few
        assert few <= 12

    def test_an_earlier_screen_stays_readable(self, client_of: SignIn, people: People) -> None:
        first = make_sleep_screen(
            people.patient, by=people.treating, answers={"stroke": True}, answered_on=JANUARY, note="By letter"
        )
        make_sleep_screen(people.patient, by=people.treating)
        client = client_of(people.colleague)
        assert "5 Jan 2026" in page_of(client.get(address("sleep", people.patient)))
        page = page_of(client.get(address("sleep_past", people.patient, first.pk)))
        assert "Has had a stroke" in page
        assert "By letter" in page
        other = make_patient()
        join_care_team(people.colleague, other)
        assert client.get(address("sleep_past", other, first.pk)).status_code == 404


@pytest.mark.parametrize("role", [Role.PHYSIOTHERAPIST, Role.EDUCATOR, Role.PHARMACIST])
def test_who_may_not_record_reads_only(client_of: SignIn, people: People, role: Role) -> None:
    reader = make_user(role=role)
    join_care_team(reader, people.patient)
    make_sleep_screen(people.patient, by=people.treating)
    client = client_of(reader)
    page = page_of(client.get(address("sleep", people.patient)))
    assert "Increased risk of sleep apnoea" in page
    for offer in ("Answer the sleep screen", "Want this study", "Ask for a study"):
        assert offer not in page
    for name, more in (("sleep_screen", []), ("sleep_want", ["apnoea"])):
        assert client.get(address(name, people.patient, *more)).status_code == 403
        assert client.post(address(name, people.patient, *more)).status_code == 403
    with pytest.raises(PermissionDenied):
        make_sleep_screen(people.patient, by=reader)
    with pytest.raises(PermissionDenied):
        make_sleep_study(people.patient, by=reader)
    assert not SleepReferral.objects.exists()


def test_a_stranger_finds_nothing(client_of: SignIn, people: People) -> None:
    screen = make_sleep_screen(people.patient, by=people.treating)
    client = client_of(people.stranger)
    for name, more in (("sleep", []), ("sleep_screen", []), ("sleep_past", [screen.pk]), ("sleep_want", ["apnoea"])):
        assert client.get(address(name, people.patient, *more)).status_code == 404
    assert client_of(people.treating).get(address("sleep_want", people.patient, "tired")).status_code == 404
