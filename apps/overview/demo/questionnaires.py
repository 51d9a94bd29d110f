"""Filled-in questionnaires and leaflets of the people of the stories; the answers are invented."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from apps.accounts.models import User
from apps.clinical.instruments import instrument
from apps.education.choices import How, Understanding
from apps.education.services import give_leaflets, record_understanding
from apps.overview.demo.people import DemoClinic, prescriber_of
from apps.patients.models import Patient
from apps.screening.choices import Mode
from apps.screening.services.sheets import Filled, save_answers


@dataclass(frozen=True)
class Sheet:
    """A filled-in sheet: whose, which, how many days ago, and the answers in the order of the questions."""

    person: int
    code: str
    days_ago: int
    answers: tuple[int, ...]


# PHQ-9 and GAD-7: 0 not at all to 3 nearly every day (PHQ-9 ends with how difficult it makes things); MIDAS: days in
# three months, then headache days and average pain; HIT-6: each answer is worth 6 to 13; ISI: 0 none to 4; NoSAS: neck and body mass index in tenths, snoring, age, male.
SHEETS = (
    Sheet(22, "phq9", 210, (2, 3, 3, 3, 2, 2, 2, 1, 0, 3)),
    Sheet(22, "phq9", 126, (2, 2, 3, 3, 1, 1, 2, 0, 0, 2)),
    Sheet(22, "phq9", 42, (1, 1, 2, 2, 1, 1, 1, 0, 0, 1)),
    Sheet(22, "phq9", 0, (2, 2, 2, 3, 1, 1, 1, 0, 1, 2)),
    Sheet(22, "gad7", 210, (2, 2, 2, 2, 1, 2, 3)),
    Sheet(22, "gad7", 0, (1, 2, 2, 1, 1, 1, 2)),
    Sheet(22, "isi", 126, (3, 2, 3, 3, 2, 2, 2)),
    Sheet(22, "isi", 0, (2, 1, 1, 2, 1, 1, 1)),
    Sheet(22, "hit6", 210, (13, 11, 13, 11, 11, 11)),
    Sheet(22, "hit6", 126, (11, 11, 11, 11, 11, 10)),
    Sheet(22, "hit6", 0, (10, 10, 10, 8, 10, 10)),
    Sheet(22, "midas", 210, (18, 21, 25, 19, 13, 74, 7)),
    Sheet(22, "midas", 126, (14, 20, 22, 16, 12, 66, 7)),
    Sheet(22, "midas", 0, (10, 14, 15, 12, 9, 60, 7)),
    Sheet(10, "phq9", 42, (1, 1, 2, 2, 1, 0, 1, 0, 0, 1)),
    Sheet(10, "gad7", 42, (2, 2, 1, 2, 1, 1, 1)),
    Sheet(10, "midas", 42, (6, 11, 9, 10, 5, 70, 6)),
    Sheet(24, "phq9", 42, (2, 2, 3, 3, 2, 2, 2, 1, 0, 3)),
    Sheet(24, "gad7", 42, (3, 3, 3, 2, 1, 2, 3)),
    Sheet(24, "nosas", 42, (415, 312, 1, 47, 0)),
    Sheet(75, "midas", 42, (3, 5, 6, 4, 4, 45, 6)),
    Sheet(5, "phq9", 42, (1, 2, 2, 3, 1, 1, 1, 0, 0, 2)),
    Sheet(5, "midas", 42, (21, 18, 20, 19, 14, 80, 8)),
    Sheet(7, "gad7", 42, (2, 1, 2, 1, 0, 1, 1)),
    Sheet(55, "nosas", 42, (402, 268, 1, 58, 1)),
    Sheet(74, "midas", 42, (1, 2, 2, 1, 1, 16, 5)),
    Sheet(50, "phq9", 42, (1, 1, 2, 2, 0, 1, 1, 0, 0, 1)),
    Sheet(110, "phq9", 42, (1, 1, 1, 2, 1, 1, 0, 0, 0, 1)),
)

# Person -> leaflets given at the last visit and what came back.
LEAFLETS: Mapping[int, tuple[tuple[str, ...], Understanding, str]] = {
    22: (
        ("one-prescriber.en",),
        Understanding.CLEAR,
        "Only Dr Okafor changes my tablets; I tell her what others give me.",
    ),
    10: (("count-all-acute-medicines.en",), Understanding.PARTLY, "Counts tablets, not days. To be asked again."),
    24: (("count-all-acute-medicines.en",), Understanding.NOT_YET, "Shop-bought tablets are not counted yet."),
    75: (("keeping-the-diary.en",), Understanding.CLEAR, "I write a 0 when I take nothing."),
}


def fill_in(clinic: DemoClinic, *, today: date) -> None:
    """Record the sheets and the leaflets, each by the patient's prescriber."""
    for sheet in SHEETS:
        patient, doctor = _two(clinic, sheet.person)
        keys = (item.key for item in instrument(sheet.code).items)
        filled = Filled(
            answers=dict(zip(keys, sheet.answers, strict=True)),
            answered_on=clinic.on - timedelta(days=sheet.days_ago),
            mode=Mode.SELF,
        )
        save_answers(patient=patient, code=sheet.code, filled=filled, finished=True, today=today, by=doctor)
    for person, (leaflets, understanding, teach_back) in LEAFLETS.items():
        patient, doctor = _two(clinic, person)
        for given in give_leaflets(
            patient=patient,
            leaflets=leaflets,
            how=How.READ_TOGETHER,
            given_on=clinic.on - timedelta(days=42),
            today=today,
            by=doctor,
        ):
            record_understanding(
                given=given,
                expected_version=given.version,
                understanding=understanding,
                teach_back=teach_back,
                by=doctor,
            )


def _two(clinic: DemoClinic, person: int) -> tuple[Patient, User]:
    return clinic.patients[person], clinic.staff[prescriber_of(person)]
