"""A visit summary from the waiting row to the stored file, against WeasyPrint alone on the same HTML.

python -m benchmarks summary
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from benchmarks._timing import Ratio, compare

if TYPE_CHECKING:
    from apps.documents.models import Document

GOAL = 1.1
# One core, one summary of about three pages.
GOAL_SECONDS = 0.5
ROUNDS = 15


def ratios() -> Iterator[Ratio]:
    """Ours against WeasyPrint, and WeasyPrint's own time against what the HTML was written for."""
    from apps.documents import drawing
    from apps.documents.rendering import html_of, render

    documents = _summaries(ROUNDS + 2)
    example = documents.pop()
    pages = render(example).pages
    html = html_of(example)
    waiting = iter(documents)
    ours = compare(
        f"summary of {pages} pages, whole job against WeasyPrint alone",
        measured=lambda: drawing.draw(next(waiting).pk),
        reference=lambda: _weasyprint_alone(html),
        goal=GOAL,
        rounds=ROUNDS,
    )
    yield ours
    yield Ratio(
        name=f"WeasyPrint alone on {pages} pages against {GOAL_SECONDS} s",
        value=ours.reference_ms / (GOAL_SECONDS * 1000),
        goal=1.0,
        measured_ms=ours.reference_ms,
        reference_ms=GOAL_SECONDS * 1000,
    )


def _summaries(number: int) -> list[Document]:
    """The demo clinic's longest summary, asked for several times with contents that differ in one number."""
    from django.core.management import call_command

    from apps.core.writing import SystemProcess
    from apps.documents.services import request_document
    from apps.patients.choices import VisitState
    from apps.patients.models import Visit
    from apps.summaries.selectors import visit_content

    call_command("load_demo", verbosity=0)
    visits = Visit.objects.filter(state=VisitState.SIGNED).select_related("patient")
    longest = max(visits, key=lambda visit: len(str(visit_content(visit))))
    return [
        request_document(
            patient=longest.patient,
            kind="visit_summary",
            subject_id=longest.pk,
            snapshot={**visit_content(longest), "measurement": count},
            by=SystemProcess("measurement"),
        )
        for count in range(number)
    ]


def _weasyprint_alone(html: str) -> None:
    import weasyprint

    from apps.documents import rendering

    style = rendering.house_style()
    page = weasyprint.HTML(string=html, base_url=rendering.STATIC_ROOT)
    page.write_pdf(font_config=style.fonts, stylesheets=[style.sheet], pdf_variant=rendering.PDF_VARIANT)
