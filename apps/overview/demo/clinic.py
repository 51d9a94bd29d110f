"""Sets the demo clinic up, all of it or nothing."""

from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone

from apps.medicines.services import LOADER, load_catalogue
from apps.overview.demo.care import tell_stories
from apps.overview.demo.details import invent_details
from apps.overview.demo.diaries import diary_end, import_diaries
from apps.overview.demo.overuse_and_sleep import invent_overuse_and_sleep
from apps.overview.demo.people import DemoClinic, give_care, register_people
from apps.overview.demo.questionnaires import fill_in
from apps.overview.demo.rule_outs import work_up_stories
from apps.overview.demo.source import published_diaries
from apps.overview.demo.staff import open_accounts
from apps.patients.models import Patient

# Two set-ups at once would make two clinics; the second waits and then finds the first.
_LOCK = 20_260_611


def require_demo() -> None:
    """Raise ImproperlyConfigured where real people are treated: no invented ones beside them."""
    if not settings.DEMO:
        raise ImproperlyConfigured("The demo clinic exists only where settings.DEMO is on. This is not such a place.")


def demo_exists() -> bool:
    """Whether the demo clinic has been set up in this database."""
    return Patient.objects.filter(is_demo=True).exists()


def set_up(*, on: date, say: Callable[[str], None]) -> bool:
    """Set up the demo clinic so that its diaries end near `on`, which is today at the latest.

    Returns False when it was there already. Raises ImproperlyConfigured outside a demo, ValueError for a later `on`.
    """
    require_demo()
    today = timezone.localdate()
    if on > today:
        raise ValueError("The diaries can't end in the future.")
    with transaction.atomic():
        _one_at_a_time()
        if demo_exists():
            return False
        say("Medicines catalogue")
        load_catalogue(by=LOADER)
        say("Staff")
        staff = open_accounts(today=today)
        diaries = published_diaries()
        say(f"{len(diaries.people)} people under invented names")
        clinic = DemoClinic(on, staff, register_people(diaries.people, on=on, say=say))
        say("Referrals, care teams, prescribers")
        give_care(clinic)
        say(f"{len(diaries.days)} published diary days, with invented intakes")
        batch = import_diaries(
            diaries,
            {number: patient.pk for number, patient in clinic.patients.items()},
            ends={number: diary_end(number, on=on) for number in clinic.patients},
            today=today,
        )
        say(f"  {batch.rows_imported} taken, {batch.rows_duplicate} repeated, {batch.rows_refused} refused")
        say("Medicines, visits and plans of ten people")
        tell_stories(clinic)
        say("Invented details of headaches, nights and attacks")
        invent_details(clinic, today=today)
        say("Questionnaires and leaflets")
        fill_in(clinic, today=today)
        say("Red flags, other causes, status")
        work_up_stories(clinic, today=today)
        say("Overuse, withdrawal, sleep")
        invent_overuse_and_sleep(clinic, today=today)
    return True


def _one_at_a_time() -> None:
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
