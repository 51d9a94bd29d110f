"""The manager's pages about accounts: list, invitation, one person, changes, closing and reopening."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts import presenters, selectors
from apps.accounts.access import clinic_page, signed_in
from apps.accounts.forms import AccountForm, AccountStateForm, InvitationForm, StaffSearchForm
from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.accounts.services import letters
from apps.accounts.services import staff as services
from apps.core.forms import attempt
from apps.core.responses import form_page

form_methods = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@clinic_page(Permission.MANAGE_STAFF)
def staff_list(request: HttpRequest) -> HttpResponse:
    """Everybody who works here, or worked here."""
    form = StaffSearchForm(request.GET)
    search, closed = (form.cleaned_data["q"], form.cleaned_data["closed"]) if form.is_valid() else ("", False)
    lines = presenters.staff_lines(selectors.staff(search=search, closed=closed), today=timezone.localdate())
    return form_page(request, "accounts/staff.html", form, {"lines": lines, "search": search, "closed": closed})


@form_methods
@clinic_page(Permission.MANAGE_STAFF)
def invite(request: HttpRequest) -> HttpResponse:
    """Open an account; the next page shows the one-time link, also when the e-mail could not be sent."""
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        saved = attempt(form, lambda: services.invite(by=signed_in(request), **form.answers_once))
        if saved and saved.result:
            _send_link(request, saved.result)
            return redirect("accounts:link", saved.result.pk)
        if saved:
            messages.info(request, "This invitation was saved already.")
            return redirect("accounts:staff")
    return form_page(request, "accounts/invite.html", form)


@require_safe
@clinic_page(Permission.MANAGE_STAFF)
def member(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """One person: account, credentials, what can be done."""
    user = _member_or_404(user_id)
    context = {
        "member": user,
        "facts": presenters.account_facts(user),
        "state": presenters.account_state(user),
        "waits": presenters.waits_for_password(user),
        "credentials": presenters.credential_lines(user, today=timezone.localdate()),
        "is_self": user == signed_in(request),
    }
    return render(request, "accounts/member.html", context)


@form_methods
@clinic_page(Permission.MANAGE_STAFF)
def edit(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Change name, sign-in address and role."""
    user = _member_or_404(user_id)
    former = user.email
    initial = {"full_name": user.full_name, "email": former, "role": user.role, "version": user.version}
    form = AccountForm(request.POST or None, initial=initial)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form,
            lambda: services.change(
                by=signed_in(request), user=user, expected_version=form.expected_version, **form.answers
            ),
        )
    ):
        if user.email != former:
            letters.tell_former_address(user, former=former)
        messages.success(request, f"{user.full_name}: saved.")
        return redirect("accounts:member", user.pk)
    return form_page(request, "accounts/edit.html", form, {"member": _member_or_404(user_id)})


@form_methods
@clinic_page(Permission.MANAGE_STAFF)
def link(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """The one-time link of somebody who has no password yet, to read out or to e-mail again.

    Never for a person who has a password: nobody, manager or not, may take over a colleague's account.
    """
    user = _member_or_404(user_id)
    if not presenters.waits_for_password(user):
        raise Http404("There is no open invitation for this person.")
    if request.method == "POST":
        _send_link(request, user)
        return redirect("accounts:link", user.pk)
    context = {"member": user, "link": letters.password_link(user, site=_site(request)), "days": letters.link_days()}
    response = render(request, "accounts/link.html", context)
    response["Cache-Control"] = "no-store"
    return response


@form_methods
@clinic_page(Permission.MANAGE_STAFF)
def deactivate(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Ask before closing an account; the database refuses while the person prescribes for somebody."""
    user = _member_or_404(user_id)
    form = AccountStateForm(request.POST or None, initial={"version": user.version})
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form, lambda: services.deactivate(by=signed_in(request), user=user, expected_version=form.expected_version)
        )
    ):
        messages.success(request, f"{user.full_name} can no longer sign in.")
        return redirect("accounts:member", user.pk)
    return form_page(request, "accounts/deactivate.html", form, {"member": _member_or_404(user_id)})


@form_methods
@clinic_page(Permission.MANAGE_STAFF)
def reactivate(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Ask before reopening an account; the person then chooses a new password."""
    user = _member_or_404(user_id)
    form = AccountStateForm(request.POST or None, initial={"version": user.version})
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form, lambda: services.reactivate(by=signed_in(request), user=user, expected_version=form.expected_version)
        )
    ):
        _send_link(request, user)
        return redirect("accounts:link", user.pk)
    return form_page(request, "accounts/reactivate.html", form, {"member": _member_or_404(user_id)})


def _member_or_404(user_id: UUID) -> User:
    user = selectors.member(user_id)
    if user is None:
        raise Http404("Nobody of the staff has this address.")
    return user


def _send_link(request: HttpRequest, user: User) -> None:
    if letters.send_password_link(user, site=_site(request)):
        messages.success(request, f"The link was e-mailed to {user.email}.")
    else:
        messages.warning(request, "The e-mail could not be sent. Give the link below to the person yourself.")


def _site(request: HttpRequest) -> str:
    return request.build_absolute_uri("/")
