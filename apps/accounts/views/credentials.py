"""The manager's pages about the licence to prescribe."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from apps.accounts import selectors
from apps.accounts.access import clinic_page, signed_in
from apps.accounts.forms import CredentialEndForm, CredentialForm
from apps.accounts.permissions import Permission
from apps.accounts.services import credentials as services
from apps.core.dates import short_date
from apps.core.forms import attempt
from apps.core.responses import form_page

form_methods = require_http_methods(["GET", "HEAD", "POST"])


@form_methods
@clinic_page(Permission.MANAGE_STAFF)
def add(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Record a credential."""
    user = selectors.member(user_id)
    if user is None:
        raise Http404("Nobody of the staff has this address.")
    form = CredentialForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form,
            lambda: services.add_credential(by=signed_in(request), user=user, **form.answers_once),
        )
    ):
        messages.success(request, "The credential is recorded.")
        return redirect("accounts:member", user.pk)
    return form_page(request, "accounts/credential_add.html", form, {"member": user})


@form_methods
@clinic_page(Permission.MANAGE_STAFF)
def end(request: HttpRequest, user_id: UUID, credential_id: UUID) -> HttpResponse:
    """Set the last day of a credential."""
    credential = selectors.credential_of(user_id, credential_id)
    if credential is None:
        raise Http404("This person has no such credential.")
    form = CredentialEndForm(request.POST or None, initial={"version": credential.version}, credential=credential)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form,
            lambda: services.end_credential(
                by=signed_in(request), credential=credential, expected_version=form.expected_version, **form.answers
            ),
        )
    ):
        messages.success(request, f"The credential ends on {short_date(form.answers['valid_to'])}.")
        return redirect("accounts:member", user_id)
    return form_page(
        request, "accounts/credential_end.html", form, {"member": credential.user, "credential": credential}
    )
