"""The care team of a patient."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.access import signed_in
from apps.accounts.permissions import Permission
from apps.core.forms import attempt
from apps.patients.access import patient_page, patients_of
from apps.patients.forms.team import EndMembershipForm, MemberForm
from apps.patients.models import Patient
from apps.patients.presenters.team import team_lines
from apps.patients.selectors.prescribers import prescribing_of
from apps.patients.selectors.team import membership_of, possible_members, team_of
from apps.patients.services.team import add_member, end_membership
from apps.patients.views.shared import chart_form, chart_page, posted


@patient_page(Permission.VIEW_CARE_TEAM)
@require_safe
def team(request: HttpRequest, patient: Patient) -> HttpResponse:
    lines = team_lines(team_of(patient), timezone.localdate())
    context = {
        "now": [line for line in lines if line.state != "past"],
        "past": [line for line in lines if line.state == "past"],
        "prescribing": prescribing_of(patient),
    }
    return chart_page(request, "patients/team.html", patient, "team", context)


@patient_page(Permission.MANAGE_CARE_TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, patient: Patient) -> HttpResponse:
    form = MemberForm(posted(request), staff=possible_members(), initial={"starts_on": timezone.localdate()})
    if form.is_bound and form.is_valid():
        saved = attempt(
            form,
            lambda: add_member(patient=patient, by=signed_in(request), **form.once, **form.answers),
        )
        if saved:
            messages.success(request, f"{form.cleaned_data['member']} is in the care team.")
            return redirect("patients:team", patient_id=patient.pk)
    return chart_form(
        request,
        form,
        patient,
        "team",
        title="Add somebody to the care team",
        intro="Members of the care team see this patient’s chart as far as their role allows.",
        submit="Add to the care team",
        back_url=_team_url(patient),
    )


@patient_page(Permission.MANAGE_CARE_TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, patient: Patient, membership_id: UUID) -> HttpResponse:
    place = membership_of(patient, membership_id)
    if place is None:
        raise Http404("Nobody has this place in the care team.")
    today = timezone.localdate()
    form = EndMembershipForm(posted(request), initial={"version": place.version, "ends_on": place.ends_on or today})
    if form.is_bound and form.is_valid():
        saved = attempt(
            form,
            lambda: end_membership(
                membership=place,
                expected_version=form.expected_version,
                ends_on=form.cleaned_data["ends_on"],
                by=signed_in(request),
            ),
        )
        if saved:
            messages.success(request, f"{place.member} leaves the care team.")
            # Whoever ends their own place may have nothing to do with the patient any more.
            if patients_of(signed_in(request)).filter(pk=patient.pk).exists():
                return redirect("patients:team", patient_id=patient.pk)
            return redirect("patients:list")
    return chart_form(
        request,
        form,
        patient,
        "team",
        title=f"When does {place.member} leave the care team?",
        intro="After the last day the chart closes for them, unless they are designated prescriber or cover.",
        submit="Save the last day",
        back_url=_team_url(patient),
    )


def _team_url(patient: Patient) -> str:
    return reverse("patients:team", kwargs={"patient_id": patient.pk})
