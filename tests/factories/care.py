"""A patient whose chart is full: diary, medicines, questionnaires, plan, visits. Made by the applications' services."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from apps.accounts.models import User
from apps.clinical.periods import Period, calendar_months_back
from apps.diary.entries import DayEntry
from apps.diary.services import record_month
from apps.patients.models import Patient, Visit
from apps.patients.services.visits import add_addendum
from apps.treatment.choices import ChangeKind, ChangeReason, Indication, Purpose
from apps.treatment.models import TreatmentPlan
from apps.treatment.services.medication import Dose, Why
from apps.treatment.services.plans import begin_plan, sign_plan, write_plan
from tests.factories.diary import PROCESS, headache, make_acute_medicine, no_headache
from tests.factories.patients import make_allergy
from tests.factories.screening import answers_for, make_sheet
from tests.factories.treatment import changed, make_medicine, started
from tests.factories.visits import opened, signed

DAY = datetime.timedelta(days=1)
MISSING = (3, 4, 17)


@dataclass(frozen=True)
class FullCase:
    """What the tests look at by name."""

    signed_visit: Visit
    open_visit: Visit
    plan: TreatmentPlan


def fill_diary(patient: Patient, *, months: int = 4) -> None:
    """The last calendar months up to today: headache on every other day, triptan on every fourth, three gaps."""
    make_acute_medicine("sumatriptan")
    today = timezone.localdate()
    for month in calendar_months_back(today, months):
        until = Period(month.first, min(month.last, today))
        entries = [_told(day) for day in until if day.day not in MISSING]
        record_month(patient=patient, month=until, entries=entries, seen={}, by=PROCESS, today=today)


def _told(day: datetime.date) -> DayEntry:
    if day.toordinal() % 2:
        return no_headache(day)
    return headache(day, "sumatriptan") if day.toordinal() % 4 else headache(day, severity=1)


def plan_in_force(patient: Patient, by: User) -> TreatmentPlan:
    """A signed plan with everything in it."""
    plan = begin_plan(patient=patient, by=by)
    write_plan(
        plan=plan,
        expected_version=plan.version,
        by=by,
        diagnosis="Chronic migraine, two preventives without effect",
        goal="13 to 10 headache days a month by February; back to two half days at work",
        preventive="Candesartan 16 mg, erenumab 140 mg every 28 days",
        acute="Sumatriptan 50 mg on at most 8 days a month; all acute medicines together at most 9",
        other_care="Sleep diary, two physiotherapy sessions",
        next_step="Eptinezumab 300 mg, then greater occipital nerve blocks",
        next_trigger="less than 30 % fewer headache days after 12 weeks at dose",
        review_on=timezone.localdate() + 60 * DAY,
        owner=by,
    )
    return sign_plan(plan=plan, expected_version=plan.version, by=by)


def give_medicines(patient: Patient, by: User, visit: Visit | None = None) -> None:
    """Four running courses, one of them on hold, and one that was stopped; a dose change belongs to the visit."""
    today = timezone.localdate()
    candesartan = started(patient, by, visit=None, effective_on=today - 90 * DAY)
    started(
        patient,
        by,
        medicine=make_medicine("erenumab", pharmacological_class="cgrp_receptor_antibody"),
        dose=Dose(Decimal(140), "mg", "every 28 days"),
        effective_on=today - 60 * DAY,
        review_on=today + 30 * DAY,
        stop_rule="less than 30 % fewer migraine days after 12 weeks at dose",
    )
    started(
        patient,
        by,
        medicine=make_acute_medicine("sumatriptan"),
        purpose=Purpose.ACUTE,
        dose=Dose(Decimal(50), "mg", "at onset, at most 2 in 24 hours", 8),
    )
    amitriptyline = started(patient, by, medicine=make_medicine("amitriptyline"), dose=Dose(Decimal(25), "mg", "night"))
    topiramate = started(patient, by, medicine=make_medicine("topiramate"), dose=Dose(Decimal(50), "mg", "twice daily"))
    why = Why(Indication.CHRONIC_MIGRAINE, ChangeReason.SIDE_EFFECT, "word-finding trouble")
    changed(topiramate, ChangeKind.STOP, by, why=why)
    changed(amitriptyline, ChangeKind.HOLD, by, why=why)
    raised = Dose(Decimal(24), "mg", "once daily")
    changed(candesartan, ChangeKind.DOSE_CHANGE, by, dose=raised, visit=visit, review_on=today + 28 * DAY)


def full_case(patient: Patient, prescriber: User, colleague: User) -> FullCase:
    """Fill the chart of a patient whose designated prescriber is `prescriber`."""
    today = timezone.localdate()
    make_allergy(patient, "Sulfonamides", reaction="rash")
    fill_diary(patient)
    for code, before, now in (("phq9", 14, 9), ("gad7", 11, 6)):
        make_sheet(patient, code, answers_for(code, before), answered_on=today - 70 * DAY)
        make_sheet(patient, code, answers_for(code, now), answered_on=today - 2 * DAY)
    visit = opened(patient, prescriber)
    give_medicines(patient, prescriber, visit)
    plan = plan_in_force(patient, prescriber)
    done = signed(patient, prescriber, visit=visit)
    add_addendum(visit=done, text="MRI of 3 November: normal.", by=colleague)
    return FullCase(signed_visit=done, open_visit=opened(patient, prescriber), plan=plan)
