"""133 invented people with the published age and sex: registered, referred, with a team and a prescriber."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from stdnum.gb import nhs

from apps.diary.imports.kostecki import KosteckiPerson
from apps.overview.demo.chance import chance
from apps.overview.demo.names import Name, names
from apps.overview.demo.staff import HADDAD, MAIL_DOMAIN, NURSE, OKAFOR, PROCESS, SECOND_NURSE, WEISS, Staff
from apps.patients.choices import ContactRoute, IdentifierSystem, ReferralState, Urgency
from apps.patients.models import Patient, PrescriberDesignation
from apps.patients.services.prescribers import arrange_cover, name_designated_prescriber
from apps.patients.services.referrals import add_referral, answer_referral
from apps.patients.services.registration import PossibleDuplicates, register_patient
from apps.patients.services.team import add_member

# By their numbers in the published data.
FIRST_VISIT = 98
WITHOUT_PRESCRIBER = 131
REFERRAL_RECEIVED = {132: Urgency.URGENT, 133: Urgency.ROUTINE}
REFERRAL_WAITING = 129
COVERED = 10
RUNNING_OUT = 34

_DAYS_IN_CARE = 120
_REASONS = (
    "Migraine on most days. Propranolol and amitriptyline did not help enough.",
    "Chronic migraine, three preventives stopped for side effects. Asks for advice on antibodies.",
    "Attacks do not respond to two triptans. Missing work about twice a week.",
    "Headache nearly daily, takes something on most of these days. Please assess for overuse.",
    "Migraine with aura, low mood, poor sleep. Please see together with your psychologist.",
    "Frequent migraine with neck pain; topiramate stopped because of word-finding trouble.",
)
_REFERRERS = (
    ("Dr P. Holloway", "Millbrook Surgery"),
    ("Dr N. Achari", "Castle Street Practice"),
    ("Dr S. Whitcombe", "Riverside Medical Centre"),
    ("Dr I. Galloway", "District Hospital, neurology"),
)


@dataclass(frozen=True)
class DemoClinic:
    """The date the clinic is set up for, its staff, and its patients by their number in the published data."""

    on: date
    staff: Staff
    patients: Mapping[int, Patient]


def register_people(people: tuple[KosteckiPerson, ...], *, on: date, say: Callable[[str], None]) -> dict[int, Patient]:
    """Register everybody under an invented name. Says how far it is after every 50."""
    supply = {sex: names(sex) for sex in ("female", "male")}
    patients: dict[int, Patient] = {}
    for count, person in enumerate(people, start=1):
        registered = None
        while registered is None:
            registered = _register(person, next(supply[person.sex]), on)
        patients[person.number] = registered
        if count % 50 == 0:
            say(f"  {count} of {len(people)} people registered")
    return patients


def give_care(clinic: DemoClinic) -> None:
    """A referral, a care team and a designated prescriber for everybody who has been taken on."""
    for number, patient in clinic.patients.items():
        if _refer(number, patient, clinic.on):
            _join_team(number, patient, clinic)
            _name_prescriber(number, patient, clinic)
    now = timezone.now()
    arrange_cover(
        patient=clinic.patients[COVERED],
        prescriber=clinic.staff[WEISS],
        begins=now,
        ends=now + timedelta(days=10),
        reason="Dr Okafor is on leave",
        by=PROCESS,
    )


def _register(person: KosteckiPerson, name: Name, on: date) -> Patient | None:
    """None when the duplicate check finds the invented name too much like another one."""
    dice = chance("person", person.number)
    number = _test_number(dice.randint(100_000, 999_999))
    try:
        return register_patient(
            by=PROCESS,
            details={
                "given_name": name.given,
                "family_name": name.family,
                "date_of_birth": birth_of(person, on),
                "sex": person.sex,
                "language": name.language,
                "large_print": dice.random() < 0.06,
                # Kept free for drama by the telephone regulator.
                "telephone": f"07700 900{dice.randint(0, 999):03d}",
                "contact_route": dice.choice([ContactRoute.TELEPHONE, ContactRoute.TEXT_MESSAGE]),
            },
            identifier=(IdentifierSystem.GB_NHS, number) if number and dice.random() < 0.7 else None,
            is_demo=True,
        )
    except PossibleDuplicates:
        return None


def _test_number(digits: int) -> str | None:
    """A health service number from the range kept for tests; None when these digits have no check digit."""
    return next((f"999{digits}{check}" for check in range(10) if nhs.checksum(f"999{digits}{check}") == 0), None)


def birth_of(person: KosteckiPerson, on: date) -> date:
    """A birthday that makes the published age right on the day of the demo."""
    days = chance("birth", person.number).randint(1, 360)
    return on - timedelta(days=int(person.age * 365.25) + days)


def _refer(number: int, patient: Patient, on: date) -> bool:
    """Note the referral; whether it was accepted."""
    dice = chance("referral", number)
    referrer, practice = dice.choice(_REFERRERS)
    new = number in REFERRAL_RECEIVED or number in {REFERRAL_WAITING, FIRST_VISIT}
    referral = add_referral(
        patient=patient,
        by=PROCESS,
        asked={
            "referrer_name": referrer,
            "referrer_organisation": practice,
            "received_on": on - timedelta(days=dice.randint(3, 16) if new else dice.randint(_DAYS_IN_CARE + 10, 400)),
            "reason": dice.choice(_REASONS),
            "urgency": REFERRAL_RECEIVED.get(number) or dice.choice([Urgency.ROUTINE, Urgency.ROUTINE, Urgency.SOON]),
        },
    )
    if number in REFERRAL_RECEIVED:
        return False
    waiting = number == REFERRAL_WAITING
    answer_referral(
        referral=referral,
        expected_version=referral.version,
        state=ReferralState.WAITING_FOR_INFORMATION if waiting else ReferralState.ACCEPTED,
        note="The letter does not say which preventives were tried." if waiting else "",
        by=PROCESS,
    )
    return not waiting


def _join_team(number: int, patient: Patient, clinic: DemoClinic) -> None:
    dice = chance("team", number)
    members = [(NURSE if number == FIRST_VISIT or dice.random() < 0.6 else SECOND_NURSE, "Diary and telephone calls")]
    for key, task, share in (
        ("psychologist", "Mood, pain coping", 0.3),
        ("physiotherapist", "Neck and posture", 0.2),
        ("pharmacist", "Checks medicines", 0.25),
        ("educator", "Teaches how to keep the diary", 0.25),
    ):
        if dice.random() < share:
            members.append((key, task))
    for key, task in members:
        add_member(
            patient=patient,
            member=clinic.staff[key],
            task=task,
            starts_on=clinic.on - timedelta(days=2 if number == FIRST_VISIT else _DAYS_IN_CARE),
            by=PROCESS,
        )


def _name_prescriber(number: int, patient: Patient, clinic: DemoClinic) -> None:
    if number == WITHOUT_PRESCRIBER:
        return
    name_designated_prescriber(
        patient=patient,
        prescriber=clinic.staff[prescriber_of(number)],
        reason="New patient of the clinic",
        since=_morning(clinic.on - timedelta(days=2 if number == FIRST_VISIT else _DAYS_IN_CARE)),
        by=PROCESS,
    )


def prescriber_of(number: int) -> str:
    """Whose patient somebody is. Visitors sign in as Dr Okafor, so the people of the stories are hers."""
    if number == RUNNING_OUT:
        return HADDAD
    if number in {FIRST_VISIT, COVERED} or number % 10 < 5:
        return OKAFOR
    return HADDAD if number % 10 == 9 else WEISS


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))


def first_visit() -> Patient | None:
    """Dr Okafor's newest patient who has not been seen yet; None when there is none."""
    newest = (
        PrescriberDesignation.objects.filter(
            patient__is_demo=True, patient__visits__isnull=True, prescriber__email=f"{OKAFOR}@{MAIL_DOMAIN}"
        )
        .order_by("-period")
        .select_related("patient")
        .first()
    )
    return newest.patient if newest else None
