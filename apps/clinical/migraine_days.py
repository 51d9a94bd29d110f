"""Migraine days, by three published readings that do not agree.

Features of the attack, medicines taken and their effect are three separate things in the diary, so that every reading
can be counted from the same days, today or years later.
"""

from collections.abc import Callable, Iterable
from enum import StrEnum

from apps.clinical.attack_criteria import (
    accompanied,
    attacks_on,
    characteristics,
    lasted,
    migraine_specific_taken,
    treated,
    triptan_or_ergot_relieved,
    typical_aura,
)
from apps.clinical.counting import Count, Question, count_days
from apps.clinical.diary import Attack, DayState, DiaryDay
from apps.clinical.findings import Certainty
from apps.clinical.periods import Period
from apps.clinical.rulebook import Rule, Threshold
from apps.clinical.three_valued import every, negated, some

SHORTEST_HOURS = 0.5
TRIAL_HOURS = 4
TRIAL_HOURS_TREATED = 2

_CHARACTERISTICS = Threshold(
    "characteristics", "2 of 4", "one-sided, pulsating, moderate or severe, worse with activity: ICHD-3 1.1 C"
)
_AURA = Threshold("aura", "5 to 60 minutes", "ICHD-3 1.2; its other characteristics are not asked in the diary")


class MigraineDayRule(StrEnum):
    """Which reading of "migraine day" is meant."""

    DIARY = "diary"
    TRIAL = "trial"
    ICHD3 = "ichd3"

    @property
    def label(self) -> str:
        """The reading as words for the page."""
        return {
            MigraineDayRule.DIARY: "diary rule",
            MigraineDayRule.TRIAL: "trial variant",
            MigraineDayRule.ICHD3: "ICHD-3 variant",
        }[self]


DIARY = Rule(
    id="diary.migraine_days",
    version="1.0",
    title="Migraine days, diary rule",
    source="van der Arend 2023 (features, aura or a migraine-specific medicine); its list of medicines is to be confirmed",
    certainty=Certainty.CHECK,
    thresholds=(
        Threshold("duration", "30 minutes", "van der Arend 2023"),
        _CHARACTERISTICS,
        _AURA,
        Threshold("medicines", "triptan, ergot derivative, gepant, ditan", "taken for migraine only"),
    ),
)

TRIAL = Rule(
    id="diary.migraine_days_trial",
    version="1.0",
    title="Migraine days, trial variant",
    source="International Headache Society trial guidelines (Tassorelli 2018, Diener 2020)",
    certainty=Certainty.CERTAIN,
    thresholds=(
        Threshold("duration", "4 hours", "trials of prevention"),
        Threshold("duration when treated", "2 hours", "a treated attack is cut short"),
        _CHARACTERISTICS,
    ),
)

ICHD3 = Rule(
    id="diary.migraine_days_ichd3",
    version="1.0",
    title="Migraine days, ICHD-3 variant",
    source=(
        "ICHD-3, Cephalalgia 2018;38:1-211, section 1.3, criterion C; that a triptan or ergot derivative is taken in "
        "the belief that it is migraine, and that some relief is relief, are clinic conventions"
    ),
    certainty=Certainty.CHECK,
    thresholds=(
        _CHARACTERISTICS,
        _AURA,
        Threshold("relief", "some relief or headache gone", "ICHD-3 says relieved and does not say how much"),
    ),
)

BY_TREATMENT_ALONE = Rule(
    id="diary.migraine_days_by_treatment_alone",
    version="1.0",
    title="Migraine days by the medicine alone",
    source="van der Arend 2023: 14.1 % of the migraine days of that cohort",
    certainty=Certainty.CERTAIN,
)


@DIARY.defines
def migraine_days_diary(days: Iterable[DiaryDay], period: Period) -> Count:
    """Days with (a) a headache of at least 30 minutes with two of the four characteristics (one-sided, pulsating,
    moderate or severe, worse with activity) and with nausea, vomiting, or light and noise both disturbing; or (b) an
    aura of 5 to 60 minutes, with or without headache; or (c) a headache and a triptan, ergot derivative, gepant or
    ditan taken, whatever it did.

    An attack counts on each date that it touches, with its whole duration. What was not asked, and a headache day
    whose attack nobody described, raise the upper end only. A day recorded without headache and without a described
    attack is no migraine day.
    """
    return _count(days, period, DIARY, _diary)


@TRIAL.defines
def migraine_days_trial(days: Iterable[DiaryDay], period: Period) -> Count:
    """Days with a headache as in part (a) of the diary rule that lasted at least 4 hours, or at least 2 hours when an
    acute medicine was taken that day.

    Neither an aura nor a medicine makes a day a migraine day on its own. What was not asked raises the upper end only.
    """
    return _count(days, period, TRIAL, _trial)


@ICHD3.defines
def migraine_days_ichd3(days: Iterable[DiaryDay], period: Period) -> Count:
    """Days with a headache that meets criteria C and D of 1.1, whatever its duration; or an aura of 5 to 60 minutes; or
    a headache that was relieved by a triptan or ergot derivative.

    Unlike the diary rule this asks for relief: a triptan without relief is not enough, and gepants and ditans do not
    count. An aura of another length leaves the day open, because 1.2 weighs it with characteristics that the diary
    does not ask. What was not asked raises the upper end only.
    """
    return _count(days, period, ICHD3, _ichd3)


@BY_TREATMENT_ALONE.defines
def by_treatment_alone(days: Iterable[DiaryDay], period: Period) -> Count:
    """Days that are migraine days by the diary rule only because a migraine-specific medicine was taken: neither the
    features of the headache nor an aura would make them so.

    Where features were not asked, the day may have been a migraine day by them too: it raises the upper end only.
    """
    return _count(days, period, BY_TREATMENT_ALONE, _by_treatment_alone)


def migraine_days(days: Iterable[DiaryDay], period: Period, variant: MigraineDayRule) -> Count:
    """Count migraine days by the named variant."""
    counted: dict[MigraineDayRule, Callable[[Iterable[DiaryDay], Period], Count]] = {
        MigraineDayRule.DIARY: migraine_days_diary,
        MigraineDayRule.TRIAL: migraine_days_trial,
        MigraineDayRule.ICHD3: migraine_days_ichd3,
    }
    return counted[variant](days, period)


def rule_of(variant: MigraineDayRule) -> Rule:
    """Give the rule behind a variant, for its certainty and source."""
    return {MigraineDayRule.DIARY: DIARY, MigraineDayRule.TRIAL: TRIAL, MigraineDayRule.ICHD3: ICHD3}[variant]


def _count(days: Iterable[DiaryDay], period: Period, rule: Rule, question: Question) -> Count:
    def asked(entry: DiaryDay) -> bool | None:
        return None if entry.state is DayState.NOT_KNOWN else question(entry)

    return count_days(days, period, asked, rule_id=rule.id, version=rule.version)


def _headache(entry: DiaryDay) -> bool:
    return entry.state is DayState.HEADACHE


def _diary(entry: DiaryDay) -> bool | None:
    return some((_features_or_aura(entry), every((_headache(entry), migraine_specific_taken(entry)))))


def _by_treatment_alone(entry: DiaryDay) -> bool | None:
    return every((_headache(entry), migraine_specific_taken(entry), negated(_features_or_aura(entry))))


def _features_or_aura(entry: DiaryDay) -> bool | None:
    return some(
        some((_migrainous(attack, entry, lasted(attack, SHORTEST_HOURS)), typical_aura(attack)))
        for attack in attacks_on(entry)
    )


def _trial(entry: DiaryDay) -> bool | None:
    def long_enough(attack: Attack) -> bool | None:
        shorter = every((lasted(attack, TRIAL_HOURS_TREATED), treated(entry)))
        return some((lasted(attack, TRIAL_HOURS), shorter))

    return some(_migrainous(attack, entry, long_enough(attack)) for attack in attacks_on(entry))


def _ichd3(entry: DiaryDay) -> bool | None:
    def by_attack(attack: Attack) -> bool | None:
        aura = typical_aura(attack)
        # A length outside 5 to 60 minutes does not rule 1.2 out: three of six characteristics are enough.
        return some((_migrainous(attack, entry, True), None if aura is False and attack.aura else aura))

    relieved = every((_headache(entry), triptan_or_ergot_relieved(entry)))
    return some((*(by_attack(attack) for attack in attacks_on(entry)), relieved))


def _migrainous(attack: Attack, entry: DiaryDay, long_enough: bool | None) -> bool | None:
    """A headache, long enough, that meets criteria C and D of 1.1."""
    return every((_headache(entry), long_enough, characteristics(attack, entry), accompanied(attack)))
