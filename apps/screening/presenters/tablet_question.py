"""What stands on one page of the tablet: whose it is without a name, where one is, and the text around a question."""

from collections.abc import Mapping
from dataclasses import dataclass

from apps.clinical.instruments import Instrument, Item
from apps.patients.models import Patient
from apps.screening.models import InstrumentWording, TabletSet
from apps.screening.tablet_walk import item_before, place_of


@dataclass(frozen=True)
class QuestionWords:
    """The text around one question. back: place of the question before, 0 for the first one."""

    stem: str
    language: str
    language_name: str
    progress: str
    back: int


def initials_and_year(patient: Patient) -> str:
    """Like "A. K., born in 1980": enough to notice that it is somebody else's, and no name."""
    letters = f"{patient.given_name[:1]}. {patient.family_name[:1]}.".upper()
    return f"{letters}, born in {patient.date_of_birth.year}"


def question_words(
    tablet: TabletSet,
    found: Instrument,
    item: Item,
    answers: Mapping[str, int],
    wording: InstrumentWording | None,
) -> QuestionWords:
    """What stands above and below a question."""
    asked = found.asked(answers)
    number = asked.index(item) + 1 if item in asked else place_of(found, item)
    sheet = tablet.instruments.index(found.code) + 1
    before = item_before(found, answers, item)
    return QuestionWords(
        stem=(wording.stem if wording else "") or found.stem,
        language=tablet.language,
        language_name=tablet.get_language_display(),
        progress=f"Question {number} of {len(asked)}, sheet {sheet} of {len(tablet.instruments)}",
        back=place_of(found, before) if before else 0,
    )
