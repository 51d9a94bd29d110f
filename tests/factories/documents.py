"""Documents of the tests' own kinds; import `tests.documents.kinds` before asking for one."""

import datetime
from typing import Any

from apps.accounts.models import User
from apps.core.writing import SystemProcess
from apps.documents.models import Document
from apps.documents.services import request_document
from apps.patients.models import Patient

TESTS = SystemProcess("tests")
NOTE = {
    "finding": "13–17 headache days in 30 days, 26 recorded.",
    "medicines": [["Erenumab", "140 mg every 28 days"], ["Candesartan", "16 mg daily"]],
    "rules": {"headache_days": "1.0"},
    "as_of": datetime.date(2026, 11, 22),
}


def make_document(
    patient: Patient, *, by: User | SystemProcess = TESTS, kind: str = "test_note", **options: Any
) -> Document:
    """Ask for a document through the service; `content` replaces parts of the note."""
    content = {**NOTE, **options.pop("content", {})}
    return request_document(
        patient=patient, kind=kind, subject_id=options.pop("subject_id", "visit-1"), snapshot=content, by=by, **options
    )
