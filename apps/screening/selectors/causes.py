"""Reading how far other causes are ruled out: the lists, each cause, and what is still open."""

from datetime import date

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.patients.access import patients_of
from apps.patients.models import Patient
from apps.screening.choices import CauseState, Checklist
from apps.screening.models import CauseReview, ChecklistReview

NEWEST_FIRST = ("-reviewed_on", "-created_at")


def latest_reviews(patient: Patient) -> dict[str, CauseReview]:
    """The newest review of each cause, by its code; a cause that nobody looked at is not in it. One query."""
    newest = CauseReview.objects.filter(patient=patient).order_by("cause", *NEWEST_FIRST).distinct("cause")
    return {review.cause: review for review in newest.select_related("created_by")}


def reviews_of(patient: Patient, cause: str) -> list[CauseReview]:
    """Every review of one cause, newest first. One query."""
    reviews = CauseReview.objects.filter(patient=patient, cause=cause)
    return list(reviews.order_by(*NEWEST_FIRST).select_related("created_by"))


def latest_lists(patient: Patient) -> dict[str, ChecklistReview]:
    """The newest answers to each of the two lists, by `Checklist`. One query."""
    newest = ChecklistReview.objects.filter(patient=patient).order_by("checklist", "-answered_on", "-created_at")
    return {review.checklist: review for review in newest.distinct("checklist").select_related("created_by")}


def latest_list(patient: Patient, checklist: Checklist) -> ChecklistReview | None:
    """The newest answers to one of the two lists. One query."""
    return ChecklistReview.objects.filter(patient=patient, checklist=checklist).select_related("created_by").first()


def open_rule_outs(patient: Patient) -> int:
    """How many lines are open before "refractory" can be confirmed, as the database counts them. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT screening_open_rule_outs(%s)", [patient.pk])
        return int(cursor.fetchone()[0])


def overdue_tests_for(user: User, today: date) -> QuerySet[CauseReview]:
    """Tests that were ordered, were expected before today and have no later review, of a person's patients.

    The longest overdue first; nothing for roles that read no charts. One query.
    """
    if not user.may(Permission.VIEW_CHART):
        return CauseReview.objects.none()
    later = CauseReview.objects.filter(
        Q(reviewed_on__gt=OuterRef("reviewed_on"))
        | Q(reviewed_on=OuterRef("reviewed_on"), created_at__gt=OuterRef("created_at")),
        patient=OuterRef("patient"),
        cause=OuterRef("cause"),
    )
    ordered = CauseReview.objects.filter(
        ~Exists(later),
        state=CauseState.ORDERED,
        due_on__lt=today,
        patient__in=patients_of(user).order_by().values("pk"),
    )
    return ordered.select_related("patient", "created_by").order_by("due_on", "patient_id", "cause")
