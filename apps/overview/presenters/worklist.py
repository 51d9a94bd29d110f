"""The worklist as cards: what it is, whose it is, where to go."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.core.dates import short_date, short_time
from apps.overview.selectors import worklist
from apps.patients.models import Patient
from apps.screening.choices import ReferralState
from apps.screening.models import SleepReferral
from apps.screening.presenters.safety import lateness
from apps.screening.selectors.causes import overdue_tests_for
from apps.screening.selectors.safety import escalated_tasks, open_safety_tasks_for
from apps.screening.selectors.sleep_referrals import overdue_referrals_for
from apps.screening.selectors.withdrawal import overdue_checks_for
from apps.screening.sleep_steps import WAITS_FOR


@dataclass(frozen=True)
class Item:
    """One thing to do: the tag's word and tone, whose chart, one sentence, and the page where it is done."""

    tag: str
    tone: str
    who: str
    text: str
    url: str


@dataclass(frozen=True)
class Card:
    """Things of one sort, with the heading they stand under."""

    title: str
    items: tuple[Item, ...]


def cards_for(user: User, today: date) -> list[Card]:
    """Everything that needs this person, most urgent first; sorts with nothing to do are left out."""
    cards = [
        Card("Safety", tuple(_safety(user))),
        Card("Your open visits", tuple(_visits(user))),
        Card("Prescribing", tuple(_prescribing(user, today))),
        Card("Plans to review", tuple(_plans(user, today))),
        Card("Sleep studies overdue", tuple(_sleep_studies(user, today))),
        Card("Withdrawals to look at", tuple(_withdrawal_checks(user, today))),
        Card("Tests to rule out causes overdue", tuple(_overdue_tests(user, today))),
        Card("Referrals to answer", tuple(_referrals(user, today))),
        Card("Documents that failed", tuple(_documents(user))),
    ]
    return [card for card in cards if card.items]


def _chart(name: str, patient: Patient, **more: object) -> str:
    return reverse(name, kwargs={"patient_id": patient.pk, **more})


def _safety(user: User) -> Iterable[Item]:
    if user.may(Permission.MANAGE_STAFF) and (late := escalated_tasks()):
        tasks = f"{late} safety task{'' if late == 1 else 's'}"
        yield Item("Escalated", "danger", tasks, "past the clinic's escalation time: ask the care teams now", "")
    for task in open_safety_tasks_for(user):
        owner = task.owner or "Nobody"
        yield Item(
            lateness(task) or "Safety",
            "danger",
            str(task.patient),
            f"{task.answer_words}. {owner} sees to it by {short_time(task.due_at)}",
            _chart("screening:safety_task", task.patient, task_id=task.pk),
        )


def _visits(user: User) -> Iterable[Item]:
    for visit in worklist.open_visits(user):
        yield Item(
            "Open",
            "warn",
            str(visit.patient),
            f"{visit.get_kind_display()} of {short_date(visit.visit_on)}, not signed yet",
            _chart("patients:visit", visit.patient, visit_id=visit.pk),
        )


def _prescribing(user: User, today: date) -> Iterable[Item]:
    for patient in worklist.patients_without_prescriber(user):
        yield Item("No prescriber", "danger", str(patient), "nobody is named", _chart("patients:prescriber", patient))
    for cover in worklist.covers_ending(user):
        text = f"{cover.prescriber} covers until {short_time(cover.period.upper)}"
        yield Item("Cover ends", "warn", str(cover.patient), text, _chart("patients:prescriber", cover.patient))
    for credential in worklist.credentials_running_out(user, today):
        over = credential.valid_to is not None and credential.valid_to < today
        text = f"credential {'ended' if over else 'ends'} {short_date(credential.valid_to or today)}"
        yield Item("Credential", "danger" if over else "warn", str(credential.user), text, _credential_page(user))


def _credential_page(user: User) -> str:
    """Only a manager renews credentials; for the prescriber it is a reminder to ask."""
    return reverse("accounts:staff") if user.may(Permission.MANAGE_STAFF) else ""


def _plans(user: User, today: date) -> Iterable[Item]:
    for plan in worklist.plans_past_review(user, today):
        text = f"review was due {short_date(plan.review_on or today)}, {plan.owner} sees to it"
        yield Item("Review", "warn", str(plan.patient), text, _chart("treatment:plan", plan.patient))


def _sleep_studies(user: User, today: date) -> Iterable[Item]:
    late = list(overdue_referrals_for(user, today)[: worklist.LONGEST + 1])
    for study in late[: worklist.LONGEST]:
        waits = WAITS_FOR[ReferralState(study.state)]
        text = f"{study.get_disorder_display().lower()}, waits {waits}, due {short_date(study.due_on or today)}"
        yield Item("Overdue", "warn", str(study.patient), text, _chart_of_study(study))
    if len(late) > worklist.LONGEST:
        yield Item(
            "More", "plain", "All overdue studies", "longest overdue first", reverse("screening:sleep_referrals")
        )


def _chart_of_study(study: SleepReferral) -> str:
    return _chart("screening:sleep_referral", study.patient, study_id=study.pk)


def _withdrawal_checks(user: User, today: date) -> Iterable[Item]:
    for check in overdue_checks_for(user, today)[: worklist.LONGEST]:
        late = check.due_on < today
        yield Item(
            "Overdue" if late else "Today",
            "danger" if late else "warn",
            str(check.patient),
            f"check of the withdrawal, planned for {short_date(check.due_on)}",
            _chart("screening:withdrawal_check", check.patient, check_id=check.pk)
            if user.may(Permission.RECORD_SCREENING)
            else _chart("screening:withdrawal", check.patient),
        )


def _overdue_tests(user: User, today: date) -> Iterable[Item]:
    for review in overdue_tests_for(user, today)[: worklist.LONGEST]:
        text = f"{review.get_cause_display()}: {review.asked_for}, result was expected by {short_date(review.due_on or today)}"
        yield Item("Overdue", "warn", str(review.patient), text, _chart("screening:causes", review.patient))


def _referrals(user: User, today: date) -> Iterable[Item]:
    for referral in worklist.referrals_to_answer(user):
        waiting = (today - referral.received_on).days
        yield Item(
            referral.get_urgency_display(),
            "danger" if referral.urgency == "urgent" else "plain",
            str(referral.patient),
            f"from {referral.referrer_name}, waiting {waiting} {'day' if waiting == 1 else 'days'}",
            _chart("patients:referral", referral.patient, referral_id=referral.pk),
        )


def _documents(user: User) -> Iterable[Item]:
    for document in worklist.failed_documents(user):
        url = _chart("documents:detail", document.patient, document_id=document.pk)
        yield Item("Failed", "danger", str(document.patient), f"{document.title}: {document.failure_text}", url)
