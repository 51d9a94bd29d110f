"""Scores over the months."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from apps.accounts.permissions import Permission
from apps.patients.access import patient_page
from apps.patients.models import Patient
from apps.screening.presenters.course import RANGES, course_pictures, months_asked


@patient_page(Permission.VIEW_CHART)
def course(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Mood, sleep, disability: each beside headache days and changes of preventives, on one time axis."""
    months = months_asked(request.GET.get("months"))
    context = {
        "patient": patient,
        "chart_tab": "screening",
        "months": months,
        "ranges": RANGES,
        "pictures": course_pictures(patient, timezone.localdate(), months=months),
    }
    return render(request, "screening/course.html", context)
