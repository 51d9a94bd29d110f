"""Reads of the diary, each with a known number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Count, Prefetch, QuerySet

from apps.clinical import diary as rules
from apps.clinical.findings import Finding
from apps.clinical.migraine_days import MigraineDayRule
from apps.clinical.overuse import OveruseAssessment, assess_overuse
from apps.clinical.periods import Period
from apps.diary.clinical_statements import OveruseStatements, overuse_statements_of
from apps.diary.counts import DiaryCounts, diary_counts, period_needed
from apps.diary.facts import clinical_attack, clinical_day
from apps.diary.models import AcuteIntake, Attack, DayContext, DiaryDay
from apps.diary.prescribed_medicines import prescribed_medicines_of
from apps.medicines.models import Medicine
from apps.medicines.selectors import acute_medicines
from apps.patients.models import Patient


@dataclass(frozen=True)
class MonthRecord:
    """What is recorded of a month, and the medicines to choose from.

    own: medicines in the patient's diary, the most frequent first. catalogue: all acute and rescue medicines.
    """

    rows: Mapping[date, DiaryDay]
    own: tuple[Medicine, ...]
    catalogue: tuple[Medicine, ...]


def rows_of(patient: Patient, period: Period) -> QuerySet[DiaryDay]:
    """The recorded days of a period, oldest first, with intakes and medicines: two queries when read."""
    intakes = AcuteIntake.objects.select_related("medicine").order_by("medicine__code")
    return (
        DiaryDay.objects.filter(patient=patient, day__range=(period.first, period.last))
        .order_by("day")
        .prefetch_related(Prefetch("intakes", queryset=intakes))
    )


def diary_days(patient: Patient, period: Period) -> list[rules.DiaryDay]:
    """The recorded days of a period as the rules see them, oldest first. Four queries."""
    attacks = [clinical_attack(row) for row in attacks_of(patient, period)]
    contexts = {row.day: row for row in contexts_of(patient, period)}
    return [clinical_day(row, attacks=attacks, context=contexts.get(row.day)) for row in rows_of(patient, period)]


def attacks_of(patient: Patient, period: Period) -> QuerySet[Attack]:
    """The attacks that touch a period, oldest first."""
    return Attack.objects.filter(patient=patient, last_day__gte=period.first, first_day__lte=period.last).order_by(
        "first_day", "started_at", "id"
    )


def contexts_of(patient: Patient, period: Period) -> QuerySet[DayContext]:
    """What is known besides headache about the dates of a period, oldest first."""
    return DayContext.objects.filter(patient=patient, day__range=(period.first, period.last)).order_by("day")


def counts_for(patient: Patient, on: date) -> DiaryCounts:
    """The one source of a patient's diary numbers, ending on `on`, migraine days by the clinic's rule.

    Four queries, and one for what a clinician has stated by that day.
    """
    stated = overuse_statements_of(patient, on)
    return diary_counts(
        diary_days(patient, period_needed(on)),
        on=on,
        migraine_rule=MigraineDayRule(settings.DIARY_MIGRAINE_DAY_RULE),
        pre_existing_headache_disorder=stated.pre_existing,
        older_than_three_months=stated.older,
    )


def overuse_assessment(patient: Patient, on: date, *, stated: OveruseStatements | None = None) -> OveruseAssessment:
    """Where the patient stands with acute medicines on a day, with everything that was counted. Four queries.

    stated: what a clinician states, to be seen before it is recorded; otherwise what is recorded, one query more.
    """
    said = overuse_statements_of(patient, on) if stated is None else stated
    return assess_overuse(
        diary_days(patient, period_needed(on)),
        on=on,
        pre_existing_headache_disorder=said.pre_existing,
        older_than_three_months=said.older,
    )


def overuse_finding(patient: Patient, on: date) -> Finding:
    """The finding for ICHD-3 8.2 on a day. Five queries."""
    return overuse_assessment(patient, on).finding


def month_record(patient: Patient, month: Period) -> MonthRecord:
    """Everything the month page needs to be drawn. Six queries at most."""
    return MonthRecord(
        rows={row.day: row for row in rows_of(patient, month)},
        own=tuple(own_medicines(patient)),
        catalogue=tuple(acute_medicines()),
    )


def own_medicines(patient: Patient) -> list[Medicine]:
    """The medicines in a patient's diary, the most frequent first, then those prescribed for attacks.

    Two queries, and one for each app that knows what was prescribed.
    """
    # Counted apart from the catalogue: a join would count the intakes of the whole clinic for a prescribed medicine.
    taken = AcuteIntake.objects.filter(patient=patient, medicine__isnull=False).order_by().values_list("medicine_id")
    times = dict(taken.annotate(times=Count("pk")))
    own = Medicine.objects.filter(pk__in=times.keys() | prescribed_medicines_of(patient))
    return sorted(own, key=lambda medicine: (-times.get(medicine.pk, 0), medicine.generic_name))


def earliest_day(patient: Patient) -> date | None:
    """The first recorded day of a patient; None when the diary is empty. One query."""
    return DiaryDay.objects.filter(patient=patient).order_by("day").values_list("day", flat=True).first()


def latest_day(patient: Patient) -> date | None:
    """The last recorded day of a patient; None when the diary is empty."""
    return DiaryDay.objects.filter(patient=patient).order_by("-day").values_list("day", flat=True).first()
