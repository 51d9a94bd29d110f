"""What was tried: one row for each continuous attempt with one medicine, and what became of it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from apps.clinical.refractory.classes import DrugClass, Ehf2014Group, Ehf2020Class, SchulmanClass


class Outcome(StrEnum):
    """How a trial ended, or that it has not. Which of them count as failure differs between the definitions."""

    RESPONSE = "response"
    INEFFICACY = "inefficacy"
    INTOLERANCE = "intolerance"
    # Never tried, because it must not be given.
    CONTRAINDICATED = "contraindicated"
    INADEQUATE_DOSE = "inadequate_dose"
    INADEQUATE_DURATION = "inadequate_duration"
    # Cost, access, wish for pregnancy, not taken as prescribed.
    STOPPED_OTHER = "stopped_other"
    ONGOING = "ongoing"

    @property
    def label(self) -> str:
        """The outcome as words for the page."""
        return {
            Outcome.INEFFICACY: "No effect",
            Outcome.INTOLERANCE: "Not tolerated",
            Outcome.INADEQUATE_DOSE: "Dose too low",
            Outcome.INADEQUATE_DURATION: "Too short",
            Outcome.STOPPED_OTHER: "Stopped for another reason",
        }.get(self, self.value.capitalize())


class Treatment(StrEnum):
    """The kind of preventive treatment, as far as it decides how long a trial has to be."""

    ORAL = "oral"
    BOTULINUM_TOXIN = "botulinum_toxin"
    ANTIBODY_MONTHLY = "antibody_monthly"
    ANTIBODY_QUARTERLY = "antibody_quarterly"
    GEPANT = "gepant"
    # No source gives a shortest trial: nerve blocks, infusions, devices.
    OTHER = "other"

    @property
    def titrated(self) -> bool:
        """Whether a dose is built up first; otherwise the first day is already at the full dose."""
        return self in {Treatment.ORAL, Treatment.OTHER}


@dataclass(frozen=True, slots=True)
class Drug:
    """A medicine with its place in each definition, as the catalogue has it. None: it has no place there.

    code, name: key and generic name. ingredient: the one that gives the class; two products of one ingredient are one
    drug. dose_low: lower end of the usual dose, in dose_unit; None when the catalogue has none. parenteral: injected
    or infused; None when the catalogue does not tell the routes apart.
    """

    code: str
    name: str
    ingredient: str
    drug_class: DrugClass
    treatment: Treatment = Treatment.ORAL
    schulman_2008: SchulmanClass | None = None
    ehf_2014: Ehf2014Group | None = None
    ehf_2020: Ehf2020Class | None = None
    dose_low: Decimal | None = None
    dose_unit: str = ""
    parenteral: bool | None = None


@dataclass(frozen=True, slots=True)
class PreventiveTrial:
    """One attempt to prevent attacks. Everything but row and drug may be unknown; unknown is never "no".

    row: the key of the row in the ledger. outcome: None when not recorded. started, target_reached, stopped: first day,
    first day at the target or highest tolerated dose, day of stopping. weeks_at_dose: as somebody stated it, used when
    the dates do not tell. dose_reached: the best dose, in the drug's unit. highest_tolerated: more was not tolerated.
    cycles: treatments given, for injections by cycle. best_reduction: best fall of monthly migraine days against the
    baseline in per cent, negative when they rose. whole_class: a contraindication that holds for every member of the
    drug's class.

    Raises ValueError when the dates are not in order or a number is negative.
    """

    row: str
    drug: Drug
    outcome: Outcome | None = None
    started: date | None = None
    target_reached: date | None = None
    stopped: date | None = None
    weeks_at_dose: int | None = None
    dose_reached: Decimal | None = None
    highest_tolerated: bool | None = None
    cycles: int | None = None
    best_reduction: int | None = None
    whole_class: bool = False

    def __post_init__(self) -> None:
        dates = [day for day in (self.started, self.target_reached, self.stopped) if day is not None]
        if dates != sorted(dates):
            raise ValueError("a trial starts, reaches its dose and stops in this order")
        if any(number is not None and number < 0 for number in (self.weeks_at_dose, self.dose_reached, self.cycles)):
            raise ValueError("weeks, dose and cycles are not below 0")
        if self.best_reduction is not None and self.best_reduction > 100:
            raise ValueError("days cannot fall by more than 100 per cent")
        _check_whole_class(self.outcome, whole_class=self.whole_class)


@dataclass(frozen=True, slots=True)
class AcuteTrial:
    """What an acute medicine did over several attacks. taken_early, dose_adequate: None when not asked.

    whole_class: a contraindication that holds for every member of the drug's class.

    Raises ValueError when something else than a contraindication is said of a whole class.
    """

    row: str
    drug: Drug
    outcome: Outcome | None = None
    taken_early: bool | None = None
    dose_adequate: bool | None = None
    whole_class: bool = False

    def __post_init__(self) -> None:
        _check_whole_class(self.outcome, whole_class=self.whole_class)


def _check_whole_class(outcome: Outcome | None, *, whole_class: bool) -> None:
    if whole_class and outcome is not Outcome.CONTRAINDICATED:
        raise ValueError("only a contraindication can hold for a whole class")
