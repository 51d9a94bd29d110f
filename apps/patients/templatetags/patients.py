"""Template tags about patients."""

from typing import Any

from django import template

from apps.patients.chart_notices import ChartNotice, chart_notices_for
from apps.patients.models import Patient
from apps.patients.presenters import banner

register = template.Library()


@register.inclusion_tag("components/patient_banner.html", takes_context=True)
def patient_banner(context: template.Context, patient: Patient) -> dict[str, Any]:
    """The banner on top of every page of a patient's chart, as the person signed in sees it."""
    return {"banner": banner.patient_banner(patient, context["request"].user), "patient": patient}


@register.simple_tag(takes_context=True)
def chart_notices(context: template.Context, patient: Patient) -> list[ChartNotice]:
    """What other apps must have said on every page of this chart to the person signed in."""
    return chart_notices_for(patient, context["request"].user)
