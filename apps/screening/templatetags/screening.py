"""Template tags of screening."""

from typing import Any

from django import template

from apps.patients.models import Patient
from apps.screening.presenters.places import screening_places

register = template.Library()


@register.inclusion_tag("screening/_nav.html", takes_context=True)
def screening_nav(context: template.Context, patient: Patient, current: str) -> dict[str, Any]:
    """The row of links to the pages of screening: `{% screening_nav patient "sleep" %}`."""
    return {"places": screening_places(context["request"].user, patient, current)}
