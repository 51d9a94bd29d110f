"""Reading what a patient was given."""

import uuid

from django.db.models import QuerySet

from apps.education.models import LeafletGiven
from apps.patients.models import Patient


def given_to(patient: Patient) -> QuerySet[LeafletGiven]:
    """All that the patient was given, newest first, with giver and document but without its contents. One query."""
    return (
        LeafletGiven.objects.filter(patient=patient)
        .select_related("given_by", "document__created_by")
        .defer("document__pdf", "document__snapshot")
        .order_by("-given_on", "-created_at", "id")
    )


def given_of(patient: Patient, given_id: uuid.UUID) -> LeafletGiven | None:
    """One leaflet that the patient was given; None when there is none with this id. One query."""
    return LeafletGiven.objects.filter(patient=patient, pk=given_id).select_related("given_by").first()


def last_given(patient: Patient) -> dict[str, LeafletGiven]:
    """The latest giving of each leaflet, by leaflet key. One query."""
    newest_last = LeafletGiven.objects.filter(patient=patient).order_by("given_on", "created_at")
    return {f"{given.leaflet_code}.{given.language}": given for given in newest_last}
