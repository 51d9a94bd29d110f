"""Invented patients, made by the application's own services."""

import itertools
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from apps.accounts.models import User
from apps.core.writing import SystemProcess
from apps.patients.choices import Urgency
from apps.patients.models import Allergy, CareTeamMembership, Patient, PatientIdentifier, Referral
from apps.patients.services.allergies import record_allergy
from apps.patients.services.referrals import add_referral
from apps.patients.services.registration import add_identifier, register_patient
from apps.patients.services.team import add_member

TESTS = SystemProcess("tests")

# Names and days of birth that the duplicate check does not take for each other.
_GIVEN = ("Ada", "Boris", "Chidi", "Dolores", "Emeka", "Freya", "Gustav", "Hana", "Ivo", "Jasmin", "Kofi", "Lucía")
_FAMILY = ("Abbott", "Brzezinski", "Castellano", "Dvořák", "Eriksson", "Fitzgerald", "Gupta", "Hughes", "Iwasaki")
_numbers = itertools.count()


def make_patient(**details: Any) -> Patient:
    """A registered patient; name and day of birth are made up unless given."""
    number = next(_numbers)
    details.setdefault("given_name", _GIVEN[number % len(_GIVEN)])
    details.setdefault("family_name", f"{_FAMILY[number % len(_FAMILY)]}{'abcdefghij'[number // 100 % 10]}")
    details.setdefault("date_of_birth", date(1950, 1, 1) + timedelta(days=37 * number))
    return register_patient(by=TESTS, details=details)


def make_identifier(patient: Patient, system: str, value: str) -> PatientIdentifier:
    return add_identifier(patient=patient, system=system, value=value, by=TESTS)


def make_allergy(patient: Patient, substance: str = "Sulfonamides", **told: Any) -> Allergy:
    """An allergy the patient told today, unless said otherwise."""
    told.setdefault("noted_on", timezone.localdate())
    return record_allergy(patient=patient, substance=substance, by=TESTS, **told)


def make_referral(patient: Patient, **asked: Any) -> Referral:
    """A routine referral that arrived today, unless said otherwise."""
    asked.setdefault("referrer_name", "Dr Ruth Pettersen")
    asked.setdefault("received_on", timezone.localdate())
    asked.setdefault("reason", "Headache on most days, two preventives without effect")
    asked.setdefault("urgency", Urgency.ROUTINE)
    return add_referral(patient=patient, by=TESTS, asked=asked)


def make_member(patient: Patient, member: User, task: str = "diary calls", **days: Any) -> CareTeamMembership:
    """A place in the care team from today on, unless said otherwise."""
    days.setdefault("starts_on", timezone.localdate())
    return add_member(patient=patient, member=member, task=task, by=TESTS, **days)
