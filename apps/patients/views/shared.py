"""What every view of this app does with a request."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from apps.core.forms import ClinicForm
from apps.core.responses import form_page
from apps.patients.models import Patient


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent with the form; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def chart_page(
    request: HttpRequest, template: str, patient: Patient, tab: str, context: dict[str, Any] | None = None
) -> HttpResponse:
    """A page of the patient's chart, in one of its tabs."""
    return render(request, template, {"patient": patient, "chart_tab": tab, **(context or {})})


def chart_form(request: HttpRequest, form: ClinicForm, patient: Patient, tab: str, **page: Any) -> HttpResponse:
    """A form in the patient's chart. `page`: title, intro (a sentence), submit, back_url, dangerous."""
    return form_page(request, "patients/chart_form.html", form, {"patient": patient, "chart_tab": tab, **page})
