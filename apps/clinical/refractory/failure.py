"""Which outcomes count as failure. The definitions differ here, and where a paper leaves it open, so does the rule."""

from dataclasses import dataclass, replace
from datetime import date

from apps.clinical.findings import Answer
from apps.clinical.refractory.adequacy import DEFAULT_ADEQUACY, AdequacySettings, adequate_trial
from apps.clinical.refractory.trials import AcuteTrial, Outcome, PreventiveTrial
from apps.clinical.three_valued import every


@dataclass(frozen=True, slots=True)
class FailureRule:
    """What one definition counts as failure, beside inefficacy in an adequate trial, which counts everywhere.

    intolerance, contraindicated, acute_contraindicated: whether it counts; None when the paper was not seen to say, so
    that such a row can't be told. acute_early: an acute medicine must also have been taken early. adequacy: the
    shortest trials. response_from: a recorded response below this per cent is a failure too; None when the definition
    draws no such line.
    """

    intolerance: bool | None
    contraindicated: bool | None
    acute_contraindicated: bool | None
    acute_early: bool = False
    adequacy: AdequacySettings = DEFAULT_ADEQUACY
    response_from: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How a definition reads one row: failed, not failed or not known, why, and what would settle it."""

    trial: PreventiveTrial | AcuteTrial
    failed: bool | None
    reason: str
    missing: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The medicine."""
        return self.trial.drug.name

    @property
    def contraindicated(self) -> bool:
        """Whether it was never tried because it must not be given."""
        return self.trial.outcome is Outcome.CONTRAINDICATED


def read_preventive(trial: PreventiveTrial, rule: FailureRule, today: date) -> Reading:
    """Say whether the definition counts this row as a failed preventive.

    A contraindication is read for the medicine alone; whether it makes its class fail is the class's question.
    """
    if trial.outcome is Outcome.INTOLERANCE:
        return _by_setting(trial, rule.intolerance)
    if trial.outcome is Outcome.CONTRAINDICATED:
        return _by_setting(trial, rule.contraindicated)
    if trial.outcome is Outcome.INEFFICACY:
        return _if_adequate(trial, rule, today, "no effect")
    if trial.outcome is Outcome.RESPONSE and rule.response_from is not None:
        return _response(trial, rule, today, rule.response_from)
    return _plain(trial)


def read_acute(trial: AcuteTrial, rule: FailureRule) -> Reading:
    """Say whether the definition counts this row as a failed acute medicine."""
    if trial.outcome is Outcome.INTOLERANCE:
        return _by_setting(trial, rule.intolerance)
    if trial.outcome is Outcome.CONTRAINDICATED:
        return _by_setting(trial, rule.acute_contraindicated)
    if trial.outcome is not Outcome.INEFFICACY:
        return _plain(trial)
    asked = {"in an adequate dose": trial.dose_adequate}
    if rule.acute_early:
        asked["early in the attack"] = trial.taken_early
    failed = every(asked.values())
    wrong = [words for words, known in asked.items() if known is False]
    return Reading(
        trial,
        failed,
        f"no effect, but not taken {' and not '.join(wrong)}" if wrong else "no effect",
        _unless_settled(
            failed, *(f"Whether {trial.drug.name} was taken {words}" for words, known in asked.items() if known is None)
        ),
    )


def outside(reading: Reading) -> Reading:
    """The same row in a definition on whose list the medicine does not stand: it counts for nothing there."""
    return replace(reading, failed=False, reason="not on the list of this definition", missing=())


def uncertain(reading: Reading, question: str) -> Reading:
    """The same row when a question has to be answered before it can count; a row that did not fail stays as it is."""
    return reading if reading.failed is False else replace(reading, failed=None, missing=(*reading.missing, question))


def unconfirmed(reading: Reading) -> Reading:
    """The same row when nobody has confirmed that the definition counts this medicine at all."""
    return uncertain(reading, f"Whether this definition counts {reading.name}: to be confirmed in the paper")


def _plain(trial: PreventiveTrial | AcuteTrial) -> Reading:
    if trial.outcome is None:
        return Reading(trial, None, "outcome not recorded", (f"The outcome of {trial.drug.name}",))
    return Reading(trial, False, _lower(trial.outcome))


def _by_setting(trial: PreventiveTrial | AcuteTrial, counts: bool | None) -> Reading:
    words = "not recorded" if trial.outcome is None else _lower(trial.outcome)
    missing = (f"Whether this definition counts “{words}” ({trial.drug.name}): to be confirmed in the paper",)
    reason = f"{words}, which this definition does not count" if counts is False else words
    return Reading(trial, counts, reason, missing if counts is None else ())


def _if_adequate(trial: PreventiveTrial, rule: FailureRule, today: date, words: str) -> Reading:
    found = adequate_trial(trial, today=today, settings=rule.adequacy)
    failed = {Answer.MET: True, Answer.NOT_MET: False, Answer.CANNOT_TELL: None}[found.answer]
    reason = {
        Answer.MET: f"{words} in an adequate trial",
        Answer.NOT_MET: f"{words}, but the trial was not adequate",
        Answer.CANNOT_TELL: f"{words}; cannot tell whether the trial was adequate",
    }[found.answer]
    return Reading(trial, failed, reason, found.missing)


def _response(trial: PreventiveTrial, rule: FailureRule, today: date, least: int) -> Reading:
    if trial.best_reduction is None:
        return Reading(
            trial, None, "response of unknown size", (f"By how much migraine days fell with {trial.drug.name}",)
        )
    if trial.best_reduction >= least:
        return _plain(trial)
    return _if_adequate(trial, rule, today, f"fall of {trial.best_reduction} %, below {least} %")


def _unless_settled(failed: bool | None, *questions: str) -> tuple[str, ...]:
    return questions if failed is None else ()


def _lower(outcome: Outcome) -> str:
    return outcome.label[0].lower() + outcome.label[1:]
