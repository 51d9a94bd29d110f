"""Forms of the manager's pages about staff."""

from typing import Any

from django import forms

from apps.accounts.choices import Role
from apps.accounts.models import PrescriberCredential, User
from apps.core.forms import ClinicDateField, ClinicForm, FormTokenMixin, VersionMixin


def _length(model: type[User] | type[PrescriberCredential], name: str) -> int | None:
    return getattr(model._meta.get_field(name), "max_length", None)


class _AccountFields(ClinicForm):
    full_name = forms.CharField(
        label="Name as shown", max_length=_length(User, "full_name"), help_text="With title, like Dr Amara Okafor"
    )
    email = forms.EmailField(
        label="E-mail address",
        max_length=_length(User, "email"),
        help_text="For signing in. Each person needs their own.",
    )
    role = forms.ChoiceField(label="Role", choices=[("", "Choose a role"), *Role.choices])

    def clean_email(self) -> str:
        """Addresses are kept in small letters, so that one person has one account."""
        email: str = self.cleaned_data["email"]
        return email.lower()


class _Once(FormTokenMixin, ClinicForm):
    """A form that opens something new; sent twice, it counts once."""

    @property
    def answers_once(self) -> dict[str, Any]:
        """The answers with the form's token, for a service that writes them once."""
        return {**self.answers, "form_token": self.token}


class InvitationForm(_Once, _AccountFields):
    """Who is invited."""


class AccountForm(VersionMixin, _AccountFields):
    """Name, address and role of an account that exists."""


class AccountStateForm(VersionMixin, ClinicForm):
    """The one question of the pages that close or reopen an account; carries the version that was read."""


class CredentialForm(_Once):
    """A licence to prescribe."""

    number = forms.CharField(label="Registration number", max_length=_length(PrescriberCredential, "number"))
    issuer = forms.CharField(
        label="Issued by",
        max_length=_length(PrescriberCredential, "issuer"),
        required=False,
        help_text="For example: General Medical Council",
    )
    valid_from = ClinicDateField(label="Valid from")
    valid_to = ClinicDateField(
        label="Valid to",
        required=False,
        help_text="The last day it is valid. Leave empty when it has no end.",
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        begins, ends = answers.get("valid_from"), answers.get("valid_to")
        if begins and ends and ends < begins:
            self.add_error("valid_to", "Enter a day on or after the first day.")
        return answers


class CredentialEndForm(VersionMixin, ClinicForm):
    """The last day of a credential."""

    valid_to = ClinicDateField(label="Last day it is valid")

    def __init__(self, *args: Any, credential: PrescriberCredential, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_to"].earliest = credential.valid_from  # type: ignore[attr-defined]


class StaffSearchForm(ClinicForm):
    """Narrows the staff list."""

    q = forms.CharField(label="Name or e-mail address", max_length=120, required=False)
    closed = forms.BooleanField(label="Show deactivated accounts instead", required=False)
