"""Freezing what a document says, and telling whether two requests ask for the same document."""

import datetime
import hashlib
import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder

from apps.core.version import VERSION
from apps.patients.models import Patient

Json = dict[str, Any]


def freeze(content: Json, *, patient: Patient, asked_by: str, asked_at: datetime.datetime) -> Json:
    """The whole snapshot: the content as its app gave it, the patient as of now, the clinic, and who asked when.

    Dates and numbers become what JSON can hold (ISO text), so that what is kept is what was hashed.
    """
    return plain(
        {
            "about": about(patient),
            "asked": {"by": asked_by, "at": asked_at.isoformat(timespec="seconds")},
            "content": content,
        }
    )


def about(patient: Patient) -> Json:
    """Who the document is about and which clinic gives it, as each page of it names them."""
    return {
        "patient": patient.full_name,
        "clinic_number": patient.clinic_number,
        "born": patient.date_of_birth.isoformat(),
        "clinic": settings.CLINIC_NAME,
        "telephone": settings.CLINIC_TELEPHONE,
        "application": VERSION,
    }


def plain(value: Json) -> Json:
    """The same as plain JSON. Raises TypeError or ValueError for what JSON can't hold."""
    result: Json = json.loads(_canonical(value))
    return result


def checksum(snapshot: Json) -> str:
    """SHA-256 of a snapshot, the same for the same contents in any order of keys; 64 hexadecimal digits."""
    return hashlib.sha256(_canonical(snapshot).encode()).hexdigest()


def request_key(
    snapshot: Json, *, patient_id: UUID, kind: str, subject_id: str, language: str, large_print: bool
) -> str:
    """What makes two requests the same document: all it says, and not who asked for it or when."""
    asked_for = {key: value for key, value in snapshot.items() if key != "asked"}
    return checksum(
        {
            "patient": str(patient_id),
            "kind": kind,
            "subject": subject_id,
            "language": language,
            "large_print": large_print,
            "snapshot": asked_for,
        }
    )


def _canonical(value: Json) -> str:
    return json.dumps(
        value, cls=DjangoJSONEncoder, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
