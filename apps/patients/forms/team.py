"""The care team: joining and leaving."""

from collections.abc import Iterable
from typing import Any

from django import forms

from apps.accounts.models import User
from apps.core.forms import ClinicDateField, ClinicForm, FormTokenMixin, VersionMixin


class MemberForm(FormTokenMixin, ClinicForm):
    """Who joins the care team, to do what, from when, and until when if that is known."""

    member = forms.ChoiceField(label="Who joins?")
    task = forms.CharField(
        label="Task", max_length=120, help_text="What this person does for the patient, for example: diary calls"
    )
    starts_on = ClinicDateField(label="From")
    ends_on = ClinicDateField(label="Until", required=False, help_text="Leave empty when the end is open")

    field_order = ("member", "task", "starts_on", "ends_on")

    def __init__(self, *args: Any, staff: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._staff = {str(user.pk): user for user in staff}
        people = [(key, f"{user.full_name}, {user.get_role_display()}") for key, user in self._staff.items()]
        self.fields["member"].choices = [("", "Select a member of staff"), *people]  # type: ignore[attr-defined]

    def clean_member(self) -> User:
        """The person behind the key."""
        return self._staff[self.cleaned_data["member"]]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        begins, ends = given.get("starts_on"), given.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", "Enter a last day that is not before the first one.")
        return given


class EndMembershipForm(VersionMixin, ClinicForm):
    """The last day of somebody in the care team."""

    ends_on = ClinicDateField(label="Last day in the care team")

    field_order = ("ends_on",)
