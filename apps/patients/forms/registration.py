"""Registering a patient, changing the details, adding and removing numbers."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Final, cast
from uuid import UUID

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from apps.core.forms import ClinicDateField, ClinicForm, FormTokenMixin, VersionMixin
from apps.patients import identifiers
from apps.patients.choices import LANGUAGES, ContactRoute, IdentifierSystem, Sex
from apps.patients.forms.fields import DatedForm, NameField, TelephoneField

# What somebody must have for the route on which they prefer to be reached.
NEEDED_FOR_ROUTE: Final = {
    ContactRoute.EMAIL: ("email", "Enter the e-mail address, or select another way to reach the patient."),
    ContactRoute.TEXT_MESSAGE: ("telephone", "Enter the telephone number, or select another way to reach the patient."),
    ContactRoute.LETTER: ("address", "Enter the address, or select another way to reach the patient."),
}
KINDS_OF_NUMBER: Final = [("", "Select the kind of number"), *IdentifierSystem.choices]


class PersonFields(DatedForm):
    """Who somebody is and how to reach them."""

    up_to_today: ClassVar[tuple[str, ...]] = ("date_of_birth",)

    given_name = NameField(label="Given name", widget=forms.TextInput(attrs={"autocomplete": "off"}))
    family_name = NameField(label="Family name", widget=forms.TextInput(attrs={"autocomplete": "off"}))
    preferred_name = NameField(label="Likes to be called", required=False)
    date_of_birth = ClinicDateField(label="Date of birth")
    sex = forms.ChoiceField(
        label="Sex", choices=Sex.choices, initial=Sex.NOT_KNOWN, help_text="Some screening rules depend on it"
    )
    pronouns = forms.CharField(label="Pronouns", max_length=40, required=False, help_text="For example: she/her")
    language = forms.ChoiceField(label="Preferred language", choices=LANGUAGES, initial="en")
    large_print = forms.BooleanField(label="Prefers large print", required=False)
    telephone = TelephoneField(label="Telephone", required=False)
    email = forms.EmailField(label="E-mail", max_length=254, required=False)
    contact_route = forms.ChoiceField(
        label="Prefers to be reached by", choices=ContactRoute.choices, initial=ContactRoute.TELEPHONE
    )
    address = forms.CharField(label="Address", max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        field, instruction = NEEDED_FOR_ROUTE.get(given.get("contact_route", ""), ("", ""))
        if field and field not in self.errors and not given.get(field):
            self.add_error(field, instruction)
        return given

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout(*self.groups())
        helper.render_hidden_fields = True
        return helper

    def groups(self) -> list[Any]:
        """The form's parts in the order in which a referral letter gives the answers."""
        return [
            Fieldset(
                "Person",
                Div(Field("given_name"), Field("family_name"), css_class="fields-row"),
                Div(Field("date_of_birth"), Field("sex"), css_class="fields-row"),
                Div(Field("preferred_name"), Field("pronouns"), css_class="fields-row"),
                Div(Field("language"), Field("large_print"), css_class="fields-row"),
                css_class="group",
            ),
            Fieldset(
                "Contact",
                Div(Field("telephone"), Field("email"), css_class="fields-row"),
                Field("contact_route"),
                Field("address"),
                css_class="group",
            ),
        ]


class RegistrationForm(FormTokenMixin, PersonFields):
    """A new patient, with one number if it is known, and the decision about people who look the same."""

    system = forms.ChoiceField(label="Kind of number", choices=KINDS_OF_NUMBER, required=False)
    value = forms.CharField(label="Number", max_length=60, required=False)
    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    somebody_else_reason = forms.CharField(
        label="If it is none of them: how do you know?",
        max_length=400,
        required=False,
        help_text="For example: has a twin sister; different address, asked by telephone",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates: Sequence[Any] = ()

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        system, value = given.get("system", ""), given.get("value", "")
        if value and not system:
            self.add_error("system", "Select what kind of number this is.")
        if system and not value and "value" not in self.errors:
            self.add_error("value", "Enter the number, or leave both the kind and the number empty.")
        if value and system:
            given["value"] = _checked_number(self, system, value)
        return given

    def clean_shown(self) -> frozenset[UUID]:
        """The people who were shown as possibly the same; a damaged list counts as nobody."""
        try:
            return frozenset(UUID(text) for text in self.cleaned_data["shown"].split())
        except ValueError:
            return frozenset()

    @property
    def identifier(self) -> tuple[str, str] | None:
        """Kind and number, None when none was given."""
        given = self.cleaned_data
        return (given["system"], given["value"]) if given["value"] else None

    def show_candidates(self, candidates: Sequence[Any], keys: Iterable[UUID]) -> None:
        """Ask, with the next submit, whether it is one of these people (lines for the page, and their keys)."""
        self.candidates = candidates
        self.fields["somebody_else_reason"].required = True
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix("shown")] = " ".join(str(key) for key in keys)
        self.data = data

    def groups(self) -> list[Any]:
        number = Fieldset(
            "A number by which others know the patient",
            Div(Field("system"), Field("value"), css_class="fields-row"),
            css_class="group",
        )
        return [*self._decision(), *super().groups(), number]

    def _decision(self) -> list[Any]:
        if not self.candidates:
            return []
        return [
            Fieldset(
                "Is it one of these people?",
                HTML("{% include 'patients/_candidates.html' with candidates=form.candidates only %}"),
                Field("somebody_else_reason"),
                css_class="group",
            )
        ]


class DetailsForm(VersionMixin, PersonFields):
    """A registered patient's details."""


class IdentifierForm(FormTokenMixin, ClinicForm):
    """One more number by which others know the patient."""

    system = forms.ChoiceField(label="Kind of number", choices=KINDS_OF_NUMBER)
    value = forms.CharField(label="Number", max_length=60, help_text="Spaces and dashes don't matter")

    field_order = ("system", "value")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("system") and given.get("value"):
            given["value"] = _checked_number(self, given["system"], given["value"])
        return given


class ReasonForm(ClinicForm):
    """Why something is taken away."""

    reason = forms.CharField(label="Reason", max_length=200, help_text="For example: belongs to somebody else")


def _checked_number(form: ClinicForm, system: str, typed: str) -> str:
    """The number as it is stored; empty, with an error beside the field, when it can't be one of this kind."""
    try:
        return identifiers.normalise(system, typed)
    except ValidationError as error:
        form.add_error("value", error)
        return ""
