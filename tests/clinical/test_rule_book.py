"""The rule book is complete, stands on its own, and says where each rule comes from."""

import sys

import pytest

from apps.clinical.describe import rule_book
from apps.clinical.findings import Answer, Certainty
from apps.clinical.instruments import all_instruments
from apps.clinical.overuse import assess_overuse
from apps.clinical.rulebook import Entry, Rule, all_rules
from tests.clinical.diaries import ON


def test_rules_run_without_django() -> None:
    assert all_rules()
    assert all_instruments()
    assert not {name.split(".")[0] for name in sys.modules} & {"django", "psycopg", "celery", "weasyprint"}


def test_all_rules_are_in_the_book() -> None:
    assert [entry.rule.id for entry in all_rules()] == [
        "diary.acute_medication_days",
        "diary.acute_medication_days_per_class",
        "diary.completeness",
        "diary.debilitating_days",
        "diary.headache_days",
        "diary.lost_days",
        "diary.migraine_days",
        "diary.migraine_days_by_treatment_alone",
        "diary.migraine_days_ichd3",
        "diary.migraine_days_trial",
        "diary.moderate_or_severe_days",
        "diary.recall",
        "diary.severity",
        "diary.trend",
        "duration.more_than_three_months",
        "overuse.all_acute_days",
        "overuse.early_warning",
        "overuse.ichd3_8_2",
        "overuse.regularity",
        "overuse.relapse",
        "overuse.rescue_only",
        "overuse.withdrawal",
        "pattern.comparison",
        "pattern.exposures",
        "pattern.medicine_changes",
        "pattern.menstruation",
        "pattern.sleep",
        "pattern.weekdays",
        "red_flags.snnoop10",
        "refractory.adequate_trial",
        "refractory.dantona_2019",
        "refractory.debilitating_months",
        "refractory.ehf_2014",
        "refractory.ehf_2020_refractory",
        "refractory.ehf_2020_resistant",
        "refractory.goadsby_2006",
        "refractory.modifier_disability",
        "refractory.modifier_overuse",
        "refractory.pseudo",
        "refractory.schulman_2008",
        "refractory.schulman_2008_chronic",
        "refractory.silberstein_2010",
        "response.reduction",
        *(f"safety.s{number:02d}" for number in range(1, 63)),
        "screening.schedule",
        "sleep.apnoea_risk",
        "sleep.circadian",
        "sleep.dream_enactment",
        "sleep.hypersomnia",
        "sleep.insomnia",
        "sleep.limb_movement",
        "sleep.log",
        "sleep.restless_legs",
        "sleep.timing",
        "work_up.secondary_causes",
    ]


@pytest.mark.parametrize("entry", all_rules(), ids=lambda entry: entry.rule.id)
def test_every_rule_has_words_source_and_version(entry: Entry) -> None:
    assert len(entry.definition) > 80
    assert entry.rule.source.strip()
    major, minor = entry.rule.version.split(".")
    assert major.isdigit()
    assert minor.isdigit()
    assert entry.definition in rule_book()


def test_the_book_names_every_instrument() -> None:
    book = rule_book()
    assert all(f"### {found.title}" in book for found in all_instruments())


def test_two_rules_cannot_share_a_name() -> None:
    again = Rule("diary.headache_days", "9.9", "Again", "nowhere", Certainty.CONVENTION)

    def definition() -> None:
        """Some other definition."""

    with pytest.raises(ValueError, match="two rules"):
        again.defines(definition)


def test_a_rule_without_words_is_refused() -> None:
    silent = Rule("diary.silent", "1.0", "Silent", "nowhere", Certainty.CONVENTION)

    def definition() -> None: ...

    with pytest.raises(ValueError, match="no definition"):
        silent.defines(definition)


def test_a_finding_carries_its_rule() -> None:
    found = assess_overuse([], on=ON, pre_existing_headache_disorder=None)
    for finding in (found.finding, found.headline):
        entry = next(each for each in all_rules() if each.rule.id == finding.rule_id)
        assert (finding.rule_version, finding.source) == (entry.rule.version, entry.rule.source)
        assert finding.answer is Answer.CANNOT_TELL
