"""Forms of this app: whatever is sent gives a clear message beside the field, and what was typed stays."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from apps.core.forms import ClinicForm
from apps.patients.choices import ReferralState
from apps.patients.forms.allergies import AllergyForm, AskedForm, WithdrawForm
from apps.patients.forms.referrals import AnswerForm, ReferralForm, ReferredRegistrationForm
from apps.patients.forms.registration import DetailsForm, IdentifierForm, ReasonForm, RegistrationForm
from apps.patients.forms.team import EndMembershipForm, MemberForm

TODAY = date(2026, 11, 22)

PERSON = {
    "given_name": "Anna",
    "family_name": "Berg",
    "date_of_birth": "12/3/1985",
    "sex": "female",
    "language": "en",
    "contact_route": "telephone",
}
REFERRAL = {"referrer_name": "Dr Letter", "received_on": "1/11/2026", "urgency": "soon", "reason": "Headache"}


def registration(**changes: Any) -> RegistrationForm:
    return RegistrationForm({**PERSON, "form_token": str(uuid4()), **changes}, today=TODAY)


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("given_name", "", "Enter the given name"),
        ("given_name", "A" * 10_000, "takes at most 100 characters, this has 10000"),
        ("given_name", "An\x07na", "invisible character (code U+0007) at position 3"),
        ("given_name", "An\x00na", "invisible character"),
        ("given_name", "An\ud800na", "invisible character"),
        ("family_name", "12345", "Enter the name in letters."),
        ("date_of_birth", "", "Enter the date of birth"),
        ("date_of_birth", "31/2/1985", "There is no 31 February 1985"),
        ("date_of_birth", "yesterday", "Enter the date like"),
        ("date_of_birth", "23/11/2026", "Enter a date up to 22 Nov 2026."),
        ("date_of_birth", "1/1/1899", "Enter a date from 1 Jan 1900 onwards."),
        ("sex", "x", "Select one of the answers"),
        ("language", "klingon", "Select one of the answers"),
        ("telephone", "call me", "Enter a telephone number like"),
        ("telephone", "+", "Enter a telephone number like"),
        ("email", "nobody", "Enter an e-mail address like"),
        ("contact_route", "email", ""),
        ("address", "A" * 401, "takes at most 400 characters"),
        ("value", "123", ""),
        ("form_token", "x", "This page is damaged"),
    ],
)
def test_bad_answers_at_registration(field: str, typed: str, message: str) -> None:
    form = registration(**{field: typed})
    assert not form.is_valid()
    assert form[field].value() == typed
    if message:
        assert message in str(form.errors[field])


def test_the_way_to_reach_somebody_needs_its_address() -> None:
    assert "Enter the e-mail address" in str(registration(contact_route="email").errors["email"])
    assert "Enter the telephone number" in str(registration(contact_route="text_message").errors["telephone"])
    assert "Enter the address" in str(registration(contact_route="letter").errors["address"])
    assert registration(contact_route="email", email="anna@post.example").is_valid()


def test_a_number_has_a_kind_and_is_checked() -> None:
    assert "Select what kind" in str(registration(value="9434765919").errors["system"])
    assert "Enter the number" in str(registration(system="gb.nhs").errors["value"])
    assert "check digit" in str(registration(system="gb.nhs", value="9434765918").errors["value"])
    form = registration(system="gb.nhs", value="943 476 5919")
    assert form.is_valid()
    assert form.identifier == ("gb.nhs", "9434765919")
    form = registration()
    assert form.is_valid()
    assert form.identifier is None


def test_names_lose_superfluous_spaces_and_keep_every_script() -> None:
    form = registration(given_name="  Anna \t Maria ", family_name="李")
    assert form.is_valid()
    assert form.cleaned_data["given_name"] == "Anna Maria"
    assert form.cleaned_data["family_name"] == "李"


@pytest.mark.parametrize("shown", ["", "not a key", "0b5e1c52-7a53-4c0a-9b0f-3a1d6c2e8f10 x", "\x00"])
def test_a_damaged_list_of_people_shown_counts_as_nobody(shown: str) -> None:
    form = registration(shown=shown)
    if form.is_valid():
        assert form.cleaned_data["shown"] == frozenset()
    else:
        assert "shown" in form.errors


FORMS = {
    "registration": lambda data: RegistrationForm(data, today=TODAY),
    "registration with referral": lambda data: ReferredRegistrationForm(data, today=TODAY),
    "details": lambda data: DetailsForm(data, today=TODAY),
    "number": IdentifierForm,
    "reason": ReasonForm,
    "allergy": lambda data: AllergyForm(data, today=TODAY),
    "asked": lambda data: AskedForm(data, today=TODAY),
    "withdraw": WithdrawForm,
    "referral": lambda data: ReferralForm(data, today=TODAY),
    "answer": lambda data: AnswerForm(data, next_states=list(ReferralState)),
    "member": lambda data: MemberForm(data, staff=[]),
    "end of membership": EndMembershipForm,
}


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize(
    "typed",
    ["", "x" * 10_000, "\x00", "\ud800", "\x1b[2J", "31/2/2026", "99999999999999999999", "-1", "<script>", "\u202e"],
    ids=["empty", "long", "nul", "surrogate", "escape", "no day", "huge", "negative", "markup", "right to left"],
)
def test_no_form_crashes_on_anything(name: str, typed: str) -> None:
    empty: ClinicForm = FORMS[name](None)
    form: ClinicForm = FORMS[name](dict.fromkeys(empty.fields, typed))
    assert not form.is_valid() or name == "reason"
    assert all(messages for messages in form.errors.values())


@pytest.mark.parametrize("name", FORMS)
def test_every_visible_field_has_a_label_and_an_instruction(name: str) -> None:
    form: ClinicForm = FORMS[name]({})
    for field, errors in form.errors.items():
        if not form[field].is_hidden:
            assert str(errors[0]).split()[0] in {"Enter", "Select", "Answer", "Tick"}, (field, errors)


def test_a_referral_arrives_today_at_the_latest() -> None:
    form = ReferralForm({**REFERRAL, "received_on": "23/11/2026", "form_token": str(uuid4())}, today=TODAY)
    assert "Enter a date up to 22 Nov 2026." in str(form.errors["received_on"])


def test_registration_with_referral_limits_both_days() -> None:
    data = {**PERSON, **REFERRAL, "form_token": str(uuid4())}
    assert ReferredRegistrationForm(data, today=TODAY).is_valid()
    late = ReferredRegistrationForm({**data, "received_on": "23/11/2026", "date_of_birth": "23/11/2026"}, today=TODAY)
    assert set(late.errors) == {"received_on", "date_of_birth"}


@pytest.mark.parametrize("state", [ReferralState.DECLINED, ReferralState.WAITING_FOR_INFORMATION])
def test_who_waits_or_declines_says_why(state: str) -> None:
    form = AnswerForm({"state": state, "note": " ", "version": "1"}, next_states=list(ReferralState))
    assert "note" in form.errors


def test_a_note_is_dropped_when_the_referral_is_accepted() -> None:
    form = AnswerForm({"state": "accepted", "note": "no", "version": "1"}, next_states=list(ReferralState))
    assert form.is_valid()
    assert form.answers == {"state": "accepted", "note": ""}


def test_only_the_next_steps_are_offered() -> None:
    form = AnswerForm({"state": "declined", "note": "no", "version": "1"}, next_states=[ReferralState.ACCEPTED])
    assert "Select one of the answers" in str(form.errors["state"])
