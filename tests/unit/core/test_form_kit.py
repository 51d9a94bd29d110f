"""The form kit: instructions, limits, unstorable text, conditional answers."""

import pytest
from django import forms
from django.http import QueryDict

from apps.core.forms import ClinicDateField, ClinicForm, Conditional
from apps.core.forms.summary import summary_errors
from apps.core.forms.wording import name_in_sentence


class StopForm(ClinicForm):
    name = forms.CharField(max_length=40)
    born = ClinicDateField(label="Date of birth")
    reason = forms.ChoiceField(choices=[("effect", "No effect"), ("other", "Another reason")])
    other_reason = forms.CharField(label="Which other reason?", max_length=80)
    route = forms.ChoiceField(widget=forms.RadioSelect, choices=[("oral", "By mouth"), ("nasal", "By nose")])
    doses = forms.IntegerField(min_value=0)
    score = forms.IntegerField(label="PHQ-9 total", required=False)
    note = forms.CharField(widget=forms.Textarea, required=False)
    agreed = forms.BooleanField(label="The patient agrees")

    conditional = (Conditional("other_reason", when="reason", equals=("other",)),)


GOOD = {
    "name": "Topiramate",
    "born": "22/11/1984",
    "reason": "effect",
    "route": "oral",
    "doses": "3",
    "agreed": "on",
}


def stop_form(**changes: str) -> StopForm:
    return StopForm({**GOOD, **changes})


def errors_of(form: ClinicForm, field: str) -> list[str]:
    return [str(sentence) for sentence in form.errors.get(field, [])]


def test_good_answers_pass() -> None:
    assert stop_form().is_valid()


def test_every_missing_answer_is_an_instruction() -> None:
    assert StopForm({}).errors == {
        "name": ["Enter the name"],
        "born": ["Enter the date of birth"],
        "reason": ["Select the reason"],
        "route": ["Select the route"],
        "doses": ["Enter the doses"],
        "agreed": ["Tick the box: The patient agrees"],
    }


def test_the_authors_own_message_stays() -> None:
    class OwnForm(ClinicForm):
        day = forms.CharField(error_messages={"required": "Say which day it was"})

    assert OwnForm({}).errors == {"day": ["Say which day it was"]}


def test_too_long_text_is_counted_and_kept() -> None:
    form = stop_form(name="x" * 10_000)
    assert errors_of(form, "name") == ["Shorten this: “Name” takes at most 40 characters, this has 10000."]
    assert "x" * 10_000 in str(form["name"])
    assert "maxlength" not in str(form["name"])


def test_text_without_a_limit_has_one_all_the_same() -> None:
    assert not errors_of(stop_form(note="x" * 20_000), "note")
    assert errors_of(stop_form(note="x" * 20_001), "note")


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\ud800"])
def test_invisible_characters_are_refused_with_their_place(character: str) -> None:
    form = stop_form(note=f"good{character}bad")
    assert f"U+{ord(character):04X}" in errors_of(form, "note")[-1]
    assert "position 5" in errors_of(form, "note")[-1] or character == "\x00"


@pytest.mark.parametrize("text", ["line\nline", "tab\there", "Zażółć gęślą jaźń", "日本", "👩‍⚕️", "مرحبا"])
def test_every_script_and_line_ends_pass(text: str) -> None:
    assert not errors_of(stop_form(note=text), "note")


@pytest.mark.parametrize("typed", ["2147483648", "9" * 5000, "3.5", "three", "1e3", "-1"])
def test_a_number_the_database_could_not_hold_is_refused(typed: str) -> None:
    assert errors_of(stop_form(doses=typed), "doses")


def test_an_abbreviation_keeps_its_capitals() -> None:
    assert errors_of(stop_form(score="x"), "score") == ["Enter the PHQ-9 total as a whole number, for example 12."]


def test_a_choice_that_is_not_offered_is_refused() -> None:
    assert errors_of(stop_form(reason="magic"), "reason") == ["Select one of the answers in the list."]


def test_an_asked_answer_is_required() -> None:
    assert errors_of(stop_form(reason="other"), "other_reason") == ["Answer the question: Which other reason?"]


def test_an_asked_answer_is_kept() -> None:
    form = stop_form(reason="other", other_reason="Word-finding")
    assert form.is_valid()
    assert form.cleaned_data["other_reason"] == "Word-finding"


def test_an_answer_hidden_by_a_change_of_mind_is_dropped_unread() -> None:
    form = stop_form(reason="effect", other_reason="x" * 10_000)
    assert form.is_valid()
    assert form.cleaned_data["other_reason"] == ""


def test_a_condition_can_hang_on_one_of_several_ticks() -> None:
    class SleepForm(ClinicForm):
        trouble = forms.MultipleChoiceField(
            choices=[("snores", "Snores"), ("legs", "Restless legs")], widget=forms.CheckboxSelectMultiple
        )
        since = ClinicDateField()
        conditional = (Conditional("since", when="trouble", equals=("legs",)),)

    assert SleepForm(QueryDict("trouble=snores")).is_valid()
    assert SleepForm(QueryDict("trouble=snores&trouble=legs")).errors == {"since": ["Enter the since"]}


def test_a_condition_works_under_a_prefix_and_with_a_tick_box() -> None:
    class CoverForm(ClinicForm):
        covered = forms.BooleanField(required=False)
        until = ClinicDateField(label="End of cover")
        conditional = (Conditional("until", when="covered", equals=("on",)),)

    assert CoverForm({"a-covered": "on"}, prefix="a").errors == {"until": ["Enter the end of cover"]}
    uncovered = CoverForm({}, prefix="a")
    assert uncovered.is_valid()
    assert uncovered.cleaned_data["until"] is None


def test_the_summary_leads_to_the_field_also_for_radio_buttons() -> None:
    form = stop_form(name="", route="")
    form.add_error(None, "The whole does not fit together.")
    assert summary_errors(form) == [
        ("#id_name", "Enter the name"),
        ("#id_route_0", "Select the route"),
        ("", "The whole does not fit together."),
    ]
    assert 'id="id_route_0"' in str(form["route"])


def test_what_a_service_refused_stands_beside_its_field() -> None:
    form = stop_form()
    assert form.is_valid()
    form.refuse({"name": ["This medicine is stopped already."], "prescriber": ["Nobody is named."], "": ["Locked."]})
    assert errors_of(form, "name") == ["This medicine is stopped already."]
    assert form.non_field_errors() == ["Nobody is named.", "Locked."]


@pytest.mark.parametrize(
    ("label", "inside"),
    [
        ("Date of birth", "date of birth"),
        ("E-mail address", "e-mail address"),
        ("PHQ-9 total", "PHQ-9 total"),
        ("MIDAS", "MIDAS"),
        ("Since when?", "since when"),
        ("", ""),
    ],
)
def test_a_label_fits_into_a_sentence(label: str, inside: str) -> None:
    assert name_in_sentence(label) == inside
