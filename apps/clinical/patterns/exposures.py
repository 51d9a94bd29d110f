"""Headache on days with a suspected trigger, and on the days after."""

from collections.abc import Iterable, Mapping
from datetime import date

from apps.clinical.diary import DayState, DiaryDay
from apps.clinical.findings import Certainty
from apps.clinical.patterns.comparison import Comparison, compare
from apps.clinical.patterns.pattern import Pattern, of_neither_side, sides, within
from apps.clinical.periods import ONE_DAY, Period
from apps.clinical.rulebook import Rule

RULE = Rule(
    id="pattern.exposures",
    version="1.0",
    title="Suspected triggers",
    source="clinic convention",
    certainty=Certainty.CONVENTION,
)

REMARK = "early signs of an attack, such as a craving or a stiff neck, can look like triggers"


@RULE.defines
def exposure_pattern(days: Iterable[DiaryDay], period: Period, names: Mapping[str, str]) -> Pattern:
    """For each exposure that was ever present: days with it against days on which it was asked and absent, once for
    headache on the same day and once for headache on the next day.

    Exposures are asked on days with and without headache; a day on which nobody asked is left out, and for the next day
    also one that is followed by a day that is not known. names: code of each exposure to its name.
    """
    known = within(days, period)
    states = {entry.day: entry.state for entry in known}
    compared: list[Comparison] = []
    for code in names:
        if any(code in (entry.exposures or ()) for entry in known):
            compared += _of(code, names[code], known, states)
    return Pattern(
        RULE,
        tuple(compared),
        days=len(period),
        left_out=of_neither_side(period, known, lambda entry: None if entry.exposures is None else True),
        remark=REMARK,
    )


def _of(code: str, name: str, known: tuple[DiaryDay, ...], states: Mapping[date, DayState]) -> list[Comparison]:
    def that_day(entry: DiaryDay) -> bool | None:
        return None if entry.exposures is None else code in entry.exposures

    exposed_on = {entry.day: that_day(entry) for entry in known}

    def day_before(entry: DiaryDay) -> bool | None:
        return exposed_on.get(entry.day - ONE_DAY)

    return [
        compare(f"{name}, same day", *sides(known, that_day)),
        compare(f"{name}, next day", *sides(known, day_before)),
    ]
