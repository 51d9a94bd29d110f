"""What the addresses of the walk point at: one thing of each kind, made when an address asks for it."""

import hashlib
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from apps.accounts.choices import Role
from apps.accounts.services.staff import invite
from apps.diary.models import Attack, DiarySheet
from apps.documents.choices import DocumentState
from apps.documents.models import Document
from apps.patients.choices import DesignationKind, VisitKind
from apps.patients.models import PrescriberDesignation
from apps.patients.services.visits import open_visit
from tests.contracts.rights import Visitor
from tests.factories.accounts import make_prescriber, make_user
from tests.factories.diary_files import attack, bring_in, read_in, reading
from tests.factories.diary_link import make_diary_link
from tests.factories.documents import make_document
from tests.factories.education import DIARY, give_leaflet
from tests.factories.overuse import make_allowance
from tests.factories.patients import make_allergy, make_identifier, make_referral
from tests.factories.screening import make_licence, make_safety_task, make_sheet
from tests.factories.sleep import make_sleep_screen, make_sleep_study
from tests.factories.tablet import make_set
from tests.factories.treatment import make_medicine, started
from tests.factories.withdrawal import make_draft, make_running, make_signal, make_silence
from tests.fixtures.people import People, join_care_team

PDF = b"%PDF-1.7 a file"
DIARY_DAY = date(2026, 10, 5)


def invited(people: People) -> uuid.UUID:
    """Somebody who has not chosen a password yet."""
    return invite(by=people.manager, email="invited@clinic.example", full_name="Invited Nurse", role=Role.NURSE).pk


def closed(people: People) -> uuid.UUID:
    """Somebody whose account is closed."""
    return make_user(full_name="Gone Home", is_active=False, deactivated_at=timezone.now()).pk


def running_cover(people: People) -> uuid.UUID:
    """A cover that runs now."""
    return PrescriberDesignation.objects.create(
        patient=people.patient,
        prescriber=make_prescriber(),
        kind=DesignationKind.COVER,
        period=(timezone.now() - timedelta(hours=1), timezone.now() + timedelta(days=5)),
        reason="holiday",
    ).pk


def open_visit_of_the_treating(people: People) -> uuid.UUID:
    """A visit that the treating clinician is writing."""
    today = timezone.localdate()
    return open_visit(patient=people.patient, kind=VisitKind.FOLLOW_UP, visit_on=today, by=people.treating).pk


def ready_document(people: People) -> uuid.UUID:
    """A document whose file is there."""
    document = make_document(people.patient)
    now = timezone.now()
    waiting = Document.objects.filter(pk=document.pk)
    waiting.update(state=DocumentState.RUNNING, attempts=1, started_at=now, heartbeat_at=now)
    waiting.update(
        state=DocumentState.READY, pdf=PDF, pdf_sha256=hashlib.sha256(PDF).hexdigest(), pages=1, finished_at=now
    )
    return document.pk


def diary_sheet_code(people: People) -> str:
    """The code on a printed diary sheet of the running month."""
    return DiarySheet.objects.create(patient=people.patient, month=timezone.localdate().replace(day=1)).code


def diary_file(people: People) -> uuid.UUID:
    """A diary file that was read and waits to be checked."""
    return read_in(people.patient, people.treating, reading(attack(1, DIARY_DAY))).pk


def imported_diary_file(people: People) -> uuid.UUID:
    """A diary file that is in the diary."""
    return bring_in(people.patient, people.treating, reading(attack(1, DIARY_DAY))).pk


def leaflet_code(people: People) -> str:
    """A leaflet of the shelf."""
    return DIARY.partition(".")[0]


def described_attack(people: People) -> int:
    """An attack in the patient's diary."""
    today = timezone.localdate()
    return Attack.objects.create(patient=people.patient, first_day=today, last_day=today).pk


def patient_with_diary_link(people: People) -> uuid.UUID:
    """The patient, with a personal diary link that works."""
    make_diary_link(people.patient, people.treating)
    return people.patient.pk


def protected_code(people: People) -> str:
    """A questionnaire whose wording is protected."""
    return "midas"


def running_withdrawal_check(people: People) -> uuid.UUID:
    """A check of a withdrawal in force."""
    return make_running(people.patient, people.treating).checks.first().pk


# The usual value of each part of an address. A page whose part means something else says so itself (`make`).
PARTS: dict[str, Callable[[People], Any]] = {
    "patient_id": lambda people: people.patient.pk,
    "user_id": lambda people: people.treating.pk,
    "credential_id": lambda people: people.treating.prescriber_credentials.get().pk,
    "membership_id": lambda people: people.patient.care_team.get(member=people.colleague).pk,
    "designation_id": running_cover,
    "attack_id": described_attack,
    "identifier_id": lambda people: make_identifier(people.patient, "hospital", "H1234").pk,
    "allergy_id": lambda people: make_allergy(people.patient).pk,
    "referral_id": lambda people: make_referral(people.patient).pk,
    "document_id": ready_document,
    "file_id": diary_file,
    "course_id": lambda people: started(people.patient, people.treating).course,
    "visit_id": open_visit_of_the_treating,
    "given_id": lambda people: give_leaflet(people.patient, by=people.treating).pk,
    "language": lambda people: "en",
    "kind": lambda people: "stop",
    "code": lambda people: make_medicine().code,
    "sheet_id": lambda people: make_sheet(people.patient).pk,
    "licence_id": lambda people: make_licence(people.manager).pk,
    "set_id": lambda people: make_set(people.patient, people.colleague).tablet.pk,
    "sheet": lambda people: 1,
    "place": lambda people: 1,
    "task_id": lambda people: make_safety_task(people.patient).pk,
    "allowance_id": lambda people: make_allowance(people.patient, people.colleague).pk,
    "instrument_code": lambda people: "phq9",
    "cause": lambda people: "iih",
    "screen_id": lambda people: make_sleep_screen(people.patient, by=people.treating).pk,
    "disorder": lambda people: "apnoea",
    "study_id": lambda people: make_sleep_study(people.patient, by=people.treating).pk,
    "step": lambda people: "booked",
    "plan_id": lambda people: make_draft(people.patient, people.treating).pk,
    "check_id": lambda people: make_draft(people.patient, people.treating).checks.first().pk,
    "signal_id": lambda people: make_signal(people.patient).pk,
    "silence_id": lambda people: make_silence(people.patient, people.treating).pk,
    "month": lambda people: timezone.localdate().replace(day=1),
    "token": lambda people: make_diary_link(people.patient, people.treating).token,
    "uidb36": lambda people: "0",
    "key": lambda people: "no-such-key",
    "name": lambda people: "404",
}


VISITORS = [
    "anonymous",
    "treating",
    "colleague",
    "stranger",
    *(role.value for role in Role),
    *(f"{role.value} of the team" for role in Role),
]


def visitor(name: str, people: People) -> Visitor:
    """The treating clinician, the colleague, the stranger, nobody, or a role with or without the patient."""
    if name == "anonymous":
        return Visitor(name, None)
    if not name.endswith(" of the team"):
        return Visitor(name, getattr(people, name), related=name in ("treating", "colleague"))
    role = Role(name.removesuffix(" of the team"))
    in_team = make_user(role=role, full_name=f"{role.label} of the team")
    join_care_team(in_team, people.patient)
    return Visitor(name, in_team, related=True)
