"""Asking an instrument through its page: scores, what is left open, safety, corrections, bad input."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.core.writing import Refused
from apps.patients.choices import Sex
from apps.patients.models import Patient
from apps.screening.models import Administration, SafetyTask
from tests.factories.screening import answers_for, make_sheet, phq9

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
NO_TOTAL_RULE = "With more missing there is no total."


def ask(patient: Patient, code: str = "phq9") -> str:
    return reverse("screening:answer", args=[patient.pk, code])


def correction(sheet: Administration) -> str:
    return reverse("screening:correct", args=[sheet.patient_id, sheet.pk])


def page_of(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", unescape(response.content.decode()))


def sent(client: Client, address: str, answers: dict[str, Any], **more: Any) -> HttpResponse:
    """Fill in the form as the page offers it, and send it."""
    form = client.get(address).context["form"]
    housekeeping = {name: form[name].value() for name in ("form_token", "version") if name in form.fields}
    about = {"answered_on": timezone.localdate().isoformat(), "mode": "clinician", "language": "en"}
    return client.post(address, {**housekeeping, **about, **answers, **more})


class TestScores:
    @pytest.mark.parametrize(
        ("code", "total", "band"),
        [
            ("phq9", 4, "minimal"),
            ("phq9", 5, "mild"),
            ("phq9", 9, "mild"),
            ("phq9", 10, "moderate, screen positive"),
            ("phq9", 14, "moderate, screen positive"),
            ("phq9", 15, "moderately severe, screen positive"),
            ("phq9", 20, "severe, screen positive"),
            ("phq9", 27, "severe, screen positive"),
            ("gad7", 9, "mild"),
            ("gad7", 10, "moderate, screen positive"),
            ("gad7", 15, "severe, screen positive"),
            ("midas", 5, "grade I"),
            ("midas", 6, "grade II"),
            ("midas", 11, "grade III"),
            ("midas", 20, "grade III"),
            ("midas", 21, "grade IV"),
            ("midas", 460, "grade IV"),
        ],
    )
    def test_at_the_edges_of_the_bands(
        self, client_of: SignIn, treating: User, patient: Patient, code: str, total: int, band: str
    ) -> None:
        client = client_of(treating)
        answers = {**answers_for(code, total), **({"a": 30} if code == "midas" else {})}
        response = sent(client, ask(patient, code), answers)
        sheet = Administration.objects.get()
        assert response.url == reverse("screening:sheet", args=[patient.pk, sheet.pk])  # type: ignore[attr-defined]
        assert (sheet.total, sheet.state, sheet.missing, sheet.prorated) == (total, "complete", 0, False)
        assert (sheet.created_by, sheet.recorded_by, sheet.instrument_version) == (treating, treating, "1.0")
        page = page_of(client.get(response.url))  # type: ignore[attr-defined]
        assert f">{band}<" in page
        assert ("speak with the patient now" in page) is (total == 27)

    @pytest.mark.parametrize(
        ("sex", "born", "typed", "stored", "total"),
        [
            (Sex.MALE, 1960, {"neck": "40.1", "bmi": "30", "snores": "1"}, {"neck": 401, "bmi": 300, "male": 1}, 17),
            (Sex.FEMALE, 1990, {"neck": "40", "bmi": "24.9", "snores": "0"}, {"neck": 400, "bmi": 249, "male": 0}, 0),
            # 90.8 kg at 174 cm are 29.99 kg/m²: cut off to 29.9, not yet 30.
            (Sex.FEMALE, 1990, {"neck": "38", "height": "174", "weight": "90.8", "snores": "1"}, {"bmi": 299}, 5),
            (Sex.NOT_KNOWN, 1990, {"neck": "38", "bmi": "25", "snores": "1", "male": "1"}, {"male": 1}, 7),
        ],
    )
    def test_nosas_takes_age_and_sex_from_the_chart(
        self,
        client_of: SignIn,
        treating: User,
        patient: Patient,
        sex: str,
        born: int,
        typed: dict[str, str],
        stored: dict[str, int],
        total: int,
    ) -> None:
        Patient.objects.filter(pk=patient.pk).update(sex=sex, date_of_birth=date(born, 5, 4))
        response = sent(client_of(treating), ask(patient, "nosas"), typed)
        assert response.status_code == 302, page_of(response)
        sheet = Administration.objects.get()
        assert sheet.answers.items() >= stored.items()
        assert (sheet.total, sheet.positive) == (total, total >= 8)

    def test_midas_shows_no_wording_and_takes_a_total_alone(
        self, client_of: SignIn, treating: User, patient: Patient
    ) -> None:
        client = client_of(treating)
        page = page_of(client.get(ask(patient, "midas")))
        assert "The wording of the questions comes from the licensed paper form" in page
        assert "Question 1" in page
        for word in ("work", "school", "household", "leisure", "chores"):
            assert word not in page[page.index("Numbers only") : page.index("Policy C")]
        sent(client, ask(patient, "midas"), {"total": "34"})
        sheet = Administration.objects.get()
        assert (sheet.mode, sheet.total, sheet.band, sheet.answers) == ("total_only", 34, "grade IV", {})
        response = sent(client, ask(patient, "midas"), {"total": "34", "count1": "3"})
        assert response.context["form"].errors["total"] == ["Enter either the total or the numbers it is made of."]
        assert sent(client, ask(patient, "midas"), {"total": "461"}).status_code == 422


class TestLeftOpen:
    def test_every_open_question_is_named(self, client_of: SignIn, treating: User, patient: Patient) -> None:
        response = sent(client_of(treating), ask(patient), phq9(1, 2, 3))
        assert response.status_code == 422
        assert set(response.context["form"].errors) == {f"item{number}" for number in range(4, 10)}
        assert response.context["form"]["item3"].value() == "3"
        assert not Administration.objects.exists()

    @pytest.mark.parametrize(
        ("given", "total", "prorated", "words"),
        [
            (8, 9, True, "Estimated from incomplete answers (prorated)"),
            (7, 9, True, "Estimated from incomplete answers (prorated)"),
            (6, None, False, NO_TOTAL_RULE),
        ],
    )
    def test_a_total_is_estimated_or_refused_by_the_rule(
        self,
        client_of: SignIn,
        treating: User,
        patient: Patient,
        given: int,
        total: int | None,
        prorated: bool,
        words: str,
    ) -> None:
        client = client_of(treating)
        response = sent(client, ask(patient), phq9(*[1] * given), unanswered_stay="on")
        sheet = Administration.objects.get()
        assert (sheet.total, sheet.prorated, sheet.missing, sheet.state) == (total, prorated, 9 - given, "complete")
        assert words in page_of(client.get(response.url))  # type: ignore[attr-defined]

    def test_a_sheet_is_finished_later(self, client_of: SignIn, treating: User, patient: Patient) -> None:
        client = client_of(treating)
        sent(client, ask(patient), phq9(2, 2), later="1")
        begun = Administration.objects.get()
        assert (begun.state, begun.total, begun.answers) == ("partial", None, phq9(2, 2))
        assert "Go on with PHQ-9" in page_of(client.get(reverse("screening:overview", args=[patient.pk])))
        assert client.get(ask(patient)).context["form"]["item2"].value() == 2
        sent(client, ask(patient), phq9(2, 2, 1, 1, 1, 1, 1, 1, 0))
        finished = Administration.objects.get()
        assert (finished.pk, finished.state, finished.total, finished.version) == (begun.pk, "complete", 10, 2)

    def test_nothing_at_all_is_not_a_sheet(self, client_of: SignIn, treating: User, patient: Patient) -> None:
        for more in ({"later": "1"}, {"unanswered_stay": "on"}):
            for code in ("phq9", "nosas"):
                response = sent(client_of(treating), ask(patient, code), {}, **more)
                assert "Answer at least one question." in page_of(response)
        assert not Administration.objects.exists()


class TestTwoPeopleAtOnce:
    def test_a_stale_save_shows_both(
        self, client_of: SignIn, treating: User, colleague: User, patient: Patient
    ) -> None:
        sheet = make_sheet(patient, answers=phq9(1), finished=False)
        stale = {"version": "1", "form_token": "00000000-0000-4000-8000-000000000001"}
        sent(client_of(colleague), ask(patient), phq9(3), later="1")
        response = sent(client_of(treating), ask(patient), phq9(2), later="1", **stale)
        assert response.status_code == 409
        page = page_of(response)
        assert "Two versions" in page
        assert '<td class="differs">2 More than half the days</td> <td>3 Nearly every day</td>' in page
        sheet.refresh_from_db()
        assert sheet.answers == phq9(3)
        assert response.context["form"]["version"].value() == "2"

    def test_a_sheet_somebody_began_meanwhile_is_not_overwritten(
        self, client_of: SignIn, treating: User, patient: Patient
    ) -> None:
        make_sheet(patient, answers=phq9(1), finished=False)
        response = sent(client_of(treating), ask(patient), phq9(2), later="1", version="")
        assert response.status_code == 409
        assert Administration.objects.get().answers == phq9(1)

    def test_a_sheet_somebody_finished_meanwhile_is_told(
        self, client_of: SignIn, treating: User, patient: Patient
    ) -> None:
        make_sheet(patient)
        response = sent(client_of(treating), ask(patient), phq9(2), later="1", version="1")
        assert response.status_code == 422
        assert "Somebody finished this sheet meanwhile." in page_of(response)
        assert response.context["form"]["item1"].value() == "2"
        assert Administration.objects.count() == 1

    def test_sent_twice_is_saved_once(self, client_of: SignIn, treating: User, patient: Patient) -> None:
        client = client_of(treating)
        token = "00000000-0000-4000-8000-000000000002"
        for _ in range(2):
            response = sent(client, ask(patient), phq9(*[0] * 8, 1), form_token=token)
            assert response.status_code == 302
        assert Administration.objects.count() == 1
        assert SafetyTask.objects.count() == 1


class TestCorrections:
    def test_keep_the_old_sheet(self, client_of: SignIn, treating: User, patient: Patient) -> None:
        client = client_of(treating)
        old = make_sheet(patient, answers=answers_for("phq9", 12))
        assert client.get(correction(old)).context["form"]["item1"].value() == 3
        response = sent(client, correction(old), answers_for("phq9", 6))
        assert response.context["form"].errors["reason"] == ["Answer the question: Why is it corrected?"]
        response = sent(client, correction(old), answers_for("phq9", 6), reason="Second column misread")
        new = Administration.objects.get(supersedes=old)
        assert (new.total, new.correction_reason) == (6, "Second column misread")
        old.refresh_from_db()
        assert old.total == 12
        page = page_of(client.get(reverse("screening:sheet", args=[patient.pk, old.pk])))
        assert "This sheet was corrected" in page
        overview = client.get(reverse("screening:overview", args=[patient.pk]))
        assert [row.score.total for row in overview.context["rows"]] == ["6 of 27"]

    def test_go_to_the_sheet_that_counts(self, client_of: SignIn, treating: User, patient: Patient) -> None:
        client = client_of(treating)
        old = make_sheet(patient)
        sent(client, correction(old), answers_for("phq9", 6), reason="misread")
        new = Administration.objects.get(supersedes=old)
        assert client.get(correction(old)).url == reverse("screening:sheet", args=[patient.pk, new.pk])  # type: ignore[attr-defined]
        again = {"answered_on": "2026-01-05", "mode": "self", "language": "en", "reason": "again", **phq9(*[0] * 9)}
        response = client.post(correction(old), again | {"form_token": "00000000-0000-4000-8000-000000000003"})
        assert response.status_code == 422
        assert "This sheet was corrected already. Correct the newer one." in page_of(response)

    def test_an_unfinished_sheet_is_gone_on_with_instead(
        self, client_of: SignIn, treating: User, patient: Patient
    ) -> None:
        begun = make_sheet(patient, answers=phq9(1), finished=False)
        assert client_of(treating).get(correction(begun)).status_code == 404

    def test_a_total_alone_is_corrected(self, client_of: SignIn, treating: User, patient: Patient) -> None:
        client = client_of(treating)
        sent(client, ask(patient, "midas"), {"total": "34"})
        old = Administration.objects.get()
        assert client.get(correction(old)).context["form"]["total"].value() == 34
        sent(client, correction(old), {"total": "43"}, reason="digits swapped")
        assert Administration.objects.get(supersedes=old).total == 43


class TestBadInput:
    @pytest.mark.parametrize(
        "wrong", ["abc", "99", "-1", "9" * 5000, "1.5", "NaN", "Infinity", "1\x00", "١٢٣٤", "1e999"]
    )
    @pytest.mark.parametrize(
        ("code", "field"), [("phq9", "item1"), ("midas", "count1"), ("nosas", "neck"), ("midas", "total")]
    )
    def test_is_refused_beside_the_field_and_kept(
        self, client_of: SignIn, treating: User, patient: Patient, code: str, field: str, wrong: str
    ) -> None:
        response = sent(client_of(treating), ask(patient, code), {field: wrong}, later="1")
        assert response.status_code == 422
        assert field in response.context["form"].errors
        assert response.context["form"][field].value() == wrong
        assert not Administration.objects.exists()

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"answered_on": "31/02/2026"}, "answered_on"),
            ({"answered_on": ""}, "answered_on"),
            ({"answered_on": "01/01/1984"}, "answered_on"),
            ({"mode": "total_only"}, "mode"),
            ({"language": "xx"}, "language"),
            ({"form_token": "no token"}, "form_token"),
        ],
    )
    def test_about_the_sheet(
        self, client_of: SignIn, treating: User, patient: Patient, typed: dict[str, str], field: str
    ) -> None:
        response = sent(client_of(treating), ask(patient), {**phq9(*[0] * 9), **typed})
        assert response.status_code == 422
        assert set(response.context["form"].errors) == {field}

    def test_a_day_to_come(self, client_of: SignIn, treating: User, patient: Patient) -> None:
        tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
        response = sent(client_of(treating), ask(patient), {**phq9(*[0] * 9), "answered_on": tomorrow})
        assert set(response.context["form"].errors) == {"answered_on"}

    @pytest.mark.parametrize(
        ("code", "more", "sentence"),
        [
            ("phq9", {"answered_on": date(2999, 1, 1)}, "Enter a day that is not in the future."),
            ("phq9", {"answers": {"item1": 7}}, "Enter a whole number from 0 to 3"),
            ("phq9", {"answers": {"item99": 1}}, "has no item item99"),
            ("phq9", {"answers": {}}, "Answer at least one question."),
            ("phq99", {"answers": {"item1": 1}}, "No instrument is called phq99."),
        ],
    )
    def test_the_service_refuses_the_same(
        self, patient: Patient, code: str, more: dict[str, Any], sentence: str
    ) -> None:
        with pytest.raises(Refused, match=sentence):
            make_sheet(patient, code, **more)
        assert not Administration.objects.exists()

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"height": "170"}, "weight"),
            ({"weight": "70"}, "height"),
            ({"height": "170", "weight": "70", "bmi": "24"}, "bmi"),
            ({"height": "100", "weight": "350"}, "weight"),
            ({}, "height"),
        ],
    )
    def test_about_the_body(
        self, client_of: SignIn, treating: User, patient: Patient, typed: dict[str, str], field: str
    ) -> None:
        Patient.objects.filter(pk=patient.pk).update(sex=Sex.FEMALE)
        response = sent(client_of(treating), ask(patient, "nosas"), {"neck": "38", "snores": "0", **typed})
        assert response.status_code == 422
        assert set(response.context["form"].errors) == {field}

    def test_an_instrument_nobody_knows(self, client_of: SignIn, treating: User, patient: Patient) -> None:
        assert client_of(treating).get(ask(patient, "phq99")).status_code == 404
