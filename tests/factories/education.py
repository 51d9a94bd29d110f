"""Leaflets given, through the service."""

import datetime
from typing import Any

from django.utils import timezone

from apps.accounts.models import User
from apps.education.choices import How
from apps.education.models import LeafletGiven
from apps.education.services import give_leaflets
from apps.patients.models import Patient

DIARY = "keeping-the-diary.en"
COUNTING = "count-all-acute-medicines.en"
PRESCRIBER = "one-prescriber.en"
ALL = (COUNTING, DIARY, PRESCRIBER)


def give_leaflet(patient: Patient, *, by: User, key: str = DIARY, **options: Any) -> LeafletGiven:
    """Give one leaflet; on paper and today unless said otherwise."""
    today: datetime.date = options.pop("today", timezone.localdate())
    how = options.pop("how", How.PAPER)
    given_on = options.pop("given_on", today)
    (given,) = give_leaflets(patient=patient, leaflets=[key], how=how, given_on=given_on, today=today, by=by, **options)
    return given
