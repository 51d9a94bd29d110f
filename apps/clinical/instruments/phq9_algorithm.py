"""The PHQ-9's second way of counting: how many symptoms are present on more than half the days.

Kroenke, Spitzer & Williams 2001. It stands beside the total, never instead of it, and names a
pattern of answers, not a diagnosis. A symptom without an answer leaves the count open.
"""

from apps.clinical.findings import Answer, Interval, all_of, any_of, opposite, threshold_answer
from apps.clinical.instruments.items import Answers

MORE_THAN_HALF_THE_DAYS = 2
# Thoughts of death or self-harm count from "several days" on.
SEVERAL_DAYS = 1
MAJOR_FROM = 5
OTHER_FROM = 2

CORE = ("item1", "item2")
NEEDED = {f"item{place}": MORE_THAN_HALF_THE_DAYS for place in range(1, 9)} | {"item9": SEVERAL_DAYS}


def major_pattern(answers: Answers) -> Answer:
    """Whether five or more symptoms are present, one of them interest or mood."""
    return all_of((threshold_answer(_count(answers), MAJOR_FROM), _core(answers)))


def other_pattern(answers: Answers) -> Answer:
    """Whether two to four symptoms are present, one of them interest or mood."""
    count = _count(answers)
    enough, too_many = threshold_answer(count, OTHER_FROM), threshold_answer(count, MAJOR_FROM)
    return all_of((enough, opposite(too_many), _core(answers)))


def _present(key: str, answers: Answers) -> Answer:
    value = answers.get(key)
    if value is None:
        return Answer.CANNOT_TELL
    return Answer.MET if value >= NEEDED[key] else Answer.NOT_MET


def _core(answers: Answers) -> Answer:
    return any_of(tuple(_present(key, answers) for key in CORE))


def _count(answers: Answers) -> Interval:
    present = [_present(key, answers) for key in NEEDED]
    surely = present.count(Answer.MET)
    return Interval(surely, surely + present.count(Answer.CANNOT_TELL))
