"""What the overuse assessment says beside its state."""

from datetime import date, timedelta

import pytest

from apps.clinical.duration import more_than_three_months
from apps.clinical.findings import Answer, Interval
from apps.clinical.overuse import OveruseAssessment, assess_overuse
from apps.clinical.overuse_states import OveruseState
from apps.clinical.overuse_warnings import Level
from tests.clinical.diaries import ON, diary_of

MET, NOT_MET, CANNOT_TELL = Answer.MET, Answer.NOT_MET, Answer.CANNOT_TELL


def assessed(medicines: str, headache: str = "16", unknown: str = "0", on: date = ON) -> OveruseAssessment:
    return assess_overuse(
        diary_of(medicines, headache, unknown, on),
        on=on,
        pre_existing_headache_disorder=True,
    )


@pytest.mark.parametrize(
    ("medicines", "unknown", "answer", "interval"),
    [
        ("triptan 5 + nsaid 4", "0", NOT_MET, Interval(9, 9)),
        ("triptan 5 + nsaid 5", "0", MET, Interval(10, 10)),
        ("gepant 6 + other 5", "0", MET, Interval(11, 11)),
        ("triptan 7", "4", CANNOT_TELL, Interval(7, 11)),
        ("triptan 7", "2", NOT_MET, Interval(7, 9)),
        ("triptan 7", "3", CANNOT_TELL, Interval(7, 10)),
    ],
)
def test_headline_counts_all_together(medicines: str, unknown: str, answer: Answer, interval: Interval) -> None:
    headline = assessed(medicines, unknown=unknown).headline
    assert (headline.answer, headline.interval, headline.threshold) == (answer, interval, 10)


def test_headline_names_the_days_that_would_decide() -> None:
    headline = assessed("triptan 7", unknown="4").headline
    assert headline.headline == (
        "Acute medicines on 7–11 days of the last 30: cannot tell, 4 days not known would decide "
        "whether the limit of 10 is reached"
    )
    assert headline.deciding_days == tuple(ON - timedelta(days=back) for back in (3, 2, 1, 0))
    assert headline.missing == ("24 Oct 2026 to 22 Nov 2026: medicines not known for 4 days",)


def test_headline_over_a_leap_day() -> None:
    on = date(2028, 3, 1)
    headline = assessed("triptan 30", headache="30", on=on).headline
    assert date(2028, 2, 29) in headline.deciding_days
    assert headline.interval == Interval(30, 30)


def test_days_that_decide_a_sustained_state_come_from_all_windows() -> None:
    found = assessed("triptan 10")
    assert found.state is OveruseState.CRITERIA_MET
    assert len(found.finding.deciding_days) == 40
    assert found.finding.headline.startswith("The counts meet the criteria of medication-overuse headache (8.2.2")


def test_ninety_days_alone_are_not_more_than_three_months() -> None:
    found = assessed("triptan 10", unknown="0|0|0|30")
    assert found.possible == (
        OveruseState.OVERUSE_NOT_SUSTAINED,
        OveruseState.OVERUSE_SUSTAINED,
        OveruseState.CRITERIA_MET,
    )
    assert "cannot tell whether it has run for more than 3 months" in found.finding.headline
    assert any("counts met for 90 days" in fact.value for fact in found.finding.facts)
    assert set(found.finding.deciding_days) == set(found.windows[3].period)


def test_doubt_about_the_latest_window_asks_for_its_days_first() -> None:
    found = assessed("triptan 9", unknown="1")
    assert found.finding.headline == "Cannot tell whether there is medication overuse in the last 30 days"
    assert found.finding.deciding_days == (ON,)


def test_only_states_that_can_be_true_stay_open() -> None:
    found = assessed("triptan 9|triptan 10|triptan 10|triptan 10", unknown="1|0|0|0")
    assert found.possible == (OveruseState.AT_RISK, OveruseState.CRITERIA_MET)


def test_an_unasked_question_is_named() -> None:
    found = assess_overuse(diary_of("triptan 10", "16", "0"), on=ON, pre_existing_headache_disorder=None)
    assert found.finding.missing == ("Not recorded whether a headache disorder existed before",)
    assert "cannot tell whether the criteria" in found.finding.headline


@pytest.mark.parametrize(
    ("medicines", "headache", "code", "level"),
    [
        ("gepant 10", "16", "all_red", Level.RED),
        ("gepant 8", "16", "all_amber", Level.AMBER),
        ("gepant 9", "16", "prevention", Level.NOTICE),
        ("opioid 1", "16", "opioid_any", Level.NOTICE),
        ("opioid 8", "16", "opioid_amber", Level.AMBER),
        ("butalbital 5", "16", "butalbital", Level.AMBER),
        ("ergotamine 7", "16", "near_8.2.1", Level.AMBER),
        ("triptan 7", "16", "near_8.2.2", Level.AMBER),
        ("opioid 7", "16", "near_8.2.4", Level.AMBER),
        ("combination 7", "16", "near_8.2.5", Level.AMBER),
        ("nsaid 11", "16", "near_8.2.3", Level.AMBER),
        ("triptan 1", "10", "triptan_progression", Level.NOTICE),
        ("triptan 1", "14", "triptan_progression", Level.NOTICE),
        ("nsaid 1", "10", "nsaid_progression", Level.NOTICE),
        ("nsaid 4|nsaid 1|nothing|nothing", "9", "rise", Level.NOTICE),
    ],
)
def test_early_warning_at_its_threshold(medicines: str, headache: str, code: str, level: Level) -> None:
    reached = {each.code: each.level for each in assessed(medicines, headache).reached_warnings}
    assert reached.get(code) is level


@pytest.mark.parametrize(
    ("medicines", "headache", "code"),
    [
        ("gepant 9", "16", "all_red"),
        ("gepant 7", "16", "all_amber"),
        ("gepant 8", "16", "prevention"),
        ("opioid 7", "16", "opioid_amber"),
        ("butalbital 4", "16", "butalbital"),
        ("triptan 6", "16", "near_8.2.2"),
        ("nsaid 10", "16", "near_8.2.3"),
        ("triptan 1", "9", "triptan_progression"),
        ("triptan 1", "15", "triptan_progression"),
        ("nsaid 1", "9", "nsaid_progression"),
        ("nsaid 3|nsaid 1|nothing|nothing", "9", "rise"),
    ],
)
def test_early_warning_below_its_threshold(medicines: str, headache: str, code: str) -> None:
    assert code not in {each.code for each in assessed(medicines, headache).reached_warnings}


def test_the_most_urgent_warning_comes_first_and_none_twice() -> None:
    codes = [each.code for each in assessed("opioid 10").reached_warnings]
    assert codes[0] == "all_red"
    assert not {"all_amber", "opioid_any"} & set(codes)


@pytest.mark.parametrize(
    ("windows", "stated", "answer"),
    [
        ((MET, MET, MET, MET), False, MET),
        ((MET, MET, MET, NOT_MET), False, NOT_MET),
        ((MET, MET, MET, NOT_MET), True, MET),
        ((MET, MET, MET, CANNOT_TELL), False, CANNOT_TELL),
        ((MET, MET, NOT_MET, MET), True, NOT_MET),
        ((MET, MET, CANNOT_TELL, MET), True, CANNOT_TELL),
    ],
)
def test_more_than_three_months(windows: tuple[Answer, ...], stated: bool, answer: Answer) -> None:
    assert more_than_three_months(windows, stated=stated) is answer


def test_more_than_three_months_needs_four_windows() -> None:
    with pytest.raises(ValueError, match="4 windows"):
        more_than_three_months((MET, MET, MET), stated=True)
