"""What goes with headache in a patient's diary."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.accounts.permissions import Permission
from apps.diary.presenters import patterns as pages
from apps.diary.selectors.patterns import RANGES, USUAL_MONTHS, patterns_for
from apps.patients.access import patient_page
from apps.patients.models import Patient


@require_safe
@patient_page(Permission.VIEW_CHART)
def patterns(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Weekdays, menstruation, sleep, suspected triggers and medicines against headache, with days and intervals."""
    months = _months(request.GET.get("months", ""))
    found = patterns_for(patient, timezone.localdate(), months=months)
    cards = pages.cards(found)
    context = {
        "patient": patient,
        "chart_tab": "diary",
        "months": months,
        "ranges": tuple(RANGES),
        "period": found.period,
        "recorded": found.recorded,
        "not_enough": pages.enough_sentence(found),
        "standing_out": pages.standing_out(cards),
        "chance": pages.chance_sentence(found),
        "cards": cards,
    }
    return render(request, "diary/patterns.html", context)


def _months(text: str) -> int:
    return int(text) if text.isdecimal() and int(text) in RANGES else USUAL_MONTHS
