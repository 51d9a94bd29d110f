"""A visit as it is read."""

from apps.patients.models import Visit


def visit_sections(visit: Visit) -> list[tuple[str, str]]:
    """Heading and text of what was written, in reading order; what was left empty is left out."""
    sections = [
        ("Findings", visit.findings),
        ("What changed, and why", visit.changes),
        ("Until the next visit", visit.plan),
    ]
    return [(heading, text) for heading, text in sections if text]
