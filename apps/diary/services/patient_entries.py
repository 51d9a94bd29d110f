"""The one way in for what a patient sends by the personal diary link: once, in order, into the last days and no others."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from apps.clinical.periods import ONE_DAY, Period
from apps.core.dates import short_date
from apps.core.writing import Refused, SystemProcess, writes
from apps.diary.choices import Source, State
from apps.diary.entries import DayEntry
from apps.diary.models import DayContext, DiaryLink, LinkEntry
from apps.diary.selectors.links import last_days, last_written_at
from apps.diary.services import attacks
from apps.diary.services.patient_days import PatientDays, added_intakes
from apps.diary.told import AboutDay, CorrectedDay, MoreDetails, NewAttack, NoHeadache, StillGoing, Told
from apps.patients.models import Patient


class LinkGone(Exception):
    """The link was revoked or has ended since the request began."""


class AskFirst(Exception):
    """A headache is recorded on the day that is to be without one. Sent again with `confirmed`, it is taken."""

    def __init__(self, day: date) -> None:
        self.day = day
        super().__init__(f"A headache is recorded on {short_date(day)}.")


@dataclass(frozen=True)
class Taken:
    """An entry that is in the diary. again: it was there already, by the same key."""

    receipt: LinkEntry
    again: bool


@writes
def take_entry(*, link: DiaryLink, told: Told, now: datetime, by: SystemProcess) -> Taken:
    """Take one entry, exactly once for its key.

    Raises LinkGone; Refused with errors by field: the day is not open to the link, the clinic wrote it down, the
    answers contradict each other, or the key was used for something else; DayChanged when the clinic changed the day
    since the patient's page was drawn; AskFirst when a headache would disappear and the patient has not confirmed it.
    """
    # One writer a diary at a time: the second of two equal entries finds the receipt of the first.
    patient = Patient.objects.select_for_update(no_key=True).get(pk=link.patient_id)
    if not DiaryLink.objects.filter(pk=link.pk, revoked_at=None, ends_on__gte=timezone.localdate(now)).exists():
        raise LinkGone
    if receipt := LinkEntry.objects.filter(link=link, key=told.key).first():
        if receipt.payload_hash != told.payload_hash:
            raise Refused({"key": ["This form was sent before with other answers. Send it again if these are right."]})
        return Taken(receipt, again=True)
    written_at = believable(told.written_at, after=last_written_at(link) or link.created_at, now=now)
    window = open_days(written_at.astimezone(told.clock).date())
    if told.day not in window:
        raise Refused({"day": [outside(told.day, window)]})
    diary = PatientDays(
        patient,
        last_days(patient, Period(window.first - ONE_DAY, window.last)),
        window=window,
        clock=told.clock,
        written_at=written_at,
        by=by,
    )
    _write(diary, told)
    receipt = LinkEntry.objects.create(
        link=link,
        patient=patient,
        key=told.key,
        payload_hash=told.payload_hash,
        kind=told.kind,
        day=told.day,
        written_at=written_at,
        received_at=now,
        result={"versions": {day.isoformat(): version for day, version in diary.versions.items()}},
    )
    return Taken(receipt, again=False)


@writes
def note_use(*, link: DiaryLink, now: datetime, by: SystemProcess) -> None:
    """Keep when the link was last used."""
    DiaryLink.objects.filter(pk=link.pk).update(last_used_at=now)


def open_days(today: date) -> Period:
    """The days that a link can read and write on the patient's today: it and the days before."""
    return Period(today - timedelta(days=settings.DIARY_LINK_DAYS_BACK), today)


def outside(day: date, window: Period) -> str:
    """Why a day can't be entered."""
    if day > window.last:
        return f"{short_date(day)} has not come yet."
    return f"Only {short_date(window.first)} to today can be entered here. For {short_date(day)}, telephone the clinic."


def believable(claimed: datetime | None, *, after: datetime, now: datetime) -> datetime:
    """When an entry was written: as the phone says if that is between the entry before it and now, else now.

    An entry that waited for a signal is then not called late, and a phone with a wrong clock changes nothing.
    """
    if claimed is not None and after <= claimed <= now:
        return claimed
    return now


def _write(diary: PatientDays, told: Told) -> None:
    what = told.what
    if isinstance(what, AboutDay):
        _about(diary, told.day, what)
        return
    diary.require_unchanged(told.day, told.seen, exactly=isinstance(what, CorrectedDay))
    if isinstance(what, NoHeadache):
        _no_headache(diary, told, what)
    elif isinstance(what, NewAttack):
        attacks.add_attack(diary, told.day, what)
    elif isinstance(what, StillGoing):
        attacks.continue_attack(diary, told.day)
    elif isinstance(what, MoreDetails):
        attacks.complete_attack(diary, told.day, what)
    else:
        _correct(diary, told, what)


def _no_headache(diary: PatientDays, told: Told, what: NoHeadache) -> None:
    row = diary.row(told.day)
    headache_before = row is not None and row.state == State.HEADACHE
    _ask_before_headache_goes(diary, told)
    present = () if headache_before or row is None else diary.recorded_intakes(told.day)
    diary.write(
        DayEntry(
            day=told.day,
            state=State.NONE,
            intakes=added_intakes(present, what.medicines.intakes),
            intakes_known=what.medicines.known,
            note=row.note if row else "",
        ),
        other_name=what.medicines.other_name,
    )


def _correct(diary: PatientDays, told: Told, what: CorrectedDay) -> None:
    if what.state != State.HEADACHE:
        _ask_before_headache_goes(diary, told)
    diary.write(
        DayEntry(
            day=told.day,
            state=what.state,
            severity=what.severity,
            function=what.function,
            intakes=what.medicines.intakes,
            intakes_known=what.medicines.known,
            note=what.note,
        ),
        other_name=what.medicines.other_name,
    )
    if what.state == State.HEADACHE:
        attacks.follow_severity(diary, told.day, what.severity)


def _ask_before_headache_goes(diary: PatientDays, told: Told) -> None:
    row = diary.row(told.day)
    recorded = row is not None and row.state == State.HEADACHE
    if not recorded and not diary.attacks_on(told.day):
        return
    if not told.confirmed:
        raise AskFirst(told.day)
    attacks.take_out(diary, told.day)


def _about(diary: PatientDays, day: date, about: AboutDay) -> None:
    """What the patient answered. What the clinic or a file said about the day stays; empty places are filled."""
    row = DayContext.objects.filter(patient=diary.patient, day=day).first()
    if row is None:
        row = DayContext(patient=diary.patient, day=day, source=Source.LINK, version=0)
    own = row.source == Source.LINK
    answers = {
        "menstruation": about.menstruation,
        "sleep_minutes": about.sleep_minutes,
        "exposures": None if about.exposures is None else list(about.exposures),
    }
    for name, answer in answers.items():
        if answer is not None and (own or getattr(row, name) is None):
            setattr(row, name, answer)
    row.version += 1
    row.save()
