"""What the published days do not say, invented for the people of the stories: how strong, how limiting, what came with
it, nights and menstruation. Typed by a nurse, or handed in as files that two invented apps wrote."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django.core.exceptions import ImproperlyConfigured

from apps.accounts.models import User
from apps.clinical.periods import Period
from apps.diary import reading, taking
from apps.diary.choices import Relief, State
from apps.diary.entries import DayEntry
from apps.diary.facts import entry_of
from apps.diary.import_choices import FileState, Meaning, Overlap
from apps.diary.models import DiaryFile
from apps.diary.models.file import PART_BYTES
from apps.diary.selectors import earliest_day, rows_of
from apps.diary.services import (
    NameDecision,
    add_part,
    begin_upload,
    confirm_file,
    decide_names,
    finish_upload,
    record_month,
)
from apps.diary.services.links import make_link, usual_end
from apps.overview.demo.app_files import APP_NAMES, attack_list, health_export
from apps.overview.demo.chance import chance
from apps.overview.demo.people import DemoClinic, prescriber_of
from apps.overview.demo.staff import NURSE
from apps.patients.models import Patient

# The people of the stories, whose nurse asked how strong each headache was and what it left possible.
TYPED = (22, 10, 24, 75, 5, 7, 55, 74, 50, 110)
# Whoever keeps an app hands its files in: attacks, and nights with menstruation.
WITH_APP = 22
# Writes the diary on her own telephone.
WITH_LINK = 5

# Chances of mild, moderate, severe.
_STRENGTH = (0.25, 0.4, 0.35)
# No, some and full relief.
_RELIEF = (0.35, 0.45, 0.2)
# Function 0 to 3 by severity.
_FUNCTION: Mapping[int, tuple[float, ...]] = {1: (0.7, 0.3, 0, 0), 2: (0.1, 0.6, 0.25, 0.05), 3: (0, 0.2, 0.5, 0.3)}


def invent_details(clinic: DemoClinic, *, today: date) -> None:
    """All of it, for everybody it is invented for."""
    for number in TYPED:
        _type_strength(number, clinic, today)
    patient, doctor = clinic.patients[WITH_APP], clinic.staff[prescriber_of(WITH_APP)]
    decide_names(
        patient=patient,
        decisions=[NameDecision(name, Meaning.MEDICINE, code, whole_clinic=True) for code, name in APP_NAMES.items()],
        by=doctor,
    )
    headaches = [entry for entry in _entries(patient, today).values() if entry.state is State.HEADACHE]
    _hand_in(patient, "attacks-invented.csv", attack_list(headaches), doctor)
    _hand_in(patient, "export-invented.xml", health_export(_days(patient, today)), doctor)
    _give_link(clinic, today)


def _type_strength(number: int, clinic: DemoClinic, today: date) -> None:
    patient = clinic.patients[number]
    days = _days(patient, today)
    entries = _entries(patient, today)
    record_month(
        patient=patient,
        month=days,
        entries=[_with_strength(number, entry) for entry in entries.values()],
        seen={row.day: row.version for row in rows_of(patient, days)},
        by=clinic.staff[NURSE] if _treats(clinic.staff[NURSE], patient) else clinic.staff[prescriber_of(number)],
        today=today,
    )


def _treats(member: User, patient: Patient) -> bool:
    return patient.care_team.filter(member=member).exists()


def _with_strength(number: int, entry: DayEntry) -> DayEntry:
    if entry.state is not State.HEADACHE:
        return entry
    dice = chance("strength", number, entry.day.toordinal())
    severity = dice.choices((1, 2, 3), _STRENGTH)[0]
    return replace(
        entry,
        severity=severity,
        function=dice.choices(range(4), _FUNCTION[severity])[0],
        intakes=tuple(replace(each, relief=dice.choices(tuple(Relief), _RELIEF)[0]) for each in entry.intakes),
    )


def _entries(patient: Patient, today: date) -> dict[date, DayEntry]:
    return {row.day: entry_of(row) for row in rows_of(patient, _days(patient, today))}


def _days(patient: Patient, today: date) -> Period:
    first = earliest_day(patient)
    if first is None:
        raise ImproperlyConfigured("The demo clinic invents details for days that are recorded; there are none.")
    return Period(first, today)


def _hand_in(patient: Patient, name: str, content: bytes, by: User) -> None:
    """Upload, read, confirm and take a file as page and worker do."""
    file = begin_upload(patient=patient, name=name, by=by)
    for number, begin in enumerate(range(0, len(content), PART_BYTES)):
        add_part(file=file, number=number, content=content[begin : begin + PART_BYTES], by=by)
    file = finish_upload(file=file, size=len(content), sha256=hashlib.sha256(content).hexdigest(), by=by)
    reading.read(file.pk)
    confirm_file(file=file, overlap=Overlap.KEEP, by=by)
    taking.take(file.pk)
    ended = DiaryFile.objects.get(pk=file.pk)
    if ended.state != FileState.IMPORTED:
        raise ImproperlyConfigured(f"The demo clinic's file {name} was not taken: {ended.failure_text}")


def _give_link(clinic: DemoClinic, today: date) -> None:
    make_link(
        patient=clinic.patients[WITH_LINK],
        ends_on=usual_end(today),
        offered=["sumatriptan-oral"],
        by=clinic.staff[prescriber_of(WITH_LINK)],
        today=today,
    )
