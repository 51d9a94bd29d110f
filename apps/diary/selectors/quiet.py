"""Running diaries in which nobody has written for a while."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import DateField, F, Func, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest

from apps.clinical.completeness import Completeness
from apps.clinical.periods import window_ending
from apps.diary.choices import Source
from apps.diary.models import AcuteMonth, DiaryDay, DiaryLink
from apps.diary.selectors.rollup import bits_by_patient, nothing_known
from apps.patients.choices import ReferralState
from apps.patients.models import Patient, Referral, Visit
from apps.patients.selectors.pages import Page, page_of
from apps.patients.selectors.search import matching

PAGE_SIZE: Final = 50
# Without an entry for longer than this, and without a link, a diary is not quiet but over.
RUNNING_DAYS: Final = 365
LONGEST_SILENCE_FIRST: Final = ("silent_since", "sort_name", "id")


@dataclass(frozen=True, slots=True)
class QuietDiary:
    """A patient whose diary is silent since `silent_since`: the last entry, or the day the link was given if later.

    last_entry: the last date with an entry, and how it came in; None when there is a link and nothing was entered.
    """

    patient: Patient
    silent_since: date
    last_entry: date | None
    source: Source | None
    has_link: bool
    completeness: Completeness
    next_visit_on: date | None


class _LastDay(Func):
    """The date of the highest bit of a month; with (month, bits) as arguments, of which the bits are not all clear."""

    template = "(%(expressions)s)::bit(31)))"
    arg_joiner = " + 31 - position(B'1' IN ("
    output_field = DateField()


def quiet_diaries(
    patients: QuerySet[Patient],
    on: date,
    *,
    quiet_days: int,
    typed: str = "",
    after: UUID | None = None,
    before: UUID | None = None,
    size: int = PAGE_SIZE,
) -> Page[Patient]:
    """A page of the patients whose running diary has had no entry for more than `quiet_days` days, longest silence first.

    An entry is a date that says headache or no headache, or a medicine, or that none was taken; "not known" alone is
    silence. A diary is running when it had an entry in the last 12 months or the patient has a link that works. Not
    among them: patients whose referral was declined. One query, and one more from the second page on.
    """
    condition = matching(typed)
    people = (
        (patients if condition is None else patients.filter(condition))
        .annotate(
            last_entry=Subquery(_last_entries(on)),
            link_since=Subquery(_links(on).values("starts_on")[:1]),
            referral_state=Subquery(_newest_referrals().values("state")[:1]),
        )
        # PostgreSQL's GREATEST passes over what is empty.
        .annotate(silent_since=Greatest("last_entry", "link_since"))
        .filter(
            Q(last_entry__gte=on - timedelta(days=RUNNING_DAYS)) | Q(link_since__isnull=False),
            Q(referral_state__isnull=True) | ~Q(referral_state=ReferralState.DECLINED),
            silent_since__lt=on - timedelta(days=quiet_days),
        )
    )
    return page_of(people, LONGEST_SILENCE_FIRST, size=size, after=after, before=before)


def with_facts(patients: Iterable[Any], on: date) -> list[QuietDiary]:
    """The rows of `quiet_diaries` with how the last entry came in, completeness and the next visit. Three queries."""
    people: Sequence[Any] = list(patients)
    keys = [patient.pk for patient in people]
    window = window_ending(on)
    bits = bits_by_patient(Patient.objects.filter(pk__in=keys), window)
    sources = _sources(people)
    visits = _next_visits(keys, on)
    return [
        QuietDiary(
            patient=patient,
            silent_since=patient.silent_since,
            last_entry=patient.last_entry,
            source=sources.get(patient.pk),
            has_link=patient.link_since is not None,
            completeness=bits.get(patient.pk, nothing_known(window)).completeness,
            next_visit_on=visits.get(patient.pk),
        )
        for patient in people
    ]


def _last_entries(on: date) -> QuerySet[Any, Any]:
    bits: Any = F("recorded")
    entered = bits.bitor(F("list_known")).bitor(F("acute"))
    return (
        AcuteMonth.objects.filter(patient=OuterRef("pk"), month__lte=on)
        .exclude(recorded=0, list_known=0, acute=0)
        .order_by("-month")
        .values(last=_LastDay(F("month"), entered))[:1]
    )


def _links(on: date) -> QuerySet[DiaryLink]:
    return DiaryLink.objects.filter(
        patient=OuterRef("pk"), revoked_at__isnull=True, starts_on__lte=on, ends_on__gte=on
    ).order_by("-starts_on")


def _newest_referrals() -> QuerySet[Referral]:
    return Referral.objects.filter(patient=OuterRef("pk")).order_by("-received_on", "-created_at")


def _sources(people: Sequence[Any]) -> dict[UUID, Source]:
    pairs = Q(pk__in=[])
    for patient in people:
        if patient.last_entry:
            pairs |= Q(patient=patient.pk, day=patient.last_entry)
    rows = DiaryDay.objects.filter(pairs).values_list("patient_id", "source")
    return {patient_id: Source(source) for patient_id, source in rows}


def _next_visits(keys: Sequence[UUID], on: date) -> dict[UUID, date]:
    newest = (
        Visit.objects.filter(patient__in=keys, next_visit_on__gte=on)
        .order_by("patient_id", "-visit_on", "-created_at")
        .distinct("patient_id")
    )
    return {visit.patient_id: visit.next_visit_on for visit in newest if visit.next_visit_on}
