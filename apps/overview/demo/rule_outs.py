"""Red flags, other causes and the status of the people of the stories; every answer and result is invented."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from apps.accounts.models import User
from apps.clinical.pseudo_refractory import PSEUDO_ITEMS
from apps.clinical.red_flags import RED_FLAGS
from apps.clinical.secondary_causes import CAUSES
from apps.overview.demo.people import DemoClinic, prescriber_of
from apps.patients.models import Patient
from apps.screening.choices import CauseState
from apps.screening.services.causes import Review, review_cause, set_not_needed
from apps.screening.services.checklists import Answered, answer_pseudo_refractory, answer_red_flags
from apps.treatment.choices import RefractoryStanding, RefractoryState
from apps.treatment.services.status import record_status

_MRI = "MRI with contrast and venography without finding"
_EXAMINED = "History and examination give no hint"


@dataclass(frozen=True)
class WorkUp:
    """How far one person's work-up is. `results`, `ordered` (days until the result is due): by cause.

    to_mend: reasons of the pseudo-refractory check with a note; None: not answered yet. closed: the other causes are
    set to "not needed".
    """

    person: int
    flags: Mapping[str, str]
    results: Mapping[str, str] = field(default_factory=dict)
    ordered: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    to_mend: Mapping[str, str] | None = None
    closed: bool = False
    status: tuple[RefractoryState, RefractoryStanding, str] | None = None


WORK_UPS = (
    WorkUp(
        22,
        {"painkillers": "Days are counted in the diary, limit agreed"},
        results={"iih": _MRI, "mass": _MRI, "cvt": _MRI, "bloods": "All within the range"},
        ordered={"sleep_apnoea": ("Home sleep apnoea test", -9), "hemicrania": ("Indomethacin trial", 20)},
        to_mend={"overuse": "Sumatriptan on most headache days"},
        status=(
            RefractoryState.RESISTANT,
            RefractoryStanding.PROVISIONAL,
            "Two preventive classes failed, a third runs.",
        ),
    ),
    WorkUp(
        10, {"painkillers": "Withdrawal is planned", "pattern": "MRI in spring without finding"}, results={"mass": _MRI}
    ),
    WorkUp(
        5,
        {"progressive": "Imaging done, see mass; no new sign since", "painkillers": "To be mended first"},
        results={"iih": _MRI, "mass": _MRI, "cvt": _MRI, "bloods": "All within the range", "neck": "No trigger point"},
        to_mend={
            "overuse": "Acute medicines on most days of the diary",
            "sleep": "Sleeps five hours, study to be asked",
        },
        status=(
            RefractoryState.RESISTANT,
            RefractoryStanding.PROVISIONAL,
            "More than 8 debilitating days a month; three preventive classes failed. Overuse is treated first.",
        ),
    ),
    WorkUp(
        74,
        {},
        results={"mass": _MRI, "overuse": "Acute medicines on 3 days of 30 in the diary"},
        to_mend={},
        closed=True,
        status=(RefractoryState.NEITHER, RefractoryStanding.CONFIRMED, "Flunarizine works: about five headache days."),
    ),
)


def work_up_stories(clinic: DemoClinic, *, today: date) -> None:
    """Record the work-ups, each by the patient's prescriber, on the day the clinic is set up for."""
    for work_up in WORK_UPS:
        patient, doctor = clinic.patients[work_up.person], clinic.staff[prescriber_of(work_up.person)]
        _answer_lists(work_up, patient, doctor, clinic.on, today)
        _review_causes(work_up, patient, doctor, clinic.on, today)
        if work_up.status:
            state, standing, reasons = work_up.status
            record_status(
                patient=patient,
                state=state,
                standing=standing,
                decided_on=clinic.on,
                reasons=reasons,
                today=today,
                by=doctor,
            )


def _answer_lists(work_up: WorkUp, patient: Patient, doctor: User, on: date, today: date) -> None:
    flags = {flag.code: flag.code in work_up.flags for flag in RED_FLAGS}
    answered = Answered(flags, work_up.flags, on)
    answer_red_flags(patient=patient, answered=answered, same_day=frozenset(), today=today, by=doctor)
    if work_up.to_mend is not None:
        reasons = {item.code: item.code in work_up.to_mend for item in PSEUDO_ITEMS}
        answer_pseudo_refractory(
            patient=patient, answered=Answered(reasons, work_up.to_mend, on), today=today, by=doctor
        )


def _review_causes(work_up: WorkUp, patient: Patient, doctor: User, on: date, today: date) -> None:
    asked_on = on - timedelta(days=30)
    reviews = {
        code: Review(CauseState.RESULT, on, result=result, explains=False) for code, result in work_up.results.items()
    } | {
        code: Review(CauseState.ORDERED, asked_on, asked_for=test, due_on=on + timedelta(days=days))
        for code, (test, days) in work_up.ordered.items()
    }
    for code, review in reviews.items():
        review_cause(patient=patient, cause=code, review=review, today=today, by=doctor)
    if work_up.closed:
        others = [cause.code for cause in CAUSES if cause.code not in reviews]
        set_not_needed(patient=patient, causes=others, reason=_EXAMINED, today=today, by=doctor)
