"""Which subtypes of ICHD-3 8.2 run through all of the windows."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.clinical.duration import more_than_three_months
from apps.clinical.findings import Answer, all_of, any_of, opposite
from apps.clinical.overuse_subtypes import (
    MULTIPLE_CODE,
    MULTIPLE_NAME,
    SINGLE_SUBTYPES,
    UNVERIFIED_CODE,
    UNVERIFIED_NAME,
    Subtype,
)
from apps.clinical.overuse_window import OveruseWindow, several_classes


@dataclass(frozen=True, slots=True)
class SubtypeAnswer:
    """Whether one subtype runs for more than 3 months: "8.2.2", "triptan", met."""

    code: str
    name: str
    answer: Answer


def sustained_subtypes(windows: Sequence[OveruseWindow], *, stated: bool) -> tuple[SubtypeAnswer, ...]:
    """Answer for every subtype whether it runs for more than 3 months, newest window first.

    Every subtype that fits is given. The broad non-opioid subtype 8.2.3 stands back when a
    narrower one fits. 8.2.6 needs a total of 10 days in each window over at least two classes
    while no class alone is overused throughout; 8.2.7 is given as long as no other
    subtype is certain.
    """
    singles = {
        subtype.code: more_than_three_months([window.single(subtype.code) for window in windows], stated=stated)
        for subtype in SINGLE_SUBTYPES
    }
    any_single = any_of(tuple(singles.values()))
    multiple = all_of(
        (
            more_than_three_months([window.total for window in windows], stated=stated),
            several_classes(windows),
            opposite(any_single),
        )
    )
    # "Unverified" describes what is known today: it stands while the other subtypes are in doubt.
    another = any_of((any_single, multiple)) is Answer.MET
    unverified = (
        Answer.NOT_MET if another else more_than_three_months([window.unverified for window in windows], stated=stated)
    )
    return (
        *(SubtypeAnswer(subtype.code, subtype.name, _unless_narrower(subtype, singles)) for subtype in SINGLE_SUBTYPES),
        SubtypeAnswer(MULTIPLE_CODE, MULTIPLE_NAME, multiple),
        SubtypeAnswer(UNVERIFIED_CODE, UNVERIFIED_NAME, unverified),
    )


def _unless_narrower(subtype: Subtype, singles: dict[str, Answer]) -> Answer:
    narrower = any_of(tuple(singles[code] for code in subtype.covers))
    return all_of((singles[subtype.code], opposite(narrower)))
