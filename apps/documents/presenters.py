"""How a document is shown: a state in words, what it waits for, and what can be done."""

import datetime
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.text import slugify

from apps.core.dates import short_time
from apps.documents.choices import DocumentState
from apps.documents.kinds import label_of_kind
from apps.documents.models import Document
from apps.patients.models import Patient

# After this the page says that something may be wrong; a worker takes a document within a second or two.
LONG_WAIT: Final = datetime.timedelta(seconds=60)


@dataclass(frozen=True)
class DocumentView:
    """What a page needs to show one document; the names are those of components/document_state.html."""

    document: Document
    kind: str
    asked_by: str
    replaced: bool
    document_id: str
    state: str
    title: str
    detail: str
    reason: str
    page_url: str
    poll_url: str
    download_url: str
    retry_url: str


def present(document: Document, *, now: datetime.datetime, may_request: bool) -> DocumentView:
    """A document as the page shows it at a moment, to somebody who may or may not ask for documents."""
    address = {"patient_id": document.patient_id, "document_id": document.pk}
    return DocumentView(
        document=document,
        kind=label_of_kind(document.kind),
        asked_by=str(document.created_by) if document.created_by else "the application",
        replaced=getattr(document, "replaced", False),
        document_id=str(document.pk),
        state=document.state,
        # Several may have the same title: the time, and the checksum printed on each page, tell them apart.
        title=f"{document.title}, {short_time(document.requested_at)} ({document.checksum})",
        detail=detail_of(document, now),
        reason=document.failure_text,
        page_url=reverse("documents:detail", kwargs=address),
        poll_url=reverse("documents:state", kwargs=address),
        download_url=reverse("documents:download", kwargs=address),
        retry_url=reverse("documents:retry", kwargs=address) if may_request else "",
    )


def detail_of(document: Document, now: datetime.datetime) -> str:
    """The words beside the state: how long already, and what to think of it."""
    if document.state == DocumentState.READY:
        return f"PDF, {document.pages} page{'' if document.pages == 1 else 's'}"
    if document.state == DocumentState.RUNNING and document.started_at:
        again = f", attempt {document.attempts}" if document.attempts > 1 else ""
        return f"since {short_time(document.started_at)}{again}"
    if document.state == DocumentState.QUEUED:
        return f"since {short_time(document.queued_at)}{_worry(document, now)}"
    return ""


def _worry(document: Document, now: datetime.datetime) -> str:
    if document.offered_at is None:
        return ". The queue can't be reached at the moment. Nothing is lost: it is drawn as soon as the queue is back."
    if now - document.queued_at > LONG_WAIT:
        return (
            ". This takes longer than usual: the drawing service may be stopped. Nothing is lost; "
            "if it stays like this, tell the clinic's IT."
        )
    return ""


def file_name(document: Document, patient: Patient) -> str:
    """A name for the downloaded file: letters, digits and hyphens only, and nobody's name in it."""
    day = document.requested_at.date().isoformat()
    return f"{slugify(document.title)[:80] or 'document'}-{slugify(patient.clinic_number)}-{day}.pdf"
