"""A patient's documents: the list, one document with its state and contents, the file."""

import uuid

import structlog
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.permissions import Permission
from apps.audit.choices import Action
from apps.audit.services import record_access
from apps.documents import selectors, services
from apps.documents.kinds import UnknownKind, kind_of, readable_kinds
from apps.documents.models import Document
from apps.documents.presenters import DocumentView, file_name, present
from apps.documents.rendering import body_of
from apps.patients.access import may, patient_page
from apps.patients.models import Patient

logger = structlog.get_logger(__name__)

CHART_TAB = "documents"
PER_PAGE = 30


@patient_page(Permission.READ_DOCUMENT)
@never_cache
@require_safe
def document_list(request: HttpRequest, patient: Patient) -> HttpResponse:
    """All documents of a patient that this person may read, newest first."""
    kinds = readable_kinds(lambda permission: may(request.user, permission, patient))  # type: ignore[arg-type]
    page = Paginator(selectors.documents_of(patient, kinds=kinds), PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "documents/list.html",
        {
            "patient": patient,
            "chart_tab": CHART_TAB,
            "page": page,
            "position": f"Page {page.number} of {page.paginator.num_pages}",
            "documents": [_shown(request, patient, document) for document in page],
        },
    )


@patient_page(Permission.READ_DOCUMENT)
@never_cache
@require_safe
def document_detail(request: HttpRequest, patient: Patient, document_id: uuid.UUID) -> HttpResponse:
    """One document: its state, and its contents as the PDF has them."""
    document = _readable(request, patient, document_id)
    return render(
        request,
        "documents/detail.html",
        {
            "patient": patient,
            "chart_tab": CHART_TAB,
            "shown": _shown(request, patient, document),
            "document": document,
            "body": _body(document),
        },
    )


@patient_page(Permission.READ_DOCUMENT, logged=False)
@never_cache
@require_safe
def document_state(request: HttpRequest, patient: Patient, document_id: uuid.UUID) -> HttpResponse:
    """The part of the page that says how far the document is; the page asks for it until it is finished."""
    document = _readable(request, patient, document_id)
    return render(request, "documents/state.html", {"shown": _shown(request, patient, document)})


@patient_page(Permission.READ_DOCUMENT, logged=False)
@never_cache
@require_safe
def document_download(request: HttpRequest, patient: Patient, document_id: uuid.UUID) -> HttpResponse:
    """The file, with an entry in the access log that says "downloaded"; 404 while there is none."""
    document = _readable(request, patient, document_id)
    pdf = selectors.file_of(document)
    if pdf is None:
        raise Http404("This document is not ready.")
    record_access(
        by=request.user, action=Action.DOWNLOAD, subject=document.title, patient_id=patient.pk, request=request
    )
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{file_name(document, patient)}"'},
    )


@patient_page(Permission.REQUEST_DOCUMENT)
@require_POST
def document_retry(request: HttpRequest, patient: Patient, document_id: uuid.UUID) -> HttpResponse:
    """Draw a failed document again."""
    document = _readable(request, patient, document_id)
    services.retry_document(document=document, by=request.user)  # type: ignore[arg-type]
    return redirect("documents:detail", patient_id=patient.pk, document_id=document.pk)


def _readable(request: HttpRequest, patient: Patient, document_id: uuid.UUID) -> Document:
    """The document, if the patient has it and this person may read its kind."""
    document = selectors.document_of(patient, document_id)
    if document is None:
        raise Http404("This patient has no such document.")
    try:
        needed = kind_of(document.kind).may_read
    except UnknownKind:
        needed = Permission.READ_DOCUMENT
    if not may(request.user, needed, patient):  # type: ignore[arg-type]
        raise PermissionDenied("Your role does not read this kind of document.")
    return document


def _body(document: Document) -> SafeString | None:
    """The contents for the page; None when this version of the application can't show what an older one froze."""
    try:
        return body_of(document)
    except Exception:
        logger.exception("contents of a document not shown", document=str(document.pk))
        return None


def _shown(request: HttpRequest, patient: Patient, document: Document) -> DocumentView:
    may_request = may(request.user, Permission.REQUEST_DOCUMENT, patient)  # type: ignore[arg-type]
    return present(document, now=timezone.now(), may_request=may_request)
