"""A leaflet as a document: what is frozen, and how the frozen content is drawn."""

from datetime import date
from typing import Any, Final

from django.utils.safestring import SafeString

from apps.documents.kinds import register_kind
from apps.education.markup import safe
from apps.education.reader import Leaflet

KIND: Final = "leaflet"


def content_of(leaflet: Leaflet, *, prescriber: str) -> dict[str, Any]:
    """All that a printed leaflet says. `prescriber` is the patient's prescriber today, "" when nobody is named."""
    return {
        "code": leaflet.code,
        "version": leaflet.version,
        "title": leaflet.title,
        "owner": leaflet.owner,
        "written_on": leaflet.written_on,
        "review_by": leaflet.review_by,
        "sources": list(leaflet.sources),
        "html": leaflet.html,
        "names_prescriber": leaflet.names_prescriber,
        "prescriber": prescriber if leaflet.names_prescriber else "",
    }


def context_of(content: dict[str, Any]) -> dict[str, Any]:
    """The frozen content for the template, its text made safe again because it comes out of storage."""
    return {
        "leaflet": {
            **content,
            "html": SafeString(safe(content["html"])),
            "written_on": date.fromisoformat(content["written_on"]),
            "review_by": date.fromisoformat(content["review_by"]),
        }
    }


register_kind(KIND, "Leaflet", "education/leaflet_body.html", context=context_of)
