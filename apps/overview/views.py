"""Today's worklist, the patient's one page, and the history of a chart."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from apps.accounts.access import signed_in
from apps.accounts.permissions import Permission
from apps.diary.presenters.numbers import findings
from apps.diary.selectors import counts_for, earliest_day
from apps.overview.presenters.course import RANGES, course_view, months_asked
from apps.overview.presenters.history import lines
from apps.overview.presenters.worklist import cards_for
from apps.overview.selectors.history import PAGE, Place, events_of
from apps.patients.access import patient_page
from apps.patients.models import Patient
from apps.patients.selectors.visits import open_visit_of, visits_of
from apps.screening.selectors.scores import latest_scores
from apps.treatment.selectors.medication import courses_of
from apps.treatment.selectors.plans import active_plan


def today(request: HttpRequest) -> HttpResponse:
    """The first page after signing in. Who has no worklist goes to what their role is for."""
    user = signed_in(request)
    if not user.may(Permission.VIEW_WORKLIST):
        return redirect("audit:log" if user.may(Permission.VIEW_AUDIT) else "medicines:list")
    day = timezone.localdate()
    return render(request, "overview/today.html", {"today": day, "cards": cards_for(user, day)})


@patient_page(Permission.VIEW_CHART)
def patient_overview(request: HttpRequest, patient: Patient) -> HttpResponse:
    day = timezone.localdate()
    months = months_asked(request.GET.get("months"), begun=earliest_day(patient), on=day)
    counts = counts_for(patient, day)
    context = {
        "patient": patient,
        "chart_tab": "overview",
        "months": months,
        "ranges": RANGES,
        "course": course_view(patient, day, months=months, medicines=courses_of(patient)),
        "latest": counts.windows[0],
        "findings": findings(counts.overuse, patient, None),
        "plan": active_plan(patient),
        "scores": latest_scores(patient),
        "open_visit": open_visit_of(patient, signed_in(request)),
        "last_visit": visits_of(patient).first(),
        "today": day,
    }
    return render(request, "overview/patient.html", context)


@patient_page(Permission.VIEW_HISTORY)
def history(request: HttpRequest, patient: Patient) -> HttpResponse:
    """The newest changes first; older ones behind a link that starts where the page ends."""
    events = events_of(
        patient,
        after=Place.read(request.GET.get("after", "")),
        sensitive=signed_in(request).may(Permission.VIEW_SENSITIVE),
    )
    context = {
        "patient": patient,
        "chart_tab": "history",
        "lines": lines(events[:PAGE]),
        "older": str(events[PAGE - 1].place) if len(events) > PAGE else "",
    }
    return render(request, "overview/history.html", context)
