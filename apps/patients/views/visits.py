"""Pages of a visit: open it, write it, sign it, add to it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from apps.accounts.access import signed_in
from apps.accounts.permissions import Permission
from apps.core.forms import attempt
from apps.core.responses import form_page
from apps.patients.access import may, patient_page
from apps.patients.choices import VisitKind, VisitState
from apps.patients.forms.visits import AddendumForm, OpenVisitForm, WriteVisitForm
from apps.patients.models import Patient, Visit
from apps.patients.presenters.visits import visit_sections
from apps.patients.selectors.visits import open_visit_of, visit_of, visits_of
from apps.patients.services.visits import add_addendum, open_visit, sign_visit, write_visit
from apps.patients.visit_closing import open_questions_for


@patient_page(Permission.VIEW_CHART)
def visits(request: HttpRequest, patient: Patient) -> HttpResponse:
    context = {"patient": patient, "chart_tab": "visits", "visits": visits_of(patient)}
    return render(request, "patients/visits.html", context)


@patient_page(Permission.WRITE_VISIT)
def begin_visit(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Open a visit; somebody who has one open with this patient goes on with that one."""
    today = timezone.localdate()
    running = open_visit_of(patient, signed_in(request))
    if running and request.method == "GET":
        messages.info(request, "This visit is still open. Go on with it, or sign it.")
        return redirect("patients:visit", patient_id=patient.pk, visit_id=running.pk)
    first = not visits_of(patient).exists()
    initial = {"visit_on": today, "kind": VisitKind.FIRST if first else VisitKind.FOLLOW_UP}
    form = OpenVisitForm(request.POST or None, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        saved = attempt(
            form,
            lambda: open_visit(
                patient=patient,
                kind=given["kind"],
                visit_on=given["visit_on"],
                by=signed_in(request),
                **form.once,
            ),
        )
        if saved:
            visit = saved.result or open_visit_of(patient, signed_in(request))
            if visit:
                return redirect("patients:visit", patient_id=patient.pk, visit_id=visit.pk)
            return redirect("patients:visits", patient_id=patient.pk)
    return form_page(request, "patients/visit_begin.html", form, {"patient": patient, "chart_tab": "visits"})


@patient_page(Permission.VIEW_CHART)
def visit(request: HttpRequest, patient: Patient, visit_id: UUID) -> HttpResponse:
    """An open visit of one's own is written here; any other is read, and a signed one is added to."""
    found = visit_of(patient, visit_id)
    if found is None:
        raise Http404("There is no such visit in this chart.")
    if found.state == VisitState.OPEN and found.clinician_id == signed_in(request).pk:
        return _write(request, patient, found)
    return _read(request, patient, found)


def _write(request: HttpRequest, patient: Patient, found: Visit) -> HttpResponse:
    written = {field: getattr(found, field) for field in ("findings", "changes", "plan", "next_visit_on")}
    form = WriteVisitForm(request.POST or None, visit_on=found.visit_on, initial={**written, "version": found.version})
    if request.method == "POST" and form.is_valid():
        saved = attempt(
            form,
            lambda: write_visit(
                visit=found,
                expected_version=form.expected_version,
                by=signed_in(request),
                **form.answers,
            ),
        )
        signing = "sign" in request.POST
        if saved and signing:
            form.carry_version(found.version)
            saved = attempt(
                form,
                lambda: sign_visit(visit=found, expected_version=found.version, by=signed_in(request)),
            )
        if saved:
            messages.success(request, "The visit is signed." if signing else "The visit is saved.")
            return redirect("patients:visit", patient_id=patient.pk, visit_id=found.pk)
    context = {
        "patient": patient,
        "chart_tab": "visits",
        "visit": found,
        "open_questions": open_questions_for(found, signed_in(request)),
    }
    return form_page(request, "patients/visit_write.html", form, context)


def _read(request: HttpRequest, patient: Patient, found: Visit) -> HttpResponse:
    may_add = found.state == VisitState.SIGNED and may(signed_in(request), Permission.WRITE_VISIT, patient)
    form = AddendumForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        saved = attempt(
            form,
            lambda: add_addendum(
                visit=found,
                text=form.cleaned_data["text"],
                by=signed_in(request),
                **form.once,
            ),
        )
        if saved:
            messages.success(request, "The addendum is written.")
            return redirect("patients:visit", patient_id=patient.pk, visit_id=found.pk)
    context = {
        "patient": patient,
        "chart_tab": "visits",
        "visit": found,
        "sections": visit_sections(found),
        "may_add": may_add,
    }
    return form_page(request, "patients/visit_read.html", form, context)
