"""The access log: a page with filters, and all of it as CSV."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.audit import presenters, selectors
from apps.audit.access import audit_page
from apps.audit.choices import Action
from apps.audit.forms import LogFilterForm
from apps.audit.services import record_access
from apps.core.responses import form_page

NOTHING = selectors.LogPage([], newer=None, older=None)


@require_safe
@audit_page
def log(request: HttpRequest) -> HttpResponse:
    """Who read, downloaded or was refused what. Reading the log is itself an entry."""
    record_access(by=request.user, action=Action.READ, subject="audit:log", request=request)
    form = LogFilterForm(request.GET, people=selectors.people())
    page = NOTHING
    if form.is_valid():
        page = selectors.log_page(
            form.wanted, older_than=_id_in(request, "older_than"), newer_than=_id_in(request, "newer_than")
        )
    context = {
        "lines": presenters.log_lines(page.entries),
        "older_url": _address(request, older_than=page.older),
        "newer_url": _address(request, newer_than=page.newer),
        "filters": _filters(request),
    }
    return form_page(request, "audit/log.html", form, context)


@require_safe
@audit_page
def export(request: HttpRequest) -> HttpResponseBase:
    """Everything the filter finds, streamed: no length is too long. The export is an entry of the log."""
    form = LogFilterForm(request.GET, people=selectors.people())
    if not form.is_valid():
        return form_page(request, "audit/log.html", form, {"lines": [], "filters": ""})
    entry = record_access(by=request.user, action=Action.DOWNLOAD, subject="audit:export", request=request)
    lines = presenters.csv_lines(selectors.in_chunks(form.wanted, up_to=entry.pk))
    name = f"access-log-{timezone.localdate().isoformat()}.csv"
    return StreamingHttpResponse(
        lines,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"},
    )


def _id_in(request: HttpRequest, name: str) -> int | None:
    """An entry's id from the address; what is no id counts as none. PostgreSQL's bigint has 19 digits."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _filters(request: HttpRequest) -> str:
    """The filter as it stands in the address, without the place in the pages."""
    query = request.GET.copy()
    query.pop("older_than", None)
    query.pop("newer_than", None)
    return query.urlencode()


def _address(request: HttpRequest, **place: int | None) -> str:
    """The log's address with the same filter at another place; empty when there is no such place."""
    [(name, entry_id)] = place.items()
    if entry_id is None:
        return ""
    filters = _filters(request)
    return f"{request.path}?{filters}{'&' if filters else ''}{name}={entry_id}"
