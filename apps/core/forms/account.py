"""The sign-in forms of django-allauth, with the house's messages."""

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms

from apps.core.forms.wording import give_instructions


class _HouseWording(forms.Form):
    """Instructions instead of "This field is required", labels instead of grey text inside the box."""

    use_required_attribute = False
    labels: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)
            give_instructions(field, str(field.label))


class SignInForm(_HouseWording, allauth_forms.LoginForm):
    labels = {"login": "E-mail address"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The page has its own link for a forgotten password.
        self.fields["password"].help_text = ""


class AskForPasswordForm(_HouseWording, allauth_forms.ResetPasswordForm):
    labels = {"email": "E-mail address"}


class ChoosePasswordForm(_HouseWording, allauth_forms.ResetPasswordKeyForm):
    labels = {"password1": "New password", "password2": "New password again"}


class ChangePasswordForm(_HouseWording, allauth_forms.ChangePasswordForm):
    labels = {"oldpassword": "Current password", "password1": "New password", "password2": "New password again"}
