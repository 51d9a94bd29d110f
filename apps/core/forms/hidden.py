"""Hidden fields that protect a save: the version that was read, and the token of this one form."""

import uuid
from typing import Any, Final

from django import forms

HOUSEKEEPING: Final = frozenset({"version", "form_token"})


class VersionMixin(forms.Form):
    """For a form that changes a record: carries the version the page was drawn from.

    Give it with `initial={"version": record.version, …}` and hand `form.expected_version` to the service.
    """

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=1,
        error_messages={
            "required": "This page is incomplete. Open it again; what you typed is still here to copy.",
            "invalid": "This page is damaged. Open it again; what you typed is still here to copy.",
        },
    )

    @property
    def expected_version(self) -> int:
        """The version of the record as the person saw it when the page was drawn."""
        return int(self.cleaned_data["version"])


class FormTokenMixin(forms.Form):
    """For a form that creates something: sent twice, it counts once. Hand `form.token` to the service as form_token."""

    form_token = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=uuid.uuid4,
        error_messages={
            "required": "This page is incomplete. Open it again; what you typed is still here to copy.",
            "invalid": "This page is damaged. Open it again; what you typed is still here to copy.",
        },
    )

    @property
    def token(self) -> uuid.UUID:
        """The one-time mark of this form."""
        token: Any = self.cleaned_data["form_token"]
        return uuid.UUID(str(token))
