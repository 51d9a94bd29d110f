"""Sets on the tablet, started through screening's own services."""

from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.clinical.instruments import instrument
from apps.patients.models import Patient
from apps.screening.choices import ConsentAnswer, SensitiveTopic
from apps.screening.models import InstrumentLicence, InstrumentWording, SensitiveConsent, TabletSet
from apps.screening.services.tablet import HandedOver, start_on_this_device, start_with_code
from apps.screening.services.tablet_patient import THE_TABLET, say_who_helps
from apps.screening.views.tablet_door import COOKIE, PATH

PHQ4 = ("phq4",)


def make_set(
    patient: Patient, by: User, *codes: str, helper: str = "nobody", now: datetime | None = None
) -> HandedOver:
    """A set that is open on a tablet, past the question whose initials these are unless `helper` is empty."""
    handed = start_on_this_device(patient=patient, codes=codes or PHQ4, language="en", now=now or timezone.now(), by=by)
    if helper:
        say_who_helps(tablet=handed.tablet, helper=helper, by=THE_TABLET)
        handed.tablet.refresh_from_db()
    return handed


def make_waiting_set(patient: Patient, by: User, *codes: str) -> HandedOver:
    """A set that waits for its code."""
    return start_with_code(patient=patient, codes=codes or PHQ4, language="en", now=timezone.now(), by=by)


def tablet_client(handed: HandedOver) -> Client:
    """A browser that has the set's secret, and nobody signed in."""
    client = Client()
    client.cookies[COOKIE] = handed.secret
    client.cookies[COOKIE]["path"] = PATH
    return client


def question_url(sheet: int, place: int) -> str:
    """The address of one question."""
    return reverse("screening:tablet_question", args=[sheet, place])


def leave_alone(tablet: TabletSet, minutes: int) -> None:
    """As if nobody had touched the tablet for so long."""
    TabletSet.objects.filter(pk=tablet.pk).update(last_seen_at=timezone.now() - timedelta(minutes=minutes))


def agree(patient: Patient) -> SensitiveConsent:
    """The patient agrees to be asked about adversity in childhood."""
    return SensitiveConsent.objects.create(
        patient=patient,
        topic=SensitiveTopic.ADVERSITY,
        answer=ConsentAnswer.GIVEN,
        asked_on=timezone.localdate(),
    )


def allow(code: str, manager: User, language: str = "en") -> InstrumentLicence:
    """The clinic holds a permission and has entered made-up wording for every question."""
    licence = InstrumentLicence.objects.create(
        instrument=code,
        language=language,
        reference="Letter 12/3",
        confirmed_by=manager,
        confirmed_on=timezone.localdate(),
    )
    items = {item.key: f"Made-up {item.key}" for item in instrument(code).items}
    InstrumentWording.objects.create(licence=licence, number=1, stem="Made-up text above", items=items)
    return licence


def set_row(patient: Patient, **changed: Any) -> TabletSet:
    """An unsaved set that is open, as somebody might write it past the services."""
    now = timezone.now()
    given: dict[str, Any] = {
        "instruments": ["phq4"],
        "state": "open",
        "device_sha256": "a" * 64,
        "opened_at": now,
        "last_seen_at": now,
        "ends_at": now + timedelta(hours=2),
        **changed,
    }
    return TabletSet(patient=patient, **given)
