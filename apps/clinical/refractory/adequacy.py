"""Whether a preventive was given a fair chance: dose, time at the dose, cycles."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from apps.clinical.findings import Answer, Certainty, Fact, Finding, all_of, yes_no
from apps.clinical.refractory.trials import Outcome, PreventiveTrial, Treatment
from apps.clinical.rulebook import Rule, Threshold
from apps.clinical.three_valued import some

WEEK = 7


@dataclass(frozen=True, slots=True)
class Minimum:
    """The shortest adequate trial: weeks at the dose, and cycles for treatments given in cycles.

    Raises ValueError when weeks are below 1 or cycles below 0.
    """

    weeks: int
    cycles: int = 0

    def __post_init__(self) -> None:
        if self.weeks < 1 or self.cycles < 0:
            raise ValueError("a minimum has at least one week and no negative cycles")


# Months of the sources are counted as four weeks, as the medicines catalogue does: clinic convention.
ORAL = Minimum(8)
BOTULINUM_TOXIN = Minimum(24, cycles=2)
ANTIBODY_MONTHLY = Minimum(12)
ANTIBODY_QUARTERLY = Minimum(24)
# Clinic convention, to be confirmed: by analogy with the antibodies.
GEPANT = Minimum(12)


def _defaults() -> Mapping[Treatment, Minimum]:
    return MappingProxyType(
        {
            Treatment.ORAL: ORAL,
            Treatment.BOTULINUM_TOXIN: BOTULINUM_TOXIN,
            Treatment.ANTIBODY_MONTHLY: ANTIBODY_MONTHLY,
            Treatment.ANTIBODY_QUARTERLY: ANTIBODY_QUARTERLY,
            Treatment.GEPANT: GEPANT,
        }
    )


@dataclass(frozen=True, slots=True)
class AdequacySettings:
    """The shortest adequate trial of each kind of treatment. A kind without one cannot be judged."""

    minimum: Mapping[Treatment, Minimum] = field(default_factory=_defaults)

    def with_oral_weeks(self, weeks: int) -> "AdequacySettings":
        """The same settings with another length for oral preventives."""
        return AdequacySettings(MappingProxyType({**self.minimum, Treatment.ORAL: Minimum(weeks)}))


DEFAULT_ADEQUACY = AdequacySettings()

RULE = Rule(
    id="refractory.adequate_trial",
    version="1.0",
    title="Adequate trial of a preventive",
    source=(
        "American Headache Society 2018/2021 (oral, antibodies); European Headache Federation 2018 and NICE TA260 "
        "(onabotulinumtoxinA), 2022 (antibodies); preventive gepants and months of four weeks: clinic convention"
    ),
    certainty=Certainty.CHECK,
    thresholds=(
        Threshold("oral", "8 weeks at dose", "titration is not counted; a definition may ask for more"),
        Threshold("onabotulinumtoxinA", "2 cycles, 24 weeks", "up to 3 cycles before calling it non-response"),
        Threshold("antibody, monthly", "12 weeks", "first judged after 3 consecutive months"),
        Threshold("antibody, quarterly", "24 weeks", "first judged after 6 months"),
        Threshold("preventive gepant", "12 weeks", "clinic convention, to be confirmed"),
        Threshold("dose", "lower end of the usual dose", "or the highest dose that was tolerated"),
    ),
)


@RULE.defines
def adequate_trial(trial: PreventiveTrial, *, today: date, settings: AdequacySettings = DEFAULT_ADEQUACY) -> Finding:
    """Whether the dose reached the lower end of the usual dose, or was the highest tolerated, for long enough.

    Time counts from the day the dose was reached, for injections from the first one, to the day of stopping or today.
    Where these dates are not known, the stated weeks count; without them the trial was at most as long as the dates
    that are known allow. Treatments given in cycles also need their number of cycles. What is not recorded leaves the
    answer open unless something else settles it.
    """
    minimum = settings.minimum.get(trial.drug.treatment)
    if minimum is None:
        return RULE.finding(
            answer=Answer.CANNOT_TELL,
            headline=f"{trial.drug.name}: cannot tell whether the trial was adequate",
            missing=["Cannot assess: no shortest trial is set for this kind of treatment"],
        )
    dose, weeks, cycles = _dose(trial), _weeks(trial, minimum, today), _cycles(trial, minimum)
    answer = all_of((dose, weeks, cycles))
    return RULE.finding(
        answer=answer,
        headline=f"{trial.drug.name}: {_HEADLINES[answer]}",
        facts=(
            Fact("Dose", f"{_dose_words(trial)}: {dose.label}"),
            Fact("Time at dose", f"{_weeks_words(trial, today)}, {minimum.weeks} needed: {weeks.label}"),
            *(
                [Fact("Cycles", f"{_known(trial.cycles)}, {minimum.cycles} needed: {cycles.label}")]
                if minimum.cycles
                else []
            ),
        ),
        missing=_missing(trial, (dose, weeks, cycles)) if answer is Answer.CANNOT_TELL else (),
    )


def days_at_dose(trial: PreventiveTrial, today: date) -> tuple[int, int | None]:
    """The fewest and the most days at the dose that the record allows; no upper end when nothing bounds it."""
    since = trial.target_reached if trial.drug.treatment.titrated else trial.target_reached or trial.started
    until = _until(trial, today)
    if since is not None and until is not None:
        days = _between(since, until)
        return days, days
    if trial.weeks_at_dose is not None:
        return trial.weeks_at_dose * WEEK, trial.weeks_at_dose * WEEK
    earliest = since or trial.started
    return 0, None if earliest is None else _between(earliest, until or today)


_HEADLINES = {
    Answer.MET: "adequate trial",
    Answer.NOT_MET: "not an adequate trial",
    Answer.CANNOT_TELL: "cannot tell whether the trial was adequate",
}


def _until(trial: PreventiveTrial, today: date) -> date | None:
    """The day up to which it was taken. A day of stopping that lies ahead has not come yet."""
    if trial.stopped is not None:
        return min(trial.stopped, today)
    return today if trial.outcome is Outcome.ONGOING else None


def _between(first: date, last: date) -> int:
    return max(0, (last - first).days)


def _dose(trial: PreventiveTrial) -> Answer:
    low, reached = trial.drug.dose_low, trial.dose_reached
    enough = None if low is None or reached is None else reached >= low
    return yes_no(some((enough, trial.highest_tolerated)))


def _weeks(trial: PreventiveTrial, minimum: Minimum, today: date) -> Answer:
    fewest, most = days_at_dose(trial, today)
    if fewest >= minimum.weeks * WEEK:
        return Answer.MET
    return Answer.NOT_MET if most is not None and most < minimum.weeks * WEEK else Answer.CANNOT_TELL


def _cycles(trial: PreventiveTrial, minimum: Minimum) -> Answer:
    if not minimum.cycles:
        return Answer.MET
    return yes_no(None if trial.cycles is None else trial.cycles >= minimum.cycles)


def _known(number: object) -> str:
    return "not recorded" if number is None else str(number)


def _dose_words(trial: PreventiveTrial) -> str:
    if trial.dose_reached is None:
        words = "not recorded"
    else:
        words = f"{trial.dose_reached.normalize():f} {trial.drug.dose_unit}".strip()
    if trial.highest_tolerated:
        return f"{words}, the highest tolerated"
    low = trial.drug.dose_low
    return words if low is None else f"{words}, usual from {low.normalize():f} {trial.drug.dose_unit}".strip()


def _weeks_words(trial: PreventiveTrial, today: date) -> str:
    fewest, most = days_at_dose(trial, today)
    if most is None:
        return "weeks not recorded"
    if fewest == most:
        return f"{most // WEEK} weeks"
    return f"at most {most // WEEK} weeks"


def _missing(trial: PreventiveTrial, answers: tuple[Answer, Answer, Answer]) -> list[str]:
    dose, weeks, cycles = (answer is Answer.CANNOT_TELL for answer in answers)
    name = trial.drug.name
    questions = (
        (dose and trial.dose_reached is None, f"Cannot assess: the dose of {name} is not recorded"),
        (
            dose and trial.dose_reached is not None,
            f"Cannot assess: whether more {name} was not tolerated is not recorded",
        ),
        (weeks, f"Cannot assess: how long {name} was taken at its dose is not recorded"),
        (cycles, f"Cannot assess: the number of cycles of {name} is not recorded"),
    )
    return [words for asked, words in questions if asked]
