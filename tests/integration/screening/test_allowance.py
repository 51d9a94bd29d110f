"""Days a month agreed with the patient, compared with the diary, and shown on the patient's own page."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import PrescriberCredential, User
from apps.core.writing import Refused
from apps.diary.choices import State
from apps.diary.entries import DayEntry, IntakeEntry
from apps.diary.selectors import counts_for
from apps.diary.selectors.rollup import acute_days_of_month
from apps.patients.models import Patient
from apps.screening.choices import Ration
from apps.screening.models import Allowance
from apps.screening.presenters.allowance import allowance_lines, rescue_findings
from apps.screening.selectors.allowance import agreed_days
from apps.screening.services.allowance import end_allowance
from tests.documents.text import words_of_html
from tests.factories.diary import headache, make_acute_medicine, no_headache, record
from tests.factories.diary_link import make_diary_link
from tests.factories.overuse import make_allowance
from tests.fixtures.people import People

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
WHY = "Triptans are not allowed after the stroke."


def address(patient: Patient) -> str:
    return reverse("screening:allowance", args=[patient.pk])


def later(days: int = 60) -> date:
    return timezone.localdate() + timedelta(days=days)


def sent(client: Client, patient: Patient, **answers: str) -> Any:
    given = {"ration": "all", "days": "8", "justification": "", "review_on": "", **answers}
    return client.post(address(patient), {"form_token": str(uuid.uuid4()), **given})


def rescue(patient: Patient, by: User, ration: Ration = Ration.OPIOID_INSIDE, days: int = 2) -> Allowance:
    return make_allowance(patient, by, ration, days, justification=WHY, review_on=later())


class TestAgreeing:
    def test_a_nurse_agrees_on_eight_days(self, client_of: SignIn, people: People) -> None:
        client = client_of(people.colleague)
        response = sent(client, people.patient, justification="dropped, because nobody asked for it")
        assert response.status_code == 302
        agreed = Allowance.objects.get()
        assert (agreed.ration, agreed.days, agreed.agreed_on) == ("all", 8, timezone.localdate())
        assert (agreed.created_by, agreed.justification, agreed.review_on) == (people.colleague, "", None)
        page = words_of_html(client.get(address(people.patient)).content.decode())
        assert "All acute and rescue medicines together: at most 8 days a month" in page
        assert "all" not in dict(client.get(address(people.patient)).context["form"].fields["ration"].choices)

    def test_the_prescriber_alone_agrees_on_an_opioid(self, client_of: SignIn, people: People) -> None:
        patient = people.patient
        opioid = {"ration": "opioid_inside", "days": "2", "justification": WHY, "review_on": later().isoformat()}
        nurse = client_of(people.colleague)
        response = sent(nurse, patient, **opioid)
        assert response.status_code == 422
        assert set(response.context["form"].errors) == {"ration"}
        page = words_of_html(nurse.get(address(patient)).content.decode())
        assert "Opioids and butalbital for rescue are agreed on by the prescriber alone Who may Dr Amara Okafor" in page
        with pytest.raises(PermissionDenied, match="Only the prescriber"):
            rescue(patient, people.colleague)
        assert sent(client_of(people.treating), patient, **opioid).status_code == 302
        assert Allowance.objects.get().justification == WHY

    def test_a_prescriber_whose_credential_has_run_out_reads_why(self, client_of: SignIn, people: People) -> None:
        PrescriberCredential.objects.filter(user=people.treating).update(valid_from=later(-300), valid_to=later(-1))
        page = words_of_html(client_of(people.treating).get(address(people.patient)).content.decode())
        assert "Your prescriber credential is not valid today." in page

    @pytest.mark.parametrize(
        ("answers", "field"),
        [
            ({"days": ""}, "days"),
            ({"days": "32"}, "days"),
            ({"days": "-1"}, "days"),
            ({"days": "often"}, "days"),
            ({"ration": ""}, "ration"),
            ({"ration": "8.2.9"}, "ration"),
            ({"review_on": "yesterday"}, "review_on"),
            ({"review_on": "today"}, "review_on"),
            ({"ration": "opioid_inside", "review_on": "later"}, "justification"),
            ({"ration": "butalbital_inside", "justification": WHY}, "review_on"),
            ({"ration": "opioid_inside", "review_on": "later", "justification": "x" * 1001}, "justification"),
        ],
        ids=[
            "no days",
            "too many days",
            "below nothing",
            "no number",
            "no ration",
            "no such ration",
            "no date",
            "not later",
            "no reason",
            "no review",
            "reason too long",
        ],
    )
    def test_bad_answers_are_refused_beside_the_field_and_kept(
        self, client_of: SignIn, treating: User, patient: Patient, answers: dict[str, str], field: str
    ) -> None:
        written = {"later": later().isoformat(), "today": timezone.localdate().isoformat()}
        given = {name: written.get(value, value) for name, value in answers.items()}
        response = sent(client_of(treating), patient, **given)
        assert response.status_code == 422
        assert set(response.context["form"].errors) == {field}
        assert response.context["form"]["days"].value() == given.get("days", "8")
        assert not Allowance.objects.exists()

    def test_one_number_at_a_time(self, people: People) -> None:
        make_allowance(people.patient, people.colleague)
        with pytest.raises(Refused, match="End that one first"):
            make_allowance(people.patient, people.treating, days=10)
        make_allowance(people.patient, people.colleague, Ration.TRIPTAN, 8)


class TestEnding:
    def test_an_ended_agreement_stays_and_makes_room(self, client_of: SignIn, people: People) -> None:
        patient, client = people.patient, client_of(people.colleague)
        agreed = make_allowance(patient, people.treating)
        end = reverse("screening:end_allowance", args=[patient.pk, agreed.pk])
        assert "at most 8 days a month" in words_of_html(client.get(end).content.decode())
        assert "is ended" in words_of_html(client.post(end, follow=True).content.decode())
        agreed.refresh_from_db()
        assert agreed.ended_by == people.colleague
        assert "ended this agreement already" in words_of_html(client.post(end, follow=True).content.decode())
        with pytest.raises(Refused, match="Nurse Tom Reed ended this agreement already"):
            end_allowance(allowance=agreed, by=people.treating)
        assert sent(client, patient, days="10").status_code == 302
        assert agreed_days(patient) == 10
        page = words_of_html(client.get(address(patient)).content.decode())
        assert "All acute and rescue medicines together: at most 8 days a month, agreed" in page

    def test_a_rescue_agreement_is_ended_by_the_prescriber(self, client_of: SignIn, people: People) -> None:
        agreed = rescue(people.patient, people.treating)
        end = reverse("screening:end_allowance", args=[people.patient.pk, agreed.pk])
        nurse = client_of(people.colleague)
        assert end not in nurse.get(address(people.patient)).content.decode()
        locked = nurse.post(end)
        assert locked.status_code == 403
        assert "Tell Dr Amara Okafor" in words_of_html(locked.content.decode())
        with pytest.raises(PermissionDenied):
            end_allowance(allowance=agreed, by=people.colleague)
        assert client_of(people.treating).post(end).status_code == 302
        agreed.refresh_from_db()
        assert agreed.ended_by == people.treating


def test_it_stands_on_the_page_of_medicines_too(client_of: SignIn, people: People) -> None:
    address_of_medicines = reverse("treatment:medicines", args=[people.patient.pk])
    client = client_of(people.colleague)
    assert "Agreed with the patient" not in client.get(address_of_medicines).content.decode()
    make_allowance(people.patient, people.colleague)
    make_allowance(people.patient, people.colleague, Ration.TRIPTAN, 1)
    page = words_of_html(client.get(address_of_medicines).content.decode())
    assert (
        "Agreed with the patient: All acute and rescue medicines together, at most 8 days a month; "
        "Triptans, at most 1 day a month."
    ) in page


def test_who_may_agree(people: People, client_of: SignIn) -> None:
    patient = people.patient
    agreed = make_allowance(patient, people.treating)
    end = reverse("screening:end_allowance", args=[patient.pk, agreed.pk])
    for user, status in ((people.colleague, 200), (people.stranger, 404), (people.manager, 403)):
        assert client_of(user).get(address(patient)).status_code == status
        assert client_of(user).get(end).status_code == status
    for wrong in (people.stranger, people.manager):
        assert sent(client_of(wrong), patient, ration="8.2.2").status_code in (403, 404)
        with pytest.raises(PermissionDenied):
            make_allowance(patient, wrong, Ration.TRIPTAN)
        with pytest.raises(PermissionDenied):
            end_allowance(allowance=agreed, by=wrong)
    other = client_of(people.treating).get(reverse("screening:end_allowance", args=[patient.pk, uuid.uuid4()]))
    assert other.status_code == 404


class TestComparedWithTheDiary:
    ON = date(2026, 10, 20)

    def lines(self, patient: Patient, *, ration: Ration = Ration.ALL) -> list[tuple[str, str, str]]:
        counts = counts_for(patient, self.ON)
        agreed = [each for each in Allowance.objects.filter(patient=patient) if each.ration == ration]
        return [(used.title, used.text, used.verdict) for line in allowance_lines(agreed, counts) for used in line.used]

    def october(self, taken: int, *codes: str, until: int = 20) -> list[DayEntry]:
        days = [date(2026, 10, number) for number in range(1, until + 1)]
        return [headache(day, *codes) if place < taken else no_headache(day) for place, day in enumerate(days)]

    @pytest.mark.parametrize(
        ("taken", "until", "text", "verdict"),
        [
            (7, 20, "7 of 8 days used", "within the allowance"),
            (8, 20, "8 of 8 days used", "within the allowance"),
            (9, 20, "9 of 8 days used", "over the allowance"),
            (5, 17, "5 to 8 of 8 days used", "within the allowance"),
            (5, 16, "5 to 9 of 8 days used", "may be over: 4 days not known"),
            (9, 10, "9 to 19 of 8 days used", "over the allowance"),
        ],
    )
    def test_this_month_so_far(
        self, patient: Patient, colleague: User, taken: int, until: int, text: str, verdict: str
    ) -> None:
        make_acute_medicine("sumatriptan")
        make_allowance(patient, colleague, today=date(2026, 10, 1))
        record(patient, *self.october(taken, "sumatriptan", until=until))
        assert self.lines(patient)[0] == ("October 2026 so far", text, verdict)
        assert self.lines(patient)[1][0] == "Last 30 days"

    def test_months_before_count_from_the_agreement_on(self, patient: Patient, colleague: User) -> None:
        make_allowance(patient, colleague, today=date(2026, 9, 15))
        assert [title for title, *_ in self.lines(patient)] == [
            "October 2026 so far",
            "Last 30 days",
            "September 2026",
        ]

    def test_each_ration_counts_its_own(self, people: People) -> None:
        patient = people.patient
        make_acute_medicine("sumatriptan")
        make_acute_medicine("codeine", overuse_class="combination", contains_opioid=True, ingredients=["codeine"])
        make_allowance(patient, people.treating, Ration.TRIPTAN, 3, today=date(2026, 10, 1))
        make_allowance(patient, people.treating, Ration.COMBINATION, 3, today=date(2026, 10, 1))
        make_allowance(
            patient,
            people.treating,
            Ration.OPIOID_INSIDE,
            1,
            justification=WHY,
            review_on=later(),
            today=date(2026, 10, 1),
        )
        record(patient, *self.october(2, "sumatriptan", "codeine"))
        for ration, text in (
            (Ration.TRIPTAN, "2 of 3 days used"),
            (Ration.COMBINATION, "2 of 3 days used"),
            (Ration.OPIOID_INSIDE, "2 of 1 day used"),
        ):
            assert self.lines(patient, ration=ration)[0][1] == text
        (opioid,) = rescue_findings(Allowance.objects.filter(patient=patient), counts_for(patient, self.ON), patient)
        assert (opioid.answer, "more than the 1 day a month" in opioid.headline) == ("Look closer", True)

    def test_an_opioid_without_a_limit_is_flagged(self, patient: Patient) -> None:
        make_acute_medicine("codeine", overuse_class="opioid", contains_opioid=True)
        record(patient, headache(date(2026, 10, 3), "codeine"))
        (opioid,) = rescue_findings([], counts_for(patient, self.ON), patient)
        assert opioid.answer == "Look closer"
        assert "no limit with a justification is recorded" in opioid.headline


class TestThePatientsPage:
    def page(self, link: Any) -> str:
        return words_of_html(Client().get(f"/d/{link.token}/").content.decode())

    def test_one_calm_line(self, people: People) -> None:
        patient, today = people.patient, timezone.localdate()
        make_acute_medicine("sumatriptan")
        link = make_diary_link(patient, people.treating)
        assert "Agreed" not in self.page(link)
        make_allowance(patient, people.treating)
        rescue(patient, people.treating)
        days = [today.replace(day=number) for number in range(1, today.day + 1)]
        record(patient, *(headache(day, "sumatriptan") for day in days))
        said = f"Agreed: at most 8 days a month with any acute medicine. Used this month so far: {today.day}"
        page = self.page(link)
        assert said in page
        for leak in (WHY, "Opioid", "Okafor", "over"):
            assert leak not in page.replace(str(people.patient), "")

    def test_days_not_entered_are_not_days_without(self, people: People) -> None:
        """None entered, or at least so many: never a number that the missing days could belie."""
        link = make_diary_link(people.patient, people.treating)
        make_allowance(people.patient, people.treating, days=1)
        assert (
            "Agreed: at most 1 day a month with any acute medicine. Used this month so far: none entered"
            in self.page(link)
        )
        make_acute_medicine("sumatriptan")
        record(people.patient, headache(timezone.localdate(), "sumatriptan"))
        said = "so far: 1" if timezone.localdate().day == 1 else "so far: at least 1"
        assert said in self.page(link)

    def test_the_month_is_counted_as_the_diary_counts_it(
        self, people: People, django_assert_num_queries: Callable[[int], Any]
    ) -> None:
        patient, today = people.patient, timezone.localdate()
        make_acute_medicine("sumatriptan")
        first = today.replace(day=1)
        unknown = DayEntry(
            day=first, state=State.HEADACHE, severity=2, intakes=(IntakeEntry(None),), intakes_known=False
        )
        record(patient, unknown, headache(first - timedelta(days=1), "sumatriptan"))
        if today.day > 1:
            record(patient, no_headache(today))
        with django_assert_num_queries(1):
            count = acute_days_of_month(patient, today)
        assert count == counts_for(patient, today).months[-1].acute
