"""Between a valid form and a record: saved, refused, sent twice, stale."""

import datetime
import uuid
from dataclasses import dataclass
from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.test import RequestFactory

from apps.core.forms import ClinicDateField, ClinicForm, FormTokenMixin, VersionMixin, attempt
from apps.core.responses import form_page
from apps.core.writing import AlreadySaved, Refused, StaleSave


class AllergyForm(VersionMixin, ClinicForm):
    substance = forms.CharField(max_length=80)
    kind = forms.ChoiceField(choices=[("rash", "Rash"), ("shock", "Anaphylaxis")])
    seen_on = ClinicDateField(required=False)


@dataclass
class Recorded:
    """A record as another person saved it meanwhile."""

    substance: str = "Sulfonamide"
    kind: str = "shock"
    seen_on: datetime.date | None = datetime.date(2026, 11, 3)
    version: int = 4


def valid_form() -> AllergyForm:
    form = AllergyForm(QueryDict("substance=Sulfonamide&kind=rash&version=3"))
    assert form.is_valid()
    return form


def raises(error: Exception) -> Any:
    def write() -> None:
        raise error

    return write


def test_a_save_hands_back_what_the_service_made() -> None:
    form = valid_form()
    outcome = attempt(form, lambda: (form.answers, form.expected_version))
    assert outcome
    assert outcome.result == ({"substance": "Sulfonamide", "kind": "rash", "seen_on": None}, 3)


def test_sent_twice_counts_as_saved() -> None:
    outcome = attempt(valid_form(), raises(AlreadySaved()))
    assert outcome
    assert outcome.result is None


def test_a_refusal_is_shown_and_nothing_counts_as_saved() -> None:
    form = valid_form()
    assert not attempt(form, raises(Refused({"substance": ["Recorded already."]})))
    assert form.errors == {"substance": ["Recorded already."]}


def test_a_fault_of_ours_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        attempt(valid_form(), raises(ZeroDivisionError()))


def test_a_stale_save_shows_both_versions_in_the_forms_words() -> None:
    form = valid_form()
    assert not attempt(form, raises(StaleSave(Recorded())))  # type: ignore[arg-type]
    assert [(d.label, d.typed, d.recorded) for d in form.conflict.differences] == [
        ("Kind", "Rash", "Anaphylaxis"),
        ("Seen on", "nothing", "03/11/2026"),
    ]


def test_after_a_stale_save_the_typed_text_stays_and_the_next_save_is_a_decision() -> None:
    form = valid_form()
    attempt(form, raises(StaleSave(Recorded())))  # type: ignore[arg-type]
    assert form["kind"].value() == "rash"
    assert form["version"].value() == "4"
    again = AllergyForm(form.data)
    assert again.is_valid()
    assert again.expected_version == 4


@pytest.mark.parametrize("version", ["", "x", "0", "9" * 40])
def test_a_damaged_version_is_an_error_and_never_a_save(version: str) -> None:
    assert not AllergyForm(QueryDict(f"substance=a&kind=rash&version={version}")).is_valid()


class NewForm(FormTokenMixin, ClinicForm):
    name = forms.CharField()


def test_each_new_form_has_a_token_of_its_own() -> None:
    assert NewForm()["form_token"].value() != NewForm()["form_token"].value()


def test_the_token_comes_back_and_is_not_an_answer() -> None:
    token = uuid.uuid4()
    form = NewForm({"name": "Erenumab", "form_token": str(token)})
    assert form.is_valid()
    assert form.token == token
    assert form.answers == {"name": "Erenumab"}


@pytest.mark.parametrize("token", ["", "x", "0" * 500])
def test_a_damaged_token_is_an_error(token: str) -> None:
    assert "form_token" in NewForm({"name": "Erenumab", "form_token": token}).errors


@pytest.mark.parametrize(
    ("form", "status"),
    [(AllergyForm(), 200), (AllergyForm({}), 422)],
    ids=["fresh", "wrong"],
)
def test_the_answers_status_says_whether_it_was_saved(form: ClinicForm, status: int) -> None:
    request = RequestFactory().get("/")
    assert form_page(request, "components/error_summary.html", form).status_code == status


def test_a_stale_save_is_a_conflict() -> None:
    form = valid_form()
    attempt(form, raises(StaleSave(Recorded())))  # type: ignore[arg-type]
    response = form_page(RequestFactory().get("/"), "components/stale.html", form)
    assert response.status_code == 409
    assert "Anaphylaxis" in response.content.decode()
