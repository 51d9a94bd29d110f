"""Pages of the medicines tab: the current regimen, its history, and the prescriber's changes."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from apps.accounts.access import signed_in
from apps.accounts.permissions import Permission
from apps.core.forms import attempt
from apps.core.responses import form_page
from apps.medicines.selectors import find_medicines
from apps.patients.access import patient_page
from apps.patients.models import Patient
from apps.patients.selectors.prescribers import may_change_medicines, prescribing_of
from apps.patients.selectors.visits import open_visit_of
from apps.screening.selectors.allowance import allowances_in_force
from apps.treatment.choices import ChangeKind
from apps.treatment.forms.medication import ChangeForm, DoseChangeForm, StartMedicineForm
from apps.treatment.presenters import LockedMedicines
from apps.treatment.selectors.medication import Course, course_of, courses_of, ledger_of
from apps.treatment.services.medication import change_medicine, start_medicine

WITH_DOSE = (ChangeKind.DOSE_CHANGE, ChangeKind.TAPER_STEP)
CHANGES = (*WITH_DOSE, ChangeKind.HOLD, ChangeKind.RESUME, ChangeKind.STOP)


@patient_page(Permission.VIEW_CHART)
def medicines(request: HttpRequest, patient: Patient) -> HttpResponse:
    courses = courses_of(patient)
    may_change = may_change_medicines(signed_in(request), patient)
    context = {
        "patient": patient,
        "chart_tab": "medicines",
        "running": [course for course in courses if course.is_running],
        "past": [course for course in courses if not course.is_running],
        "ledger": ledger_of(patient)[:50],
        "may_change": may_change,
        "agreed": allowances_in_force(patient),
        "locked": None if may_change else LockedMedicines.of(patient, prescribing_of(patient), signed_in(request)),
    }
    return render(request, "treatment/medicines.html", context)


@patient_page(Permission.VIEW_CHART)
def start(request: HttpRequest, patient: Patient) -> HttpResponse:
    if not may_change_medicines(signed_in(request), patient):
        return _locked(request, patient)
    today = timezone.localdate()
    form = StartMedicineForm(
        request.POST or None,
        medicines=find_medicines(),
        today=today,
        initial={"effective_on": today},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        saved = attempt(
            form,
            lambda: start_medicine(
                patient=patient,
                medicine=given["medicine"],
                purpose=given["purpose"],
                dose=form.dose,
                why=form.why,
                effective_on=given["effective_on"],
                review_on=given["review_on"],
                stop_rule=given["stop_rule"],
                visit=open_visit_of(patient, signed_in(request)),
                by=signed_in(request),
                **form.once,
            ),
        )
        if saved:
            messages.success(request, "The medicine is started.")
            return redirect("treatment:medicines", patient_id=patient.pk)
    return form_page(
        request,
        "treatment/start.html",
        form,
        {"patient": patient, "chart_tab": "medicines", "visit": open_visit_of(patient, signed_in(request))},
    )


@patient_page(Permission.VIEW_CHART)
def change(request: HttpRequest, patient: Patient, course_id: UUID, kind: str) -> HttpResponse:
    course = course_of(patient, course_id)
    if course is None or kind not in CHANGES:
        raise Http404("There is no such medicine in this chart.")
    if not may_change_medicines(signed_in(request), patient):
        return _locked(request, patient)
    form = _change_form(request, course, kind)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        saved = attempt(
            form,
            lambda: change_medicine(
                course=course,
                kind=kind,
                why=form.why,
                effective_on=given["effective_on"],
                dose=form.dose if isinstance(form, DoseChangeForm) else None,
                review_on=given.get("review_on"),
                visit=open_visit_of(patient, signed_in(request)),
                by=signed_in(request),
                **form.once,
            ),
        )
        if saved:
            messages.success(request, f"{ChangeKind(kind).label}: {course.first.medicine}. It is in the ledger.")
            return redirect("treatment:medicines", patient_id=patient.pk)
    context = {
        "patient": patient,
        "chart_tab": "medicines",
        "course": course,
        "kind_label": ChangeKind(kind).label,
        "visit": open_visit_of(patient, signed_in(request)),
    }
    return form_page(request, "treatment/change.html", form, context)


def _change_form(request: HttpRequest, course: Course, kind: str) -> ChangeForm:
    today = timezone.localdate()
    initial = {"effective_on": max(today, course.last.effective_on), "indication": course.last.indication}
    limits = {"earliest": course.last.effective_on, "today": today}
    if kind not in WITH_DOSE:
        return ChangeForm(request.POST or None, initial=initial, **limits)
    now = course.dosed
    initial |= {
        "dose_amount": now.dose_amount.normalize() if now.dose_amount else None,
        "dose_unit": now.dose_unit,
        "frequency": now.frequency,
        "limit_days_per_month": course.last.limit_days_per_month,
        "review_on": course.last.review_on,
    }
    return DoseChangeForm(request.POST or None, purpose=course.first.purpose, initial=initial, **limits)


def _locked(request: HttpRequest, patient: Patient) -> HttpResponse:
    """The page behind a control that this person can't use: 403, and it explains itself."""
    locked = LockedMedicines.of(patient, prescribing_of(patient), signed_in(request))
    context = {"patient": patient, "chart_tab": "medicines", "locked": locked}
    return render(request, "treatment/locked.html", context, status=403)
