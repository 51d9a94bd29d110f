"""Template tags of the diary."""

from typing import Any

from django import template

from apps.diary.presenters.places import diary_places
from apps.patients.models import Patient

register = template.Library()


@register.inclusion_tag("diary/_nav.html", takes_context=True)
def diary_nav(context: template.Context, patient: Patient, current: str) -> dict[str, Any]:
    """The row of links to the pages of the diary: `{% diary_nav patient "year" %}`."""
    return {"places": diary_places(context["request"].user, patient, current)}
