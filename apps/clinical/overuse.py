"""Medication overuse and medication-overuse headache, ICHD-3 8.2, from a diary with gaps.

The criteria: headache on at least 15 days a month in a person with a headache disorder from
before; regular overuse of acute medicine for more than 3 months; not better explained otherwise.
The last one, and the diagnosis, are the clinician's: this rule says whether the counts meet it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from apps.clinical import overuse_words
from apps.clinical.diary import DiaryDay
from apps.clinical.duration import WINDOWS_LOOKED_AT
from apps.clinical.findings import Answer, Certainty, Finding
from apps.clinical.overuse_codes import SubtypeAnswer, sustained_subtypes
from apps.clinical.overuse_headline import all_acute_days_finding
from apps.clinical.overuse_states import OveruseState, evidence, possible_states
from apps.clinical.overuse_subtypes import SINGLE_SUBTYPES, SOURCE
from apps.clinical.overuse_warnings import EarlyWarning, early_warnings, reached_warnings
from apps.clinical.overuse_window import OveruseWindow, overuse_window
from apps.clinical.periods import windows_back
from apps.clinical.rulebook import Rule, Threshold

RULE = Rule(
    id="overuse.ichd3_8_2",
    version="1.0",
    title="Medication-overuse headache, ICHD-3 8.2",
    source=SOURCE,
    certainty=Certainty.CERTAIN,
    thresholds=(
        *(
            Threshold(
                f"{subtype.code} {subtype.name}",
                f"{subtype.limit} days a month",
                "expert opinion of the classification committee",
            )
            for subtype in SINGLE_SUBTYPES
        ),
        Threshold("8.2.6 and 8.2.7, classes together", "10 days a month", "ICHD-3 8.2.6, 8.2.7"),
        Threshold(
            "classes added up for 8.2.6",
            "ergotamine, triptan, non-opioid, opioid, combination",
            "whether combination analgesics belong is not stated: clinic convention",
        ),
        Threshold("headache", "15 days a month", "ICHD-3 8.2, criterion A"),
    ),
)


@dataclass(frozen=True, slots=True)
class OveruseAssessment:
    """Everything the rule found, ending on `on`.

    windows: four 30-day windows, newest first. possible: the states that the missing facts leave
    open; `state` is the only one of them, or cannot tell. subtypes: each with its answer.
    headline: the finding for all acute medicines together. finding: the one for ICHD-3 8.2.
    """

    on: date
    windows: tuple[OveruseWindow, ...]
    state: OveruseState
    possible: tuple[OveruseState, ...]
    subtypes: tuple[SubtypeAnswer, ...]
    warnings: tuple[EarlyWarning, ...]
    headline: Finding
    finding: Finding

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the subtypes that certainly run for more than 3 months."""
        return tuple(each.code for each in self.subtypes if each.answer is Answer.MET)

    @property
    def possible_codes(self) -> tuple[str, ...]:
        """Codes of the subtypes that the missing days leave open."""
        return tuple(each.code for each in self.subtypes if each.answer is Answer.CANNOT_TELL)

    @property
    def reached_warnings(self) -> tuple[EarlyWarning, ...]:
        """The early warnings that are certainly reached, the most urgent first."""
        return reached_warnings(self.warnings)


@RULE.defines
def assess_overuse(
    days: Iterable[DiaryDay],
    *,
    on: date,
    pre_existing_headache_disorder: bool | None,
    older_than_three_months: bool = False,
) -> OveruseAssessment:
    """Acute medicine is counted in days, not doses, in 30-day windows back from the report date.

    Overuse in a window: one class reaches its limit (15 days for the non-opioid analgesics
    together, 10 days for each other class), or at least two classes together reach 10 days, or
    10 days are reached with medicines nobody could identify. A combination analgesic counts only
    as itself. Gepants count among all acute days and in no class (clinic convention). Overuse is sustained when it
    runs for more than 3 months. The criteria are met when it is sustained, headache is present on
    at least 15 days in each of the same windows, and a headache disorder existed before. When the
    missing days leave more than one state open, the answer is cannot tell.

    Every subtype that runs through is given. 8.2.3 is given when no narrower one of its own fits.
    8.2.6 needs a total of 10 days in each window over at least two classes while no class alone is
    overused throughout. 8.2.7 needs medicines nobody could identify and is given as long as no
    other subtype is certain.

    Raises ValueError when a date has two diary entries.
    """
    diary = tuple(days)
    windows = tuple(overuse_window(diary, window) for window in windows_back(on, WINDOWS_LOOKED_AT))
    warnings = early_warnings(diary, windows[0], windows[1])
    known = evidence(
        windows,
        warnings,
        pre_existing=pre_existing_headache_disorder,
        stated=older_than_three_months,
    )
    possible = possible_states(known)
    state = possible[0] if len(possible) == 1 else OveruseState.CANNOT_TELL
    subtypes = sustained_subtypes(windows, stated=older_than_three_months)
    reached = reached_warnings(warnings)
    return OveruseAssessment(
        on=on,
        windows=windows,
        state=state,
        possible=possible,
        subtypes=subtypes,
        warnings=warnings,
        headline=all_acute_days_finding(diary, windows[0].period),
        finding=RULE.finding(
            answer=known.criteria if len(possible) == 1 else Answer.CANNOT_TELL,
            headline=overuse_words.headline(possible, known, subtypes, reached),
            facts=overuse_words.facts(windows, state, known, subtypes, reached),
            missing=overuse_words.missing(windows, possible, known),
            deciding_days=overuse_words.deciding_days(windows, possible, known),
        ),
    )
