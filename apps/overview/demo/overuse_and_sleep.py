"""Reasons for overuse, agreements, a withdrawal and a sleep study of the people of the stories; all of it invented."""

from datetime import date, timedelta

from apps.accounts.models import User
from apps.clinical.overuse_reasons import OveruseReason
from apps.clinical.sleep.facts import Study
from apps.diary.selectors import own_medicines
from apps.overview.demo.people import DemoClinic, prescriber_of
from apps.patients.models import Patient
from apps.screening.choices import Ration, ReferralState, SleepDisorder, Statement, Sureness, Way, WithdrawalPlace
from apps.screening.services.allowance import agree_on_days
from apps.screening.services.overuse import NotedReason, record_overuse_review
from apps.screening.services.sleep import record_sleep_screen
from apps.screening.services.sleep_referrals import take_step, want_study
from apps.screening.services.withdrawal import Planned, begin_withdrawal, plan_medicine, sign_withdrawal
from apps.screening.signalling import fire_overuse_signals

ANXIOUS, WITHDRAWING, SLEEPLESS = 22, 50, 24
_AGREED_DAYS = 8
_ON_A_BREAK_SINCE = timedelta(days=12)


def invent_overuse_and_sleep(clinic: DemoClinic, *, today: date) -> None:
    """One person's reasons and agreement, another one's withdrawal, a third one's sleep study; then the first signals."""
    _explain_overuse(*_two(clinic, ANXIOUS), today)
    _withdraw(*_two(clinic, WITHDRAWING), today)
    _study_sleep(*_two(clinic, SLEEPLESS), clinic.on, today)
    fire_overuse_signals(today)


def _explain_overuse(patient: Patient, doctor: User, today: date) -> None:
    record_overuse_review(
        patient=patient,
        reasons=[
            NotedReason(OveruseReason.ANTICIPATORY_ANXIETY, Sureness.CERTAIN, "Takes it before each shift"),
            NotedReason(OveruseReason.NO_PREVENTIVE, Sureness.LIKELY, "Two preventives without lasting effect"),
        ],
        preexisting=Statement.YES,
        older=Statement.YES,
        note="Afraid of letting her colleagues down. Did not know that tablets from the shop count as well.",
        today=today,
        by=doctor,
    )
    agree_on_days(
        patient=patient, ration=Ration.ALL, days=_AGREED_DAYS, justification="", review_on=None, today=today, by=doctor
    )


def _withdraw(patient: Patient, doctor: User, today: date) -> None:
    plan = begin_withdrawal(
        patient=patient,
        by=doctor,
        starts_on=today - _ON_A_BREAK_SINCE,
        place=WithdrawalPlace.HOME,
        bridge="Metoclopramide against nausea; fluids, rest, a quiet room",
        preventive="Galcanezumab goes on",
        preventive_on=None,
        told="Worse for about a week, then better. Telephone at any time; nothing is lost by a bad day.",
    )
    for medicine in own_medicines(patient)[:2]:
        plan_medicine(
            plan=plan,
            medicine=medicine,
            planned=Planned(way=Way.STOP, against="Few days a month; the nurse telephones on day 3 and 7"),
            expected_version=plan.version,
            today=today,
            by=doctor,
        )
    sign_withdrawal(plan=plan, expected_version=plan.version, today=today, by=doctor)


def _study_sleep(patient: Patient, doctor: User, on: date, today: date) -> None:
    screen = record_sleep_screen(
        patient=patient,
        answers={"loud_snoring": True, "witnessed_apnoea": True, "hypertension": True, "unrefreshing_sleep": True},
        answered_on=on,
        today=today,
        by=doctor,
    )
    study = want_study(
        patient=patient,
        disorder=SleepDisorder.APNOEA,
        study=Study.POLYSOMNOGRAPHY_OR_HOME_TEST,
        indicators="Snores loudly, breathing stops at night, high blood pressure",
        today=today,
        by=doctor,
        screen=screen,
    )
    take_step(
        referral=study, step=ReferralState.ORDERED, on=today, today=today, expected_version=study.version, by=doctor
    )


def _two(clinic: DemoClinic, person: int) -> tuple[Patient, User]:
    return clinic.patients[person], clinic.staff[prescriber_of(person)]
