"""Hidden fields that protect a save: the version that was read, and the token of this one form."""

import uuid
from typing import Any, Final, cast

from django import forms
from django.http import QueryDict

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

    def carry_version(self, version: int) -> None:
        """Go on from a version that this very request has just saved: a second step may still be refused."""
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix("version")] = str(version)
        self.data = data


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

    @property
    def once(self) -> dict[str, Any]:
        """The mark as an argument for a service: `service(…, **form.once)`."""
        return {"form_token": self.token}
