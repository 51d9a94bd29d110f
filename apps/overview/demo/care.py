"""Tells the stories: each step through the service that a clinician's page would use, by the clinician who did it."""

from datetime import date, timedelta

from apps.accounts.models import User
from apps.medicines.models import Medicine
from apps.medicines.selectors import medicines_by_code
from apps.overview.demo import people
from apps.overview.demo.stories import STORIES, Course, Story
from apps.patients.choices import ReactionSeverity, VisitKind
from apps.patients.models import Patient, Visit
from apps.patients.services.allergies import confirm_allergies, record_allergy
from apps.patients.services.visits import open_visit, sign_visit, write_visit
from apps.summaries.services import make_visit_summary
from apps.treatment.choices import ChangeKind, ChangeReason, Indication, Purpose
from apps.treatment.selectors.medication import course_of
from apps.treatment.services.medication import Dose, Why, change_medicine, start_medicine
from apps.treatment.services.plans import begin_plan, sign_plan, write_plan

_DAYS_SINCE_VISIT = 42
# One summary is asked for, so that the workers have something to draw as soon as they start.
WITH_SUMMARY = 22


def tell_stories(clinic: people.DemoClinic) -> None:
    """Allergies, medicines, a signed visit and an active plan for the people of the stories."""
    catalogue = medicines_by_code({course.code for story in STORIES for course in story.courses})
    for story in STORIES:
        patient = clinic.patients[story.person]
        # A covered patient's medicines are changed by the cover; the rest of the story is the prescriber's.
        doctor = clinic.staff[people.prescriber_of(story.person)]
        changes = clinic.staff[people.WEISS] if story.person == people.COVERED else doctor
        _ask_about_allergies(story, patient, doctor, clinic.on)
        for course in story.courses:
            _prescribe(course, patient, catalogue[course.code], changes, clinic.on)
        visit = _visit(story, patient, doctor, clinic.on)
        _plan(story, patient, doctor, clinic.on)
        if story.person == WITH_SUMMARY:
            make_visit_summary(visit=visit, by=doctor)


def _ask_about_allergies(story: Story, patient: Patient, doctor: User, on: date) -> None:
    asked = on - timedelta(days=_DAYS_SINCE_VISIT)
    if story.allergy:
        record_allergy(
            patient=patient,
            substance=story.allergy,
            reaction=story.reaction,
            severity=ReactionSeverity.NOT_KNOWN,
            noted_on=asked,
            by=doctor,
        )
    else:
        confirm_allergies(patient=patient, asked_on=asked, by=doctor)


def _prescribe(course: Course, patient: Patient, medicine: Medicine, by: User, on: date) -> None:
    began = on - timedelta(weeks=course.weeks)
    change = start_medicine(
        patient=patient,
        medicine=medicine,
        purpose=course.purpose,
        dose=Dose(course.amount, course.unit, course.frequency, course.limit),
        why=Why(Indication.MIGRAINE_WITHOUT_AURA, ChangeReason.TAKEN_OVER),
        effective_on=began,
        review_on=on + timedelta(days=_DAYS_SINCE_VISIT) if course.purpose == Purpose.PREVENTIVE else None,
        stop_rule="no effect after 12 weeks at dose" if course.purpose == Purpose.PREVENTIVE else "",
        by=by,
    )
    if course.stopped is None:
        return
    running = course_of(patient, change.course)
    assert running is not None  # noqa: S101 - it was written two lines above
    change_medicine(
        course=running,
        kind=ChangeKind.STOP,
        why=Why(Indication.MIGRAINE_WITHOUT_AURA, course.stop_reason, course.stop_text),
        effective_on=began + timedelta(weeks=course.stopped),
        by=by,
    )


def _visit(story: Story, patient: Patient, doctor: User, on: date) -> Visit:
    visit = open_visit(
        patient=patient, kind=VisitKind.FOLLOW_UP, visit_on=on - timedelta(days=_DAYS_SINCE_VISIT), by=doctor
    )
    visit = write_visit(
        visit=visit,
        expected_version=visit.version,
        findings=story.findings,
        changes="Medicines as in the list. Limits for acute medicines agreed.",
        plan=f"If not enough: {story.next_step}.",
        next_visit_on=on + timedelta(days=_DAYS_SINCE_VISIT // 3),
        by=doctor,
    )
    return sign_visit(visit=visit, expected_version=visit.version, by=doctor)


def _plan(story: Story, patient: Patient, doctor: User, on: date) -> None:
    plan = begin_plan(patient=patient, by=doctor)
    plan = write_plan(
        plan=plan,
        expected_version=plan.version,
        diagnosis=story.diagnosis,
        goal=story.goal,
        preventive=_list(story, Purpose.PREVENTIVE),
        acute=_list(story, Purpose.ACUTE, Purpose.RESCUE),
        next_step=story.next_step,
        next_trigger=story.next_trigger,
        review_on=on + timedelta(days=_DAYS_SINCE_VISIT),
        owner=doctor,
        by=doctor,
    )
    sign_plan(plan=plan, expected_version=plan.version, by=doctor)


def _list(story: Story, *purposes: Purpose) -> str:
    """The running medicines in words, one a line, with the limit that was agreed."""
    lines = []
    for course in story.courses:
        if course.purpose in purposes and course.stopped is None:
            limit = f", at most {course.limit} days in 30" if course.limit is not None else ""
            lines.append(f"{course.code} {course.dose} {course.unit} {course.frequency}{limit}")
    return "\n".join(lines)
