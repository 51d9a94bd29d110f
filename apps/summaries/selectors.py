"""What a visit summary says: read once, from the same selectors as the pages, and frozen."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from apps.clinical.findings import Finding
from apps.core.dates import short_date, short_time
from apps.diary.counts import DiaryCounts
from apps.diary.selectors import counts_for
from apps.patients.models import Visit
from apps.patients.selectors.patients import allergies_of
from apps.patients.selectors.prescribers import Prescribing, prescribing_of
from apps.patients.selectors.team import places_that_day
from apps.screening.selectors.scores import latest_scores
from apps.summaries.course import freeze_course, score_rows
from apps.treatment.models import MedicationChange, TreatmentPlan
from apps.treatment.selectors.medication import Course, changes_at, courses_of
from apps.treatment.selectors.plans import active_plan

Json = dict[str, Any]


def visit_content(visit: Visit) -> Json:
    """Everything the summary of a signed visit says, as JSON values. Counts end on the day of the visit.

    The number of queries does not depend on how much is recorded.
    """
    patient = visit.patient
    counts = counts_for(patient, visit.visit_on)
    courses = courses_of(patient)
    changes = list(changes_at(visit))
    return {
        "visit": _visit(visit),
        "prescribing": _prescribing(prescribing_of(patient)),
        "team": [
            {"name": str(place.member), "task": place.task} for place in places_that_day(patient, timezone.localdate())
        ],
        "allergies": {
            "status": patient.allergy_status,
            "known": [str(allergy) for allergy in allergies_of(patient)],
            "asked_on": patient.allergies_asked_on,
        },
        "diary": _diary(counts),
        "overuse": {
            "state": counts.overuse.state.value,
            "all_together": _finding(counts.overuse.headline),
            "ichd3": _finding(counts.overuse.finding),
        },
        "course": freeze_course(counts.months, courses, score_rows(patient)),
        "medicines": [_medicine(course) for course in courses if course.is_running],
        "changed": [_change(change) for change in changes],
        # A triage of suicide risk stays in the chart: the summary is handed over on paper.
        "scores": [_score(score) for score in latest_scores(patient) if not score.category],
        "plan": _plan(active_plan(patient)),
    }


def _visit(visit: Visit) -> Json:
    return {
        "id": str(visit.pk),
        "on": visit.visit_on,
        "kind": visit.get_kind_display(),
        "clinician": str(visit.clinician),
        "signed_by": str(visit.signed_by),
        "signed": _moment(visit.signed_at),
        "findings": visit.findings,
        "changes": visit.changes,
        "plan": visit.plan,
        "next_visit_on": visit.next_visit_on,
        "addenda": [
            {"by": str(addendum.created_by), "at": _moment(addendum.created_at), "text": addendum.text}
            for addendum in visit.addenda.select_related("created_by")
        ],
    }


def _prescribing(prescribing: Prescribing) -> Json:
    designated, cover = prescribing.designated, prescribing.cover
    return {
        "designated": str(designated.prescriber) if designated else "",
        "since": _moment(designated.period.lower) if designated else "",
        "cover": str(cover.prescriber) if cover else "",
        "cover_until": _moment(cover.period.upper) if cover else "",
    }


def _diary(counts: DiaryCounts) -> Json:
    return {
        "on": counts.on,
        "months": [month.as_dict() for month in counts.months],
        "latest_window": counts.windows[0].as_dict(),
        "lost": counts.lost.as_dict(),
        "changes": [change.as_dict() for change in counts.changes],
    }


def _finding(finding: Finding) -> Json:
    return finding.as_dict()


def _medicine(course: Course) -> Json:
    last = course.last
    return {
        "name": str(course.first.medicine),
        "dose": course.dosed.dose_text,
        "limit": last.limit_days_per_month,
        "purpose": course.first.get_purpose_display(),
        "since": course.started_on,
        "by": str(last.author),
        "why": _why(last),
        "review_on": last.review_on,
        "stop_rule": last.stop_rule,
        "held": course.is_on_hold,
        "emergency_stop": course.emergency_stop is not None,
    }


def _change(change: MedicationChange) -> Json:
    return {
        "what": change.get_kind_display(),
        "name": str(change.medicine),
        "dose": change.dose_text,
        "from": change.effective_on,
        "by": str(change.author),
        "why": _why(change),
    }


def _why(change: MedicationChange) -> str:
    why = f"{change.get_indication_display()}: {change.get_reason_display().lower()}"
    return f"{why}, {change.reason_text}" if change.reason_text else why


def _plan(plan: TreatmentPlan | None) -> Json | None:
    if plan is None:
        return None
    return {
        "number": plan.number,
        "signed": f"{_moment(plan.signed_at)} by {plan.signed_by}",
        "goal": plan.goal,
        "preventive": plan.preventive,
        "acute": plan.acute,
        "next_step": plan.next_step,
        "next_trigger": plan.next_trigger,
        "review_on": plan.review_on,
        "owner": str(plan.owner),
    }


def _score(score: Any) -> Json:
    return {
        "name": score.label,
        "total": score.total,
        "result": score.result,
        "band": score.band,
        "on": score.answered_on,
        "previous": score.previous_total,
    }


def _moment(moment: datetime | date | None) -> str:
    if moment is None:
        return ""
    return short_time(moment) if isinstance(moment, datetime) else short_date(moment)
