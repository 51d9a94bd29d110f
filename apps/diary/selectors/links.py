"""Reads about the personal diary link, for the clinic and for the patient's page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, QuerySet

from apps.clinical.periods import ONE_DAY, Period
from apps.diary.choices import Source
from apps.diary.models import Attack, DiaryDay, DiaryLink, LinkEntry
from apps.diary.selectors.days import attacks_of, own_medicines, rows_of
from apps.medicines.models import Medicine
from apps.medicines.selectors import medicines_by_code
from apps.patients.models import Patient

# More buttons than these fit on no phone.
MOST_BUTTONS = 8
# An attack lasts at most 31 days: no receipt about an older day says anything about the last days.
_RECEIPTS_REACH = timedelta(days=40)


@dataclass(frozen=True)
class LastDays:
    """The days that a link may show, with what was entered. rows: by date. attacks: oldest first.

    versions: the version that each day had after the patient last wrote it; a day with another version by now was
    changed by the clinic.
    """

    rows: Mapping[date, DiaryDay]
    attacks: tuple[Attack, ...]
    versions: Mapping[date, int]

    def changed_by_clinic(self, day: date) -> bool:
        """Whether a day that the patient entered says something else by now."""
        row = self.rows.get(day)
        return row is not None and changed_by_clinic(row, self.versions)


def changed_by_clinic(row: DiaryDay, versions: Mapping[date, int]) -> bool:
    """Whether a day that came by the link was written by somebody else since."""
    return row.source == Source.LINK and versions.get(row.day) != row.version


def open_attack(days: LastDays, day: date) -> Attack | None:
    """The patient's latest attack that touches the day before and is not known to have ended; None when there is none."""
    before = day - ONE_DAY
    going = [
        attack
        for attack in days.attacks
        if attack.source == Source.LINK
        and attack.ended_at is None
        and attack.first_day <= before <= attack.last_day <= day
    ]
    return going[-1] if going else None


def link_by_hash(secret_sha256: str, today: date) -> DiaryLink | None:
    """The link with this hash if it works today, with its patient; one query."""
    return (
        DiaryLink.objects.select_related("patient")
        .filter(secret_sha256=secret_sha256, revoked_at__isnull=True, ends_on__gte=today)
        .first()
    )


def links_of(patient: Patient) -> QuerySet[DiaryLink]:
    """All links a patient ever had, the latest first, with how many entries came by each and when the last one did."""
    return (
        DiaryLink.objects.filter(patient=patient)
        .select_related("created_by", "revoked_by")
        .annotate(entry_count=Count("entries"), last_entry_at=Max("entries__received_at"))
        .order_by("-created_at")
    )


def link_of(patient: Patient) -> DiaryLink | None:
    """The patient's link that was not revoked, also when its last day is over; None when there is none."""
    return DiaryLink.objects.filter(patient=patient, revoked_at__isnull=True).first()


def last_days(patient: Patient, period: Period) -> LastDays:
    """What a link shows of the diary. Four queries."""
    return LastDays(
        rows={row.day: row for row in rows_of(patient, period)},
        attacks=tuple(attacks_of(patient, period)),
        versions=written_versions(patient, since=period.first),
    )


def written_versions(patient: Patient, *, since: date) -> dict[date, int]:
    """The version that each day had after the patient wrote it last, by any link. One query."""
    receipts = (
        LinkEntry.objects.filter(patient=patient, day__gte=since - _RECEIPTS_REACH)
        .order_by("id")
        .values_list("result", flat=True)
    )
    return {date.fromisoformat(day): version for result in receipts for day, version in result["versions"].items()}


def last_written_at(link: DiaryLink) -> datetime | None:
    """When the latest entry by this link was written; None when there is none."""
    return LinkEntry.objects.filter(link=link).aggregate(last=Max("written_at"))["last"]


def offered_medicines(link: DiaryLink) -> list[Medicine]:
    """The medicines that can be said by name: those the clinic chose, then the others of the diary, most frequent first.

    Two queries. The first `MOST_BUTTONS` of them that are in the catalogue still become buttons.
    """
    chosen = medicines_by_code(link.offered)
    own = [medicine for medicine in own_medicines(link.patient) if medicine.code not in chosen]
    return [chosen[code] for code in link.offered if code in chosen] + own


def as_buttons(medicines: Sequence[Medicine]) -> list[Medicine]:
    """Those that fit on a phone; a medicine that left the catalogue is not offered any more."""
    return [medicine for medicine in medicines if medicine.active][:MOST_BUTTONS]
