"""Reading documents, always within one patient."""

import uuid
from collections.abc import Collection

from django.db.models import Exists, OuterRef, QuerySet

from apps.documents.models import Document
from apps.patients.models import Patient


def documents_of(patient: Patient, *, kinds: Collection[str]) -> QuerySet[Document]:
    """The patient's documents of some kinds, newest first, without snapshots and files.

    Each carries `replaced`: whether a newer document took its place.
    """
    newer = Document.objects.filter(supersedes=OuterRef("pk"))
    return (
        Document.objects.filter(patient=patient, kind__in=kinds)
        .select_related("created_by")
        .defer("pdf", "snapshot")
        .annotate(replaced=Exists(newer))
        .order_by("-requested_at", "-id")
    )


def document_of(patient: Patient, document_id: uuid.UUID) -> Document | None:
    """One document of the patient, without its file; None when there is none with this id. One query."""
    return Document.objects.filter(patient=patient, pk=document_id).select_related("created_by").first()


def file_of(document: Document) -> bytes | None:
    """The document's file, None while there is none. One query."""
    pdf = Document.objects.filter(pk=document.pk).values_list("pdf", flat=True).first()
    return bytes(pdf) if pdf is not None else None


def newest_about(patient: Patient, *, kind: str, subject_id: str) -> Document | None:
    """The newest document of a kind about one thing, without snapshot and file. One query."""
    return (
        Document.objects.filter(patient=patient, kind=kind, subject_id=subject_id)
        .defer("pdf", "snapshot")
        .order_by("-requested_at", "-id")
        .first()
    )
