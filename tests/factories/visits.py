"""Visits through their own services."""

import datetime
from typing import Any

from django.utils import timezone

from apps.accounts.models import User
from apps.patients.models import Patient, Visit
from apps.patients.services.visits import open_visit, sign_visit, write_visit


def opened(patient: Patient, by: User, **changed: Any) -> Visit:
    """A visit of today that is still open."""
    return open_visit(patient=patient, by=by, **{"kind": "follow_up", "visit_on": timezone.localdate(), **changed})


def signed(patient: Patient, by: User, visit: Visit | None = None, **written: Any) -> Visit:
    """A visit of today, or the open one that is given, written and signed."""
    visit = visit or opened(patient, by)
    text = {
        "findings": "Headache on most days. Neck stiff.",
        "changes": "Candesartan begun.",
        "plan": "Diary every evening.",
        "next_visit_on": timezone.localdate() + datetime.timedelta(days=84),
        **written,
    }
    write_visit(visit=visit, expected_version=visit.version, by=by, **text)
    return sign_visit(visit=visit, expected_version=visit.version, by=by)
