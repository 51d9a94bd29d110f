"""Pages of the plan tab: the plan in force, the draft of the next, and the versions before."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from apps.accounts.access import signed_in
from apps.accounts.permissions import Permission
from apps.core.forms import attempt
from apps.core.responses import form_page
from apps.core.writing import Refused
from apps.patients.access import patient_page
from apps.patients.models import Patient
from apps.patients.selectors.team import places_that_day
from apps.treatment.choices import PlanState
from apps.treatment.forms.plans import PlanForm
from apps.treatment.selectors.plans import draft_plan, plans_of
from apps.treatment.services.plans import WRITTEN_FIELDS, begin_plan, sign_plan, write_plan


@patient_page(Permission.VIEW_CHART)
def plan(request: HttpRequest, patient: Patient) -> HttpResponse:
    versions = list(plans_of(patient))
    active = next((version for version in versions if version.state == PlanState.ACTIVE), None)
    context = {
        "patient": patient,
        "chart_tab": "plan",
        "active": active,
        "draft": next((version for version in versions if version.state == PlanState.DRAFT), None),
        "earlier": [version for version in versions if version.state == PlanState.SUPERSEDED],
        "review_overdue": bool(active and active.review_on and active.review_on < timezone.localdate()),
    }
    return render(request, "treatment/plan.html", context)


@require_POST
@patient_page(Permission.EDIT_PLAN)
def begin(request: HttpRequest, patient: Patient) -> HttpResponse:
    if draft_plan(patient) is None:
        try:
            begin_plan(patient=patient, by=signed_in(request))
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("treatment:plan", patient_id=patient.pk)
    return redirect("treatment:write_plan", patient_id=patient.pk)


@patient_page(Permission.EDIT_PLAN)
def write(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Save the draft, or save and sign it: both buttons send the same form, so nothing typed is lost."""
    draft = draft_plan(patient)
    if draft is None:
        messages.info(request, "There is no draft at the moment. Begin the next version here.")
        return redirect("treatment:plan", patient_id=patient.pk)
    team = [place.member for place in places_that_day(patient, timezone.localdate())]
    initial = {field: getattr(draft, field) for field in WRITTEN_FIELDS} | {
        "version": draft.version,
        "owner": draft.owner_id or "",
    }
    form = PlanForm(request.POST or None, team=team, initial=initial)
    if request.method == "POST" and form.is_valid():
        saved = attempt(
            form,
            lambda: write_plan(
                plan=draft,
                expected_version=form.expected_version,
                by=signed_in(request),
                **form.answers,
            ),
        )
        signing = "sign" in request.POST
        if saved and signing:
            form.carry_version(draft.version)
            saved = attempt(
                form,
                lambda: sign_plan(plan=draft, expected_version=draft.version, by=signed_in(request)),
            )
        if saved:
            messages.success(request, "The plan is signed and in force." if signing else "The draft is saved.")
            return redirect("treatment:plan", patient_id=patient.pk)
    return form_page(
        request, "treatment/write_plan.html", form, {"patient": patient, "chart_tab": "plan", "draft": draft}
    )
