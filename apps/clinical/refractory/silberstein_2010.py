"""Silberstein, Dodick & Pearlman 2010: pharmacologically intractable headache, in grades.

Headache 2010;50:1499-1506. The grades were seen in D'Antona & Matharu 2019; which medicines make up the ten preventive
classes was not. Every answer is provisional until the clinic has confirmed the map.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from apps.clinical.findings import Answer, Certainty
from apps.clinical.refractory.classes import DrugClass
from apps.clinical.refractory.criteria import Assessment, Criterion, Definition, assessment, at_least_drugs, from_states
from apps.clinical.refractory.facts import RefractoryFacts
from apps.clinical.refractory.failure import FailureRule, Reading, read_acute, read_preventive, uncertain
from apps.clinical.refractory.tally import class_state, drug_states
from apps.clinical.refractory.trials import Drug
from apps.clinical.rulebook import Rule, Threshold
from apps.clinical.three_valued import every, some

# Provisional: the classes 1 to 6. All other preventives stand in 7 to 10.
FIRST_SIX = frozenset(
    {
        DrugClass.BETA_BLOCKER,
        DrugClass.ANTICONVULSANT,
        DrugClass.TRICYCLIC,
        DrugClass.CALCIUM_CHANNEL_BLOCKER,
        DrugClass.SNRI,
        DrugClass.OTHER_ANTIDEPRESSANT,
        DrugClass.SEROTONIN_ANTAGONIST,
    }
)

# Provisional: antiemetics that act by blocking dopamine.
DOPAMINE_ANTAGONISTS = frozenset(
    {"metoclopramide", "domperidone", "prochlorperazine", "chlorpromazine", "haloperidol", "droperidol"}
)

RULE = Rule(
    id="refractory.silberstein_2010",
    version="1.0",
    title="Pharmacologically intractable headache, Silberstein 2010 (provisional)",
    source=(
        "Silberstein, Dodick & Pearlman, Headache 2010;50:1499-1506; grades as given by D'Antona & Matharu 2019; the "
        "map of the preventive classes is provisional"
    ),
    certainty=Certainty.CHECK,
    thresholds=(
        Threshold("mild", "1 drug failed", "any class"),
        Threshold("moderate", "2 drugs failed", "at least 1 from classes 1 to 6"),
        Threshold("severe", "3 drugs failed", "at least 2 from classes 1 to 6"),
        Threshold("very severe", "severe and infusion, inpatient treatment or detoxification failed", "the paper"),
        Threshold("classes 1 to 6", "provisional", "to be confirmed in the paper"),
    ),
)


class Grade(StrEnum):
    """How intractable, from mild to very severe."""

    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"
    VERY_SEVERE = "very_severe"

    @property
    def label(self) -> str:
        """The grade as words for the page."""
        return self.value.replace("_", " ")


class AcuteStep(StrEnum):
    """The four acute classes."""

    NON_SPECIFIC = "1"
    TRIPTAN_OR_ERGOT = "2"
    ORAL_DOPAMINE_OR_PARENTERAL_NSAID = "3"
    OPIOID_STEROID_OR_PARENTERAL_DOPAMINE = "4"

    @property
    def label(self) -> str:
        """The class as words for the page."""
        return {
            AcuteStep.NON_SPECIFIC: "NSAID or combination analgesic",
            AcuteStep.TRIPTAN_OR_ERGOT: "Triptan or ergot derivative",
            AcuteStep.ORAL_DOPAMINE_OR_PARENTERAL_NSAID: "Oral dopamine antagonist or parenteral NSAID",
            AcuteStep.OPIOID_STEROID_OR_PARENTERAL_DOPAMINE: "Opioid, corticosteroid or parenteral dopamine antagonist",
        }[self]


FAILURE = FailureRule(intolerance=None, contraindicated=None, acute_contraindicated=None)


@dataclass(frozen=True, slots=True)
class Silberstein2010Settings:
    """Provisional. first_six: the classes 1 to 6. failure: whether side effects and contraindications count is open
    until it is confirmed in the paper."""

    first_six: frozenset[DrugClass] = FIRST_SIX
    dopamine_antagonists: frozenset[str] = DOPAMINE_ANTAGONISTS
    failure: FailureRule = FAILURE


@RULE.defines
def silberstein_2010(
    facts: RefractoryFacts, *, today: date, settings: Silberstein2010Settings = Silberstein2010Settings()
) -> Assessment:
    """The grade by failed preventives: mild with 1 drug, moderate with 2 of which 1 is from classes 1 to 6, severe
    with 3 of which 2 are from classes 1 to 6, very severe when aggressive infusion or inpatient treatment has failed
    too, or detoxification where acute medicine is overused.

    The answer is met from the mild grade on; the grade stands beside it. Acute medicines are graded on their own: mild
    when class 1 has failed, moderate when 1 to 3, severe when 1 to 4 have. The map of classes is provisional, and so is
    every answer. Whether side effects and contraindications count as failure is open until confirmed.
    """
    readings = tuple(read_preventive(trial, settings.failure, today) for trial in facts.preventives)
    preventive = _preventive_grades(readings, facts, settings)
    acute = _acute_grades(facts, settings)
    return assessment(
        Definition.SILBERSTEIN_2010,
        RULE,
        (*preventive, *acute),
        readings,
        required=preventive[:1],
        grade=grade_words(preventive),
    )


def grade_words(grades: Iterable[Criterion]) -> str:
    """Name the highest grade that is certain and the highest that is possible, from criteria in rising order."""
    listed = tuple(grades)
    certain = [each.code for each in listed if each.answer is Answer.MET]
    possible = [each.code for each in listed if each.answer is not Answer.NOT_MET]
    if not possible:
        return "no grade"
    lowest, highest = (certain or ["no grade"])[-1], possible[-1]
    return lowest if lowest == highest else f"from {lowest} up to {highest}"


def _preventive_grades(
    readings: tuple[Reading, ...], facts: RefractoryFacts, settings: Silberstein2010Settings
) -> tuple[Criterion, ...]:
    drugs = drug_states(readings)
    strong = drug_states(row for row in readings if row.trial.drug.drug_class in settings.first_six)

    def failed(number: int, of_first_six: int) -> bool | None:
        complete = facts.preventives_complete
        return every(
            (
                at_least_drugs(number, drugs, complete=complete),
                True if not of_first_six else at_least_drugs(of_first_six, strong, complete=complete),
            )
        )

    def grade(which: Grade, asks: str, met: bool | None, *questions: str) -> Criterion:
        return from_states(which.label, asks, met, drugs, everything=facts.preventives_question, besides=questions)

    severe = failed(3, 2)
    detoxification = every((facts.medication_overuse, facts.detoxification_failed))
    beyond = some((facts.infusion_or_inpatient_failed, detoxification))
    return (
        grade(Grade.MILD, "1 preventive failed", failed(1, 0)),
        grade(Grade.MODERATE, "2 preventives failed, 1 of them from classes 1 to 6", failed(2, 1)),
        grade(Grade.SEVERE, "3 preventives failed, 2 of them from classes 1 to 6", severe),
        grade(
            Grade.VERY_SEVERE,
            "severe, and infusion, inpatient treatment or detoxification failed",
            every((severe, beyond)),
            *(_beyond_questions(facts) if beyond is None else ()),
        ),
    )


def _beyond_questions(facts: RefractoryFacts) -> list[str]:
    asked = (
        (facts.infusion_or_inpatient_failed, "Whether infusion or inpatient treatment failed"),
        (facts.medication_overuse, "Whether acute medicine is overused"),
        (facts.detoxification_failed, "Whether detoxification failed"),
    )
    return [question for known, question in asked if known is None]


def _acute_grades(facts: RefractoryFacts, settings: Silberstein2010Settings) -> tuple[Criterion, ...]:
    readings = tuple(read_acute(trial, settings.failure) for trial in facts.acutes)
    states = tuple(
        class_state(step, _at(step, readings, settings), complete=facts.acutes_complete) for step in AcuteStep
    )
    grades = ((Grade.MILD, 1), (Grade.MODERATE, 3), (Grade.SEVERE, 4))
    return tuple(
        from_states(
            f"acute, {grade.label}",
            "acute class 1 failed" if upto == 1 else f"acute classes 1 to {upto} failed",
            every(state.failed for state in states[:upto]),
            states[:upto],
            everything=facts.acutes_question,
        )
        for grade, upto in grades
    )


def _at(step: AcuteStep, readings: tuple[Reading, ...], settings: Silberstein2010Settings) -> list[Reading]:
    """The rows of one class. A row whose route is not known may stand in either of two, and is certain in neither."""
    found = []
    for reading in readings:
        steps = _steps(reading.trial.drug, settings)
        if step in steps:
            found.append(reading if len(steps) == 1 else uncertain(reading, f"The route of {reading.name}"))
    return found


def _steps(drug: Drug, settings: Silberstein2010Settings) -> tuple[AcuteStep, ...]:
    if drug.drug_class is DrugClass.NSAID:
        return _by_route(drug, AcuteStep.NON_SPECIFIC, AcuteStep.ORAL_DOPAMINE_OR_PARENTERAL_NSAID)
    if drug.ingredient in settings.dopamine_antagonists:
        return _by_route(
            drug, AcuteStep.ORAL_DOPAMINE_OR_PARENTERAL_NSAID, AcuteStep.OPIOID_STEROID_OR_PARENTERAL_DOPAMINE
        )
    step = {
        DrugClass.COMBINATION_ANALGESIC: AcuteStep.NON_SPECIFIC,
        DrugClass.TRIPTAN: AcuteStep.TRIPTAN_OR_ERGOT,
        DrugClass.ERGOT: AcuteStep.TRIPTAN_OR_ERGOT,
        DrugClass.OPIOID: AcuteStep.OPIOID_STEROID_OR_PARENTERAL_DOPAMINE,
        DrugClass.CORTICOSTEROID: AcuteStep.OPIOID_STEROID_OR_PARENTERAL_DOPAMINE,
    }.get(drug.drug_class)
    return () if step is None else (step,)


def _by_route(drug: Drug, oral: AcuteStep, parenteral: AcuteStep) -> tuple[AcuteStep, ...]:
    if drug.parenteral is None:
        return oral, parenteral
    return (parenteral,) if drug.parenteral else (oral,)
