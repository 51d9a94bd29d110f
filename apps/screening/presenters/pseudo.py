"""The pseudo-refractory check in words, and what the chart knows about its questions."""

from collections.abc import Iterable
from dataclasses import dataclass

from apps.clinical.findings import Answer
from apps.clinical.overuse import OveruseAssessment
from apps.clinical.pseudo_refractory import PSEUDO_ITEMS
from apps.core.dates import short_date
from apps.screening.models import ChecklistReview, SleepScreen
from apps.screening.presenters.red_flags import asked_words
from apps.screening.selectors import LatestScore

MOOD = ("phq9", "phq2", "phq4", "gad7", "hads")
SLEEP = ("isi", "sci", "psqi", "ess", "nosas", "stopbang", "berlin", "rls")
NOTHING_KNOWN = "The chart knows nothing about this."


@dataclass(frozen=True)
class Reason:
    """One thing to mend first, and what was noted about it."""

    question: str
    note: str


@dataclass(frozen=True)
class PseudoWords:
    """The check as it was answered."""

    headline: str
    tag: str
    tone: str
    asked: str
    reasons: tuple[Reason, ...]
    not_asked: tuple[str, ...]


def pseudo_words(review: ChecklistReview) -> PseudoWords:
    """The newest pseudo-refractory check."""
    answer = Answer(review.answer)
    tags = {
        Answer.MET: ("To mend first", "warn"),
        Answer.NOT_MET: ("Nothing to mend", "good"),
        Answer.CANNOT_TELL: ("Incomplete", "warn"),
    }
    told = [(item, review.answers.get(item.code), review.notes.get(item.code, "")) for item in PSEUDO_ITEMS]
    return PseudoWords(
        headline=review.headline,
        tag=tags[answer][0],
        tone=tags[answer][1],
        asked=asked_words(review),
        reasons=tuple(Reason(item.question, note) for item, given, note in told if given == "yes"),
        not_asked=tuple(item.question for item, given, _ in told if given is None),
    )


def known_about(
    overuse: OveruseAssessment, scores: Iterable[LatestScore], screen: SleepScreen | None
) -> dict[str, str]:
    """What the chart knows about the questions, in words with its date, by the code of the question."""
    by_code = {score.code: score for score in scores}
    sleep = [_score_words(by_code[code]) for code in SLEEP if code in by_code]
    if screen:
        sleep.append(f"sleep screen answered {short_date(screen.answered_on)}, see Sleep")
    mood = [_score_words(by_code[code]) for code in MOOD if code in by_code]
    return {
        "overuse": f"Diary: {overuse.headline.headline}.",
        "mood": _sentence(mood, "No questionnaire about mood is answered yet."),
        "sleep": _sentence(sleep, "No questionnaire about sleep is answered yet."),
        "not_taken": NOTHING_KNOWN,
    }


def _sentence(parts: list[str], without: str) -> str:
    return f"Known: {'; '.join(parts)}." if parts else without


def _score_words(score: LatestScore) -> str:
    band = f", {score.band}" if score.band else ""
    return f"{score.label} {score.result}{band} ({short_date(score.answered_on)})"
