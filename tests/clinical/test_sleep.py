"""The sleep screen: which disorder, which study, and what is not known."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.clinical.findings import Answer, Interval
from apps.clinical.sleep.answers import clock_words
from apps.clinical.sleep.apnoea import apnoea
from apps.clinical.sleep.circadian import circadian
from apps.clinical.sleep.dream_enactment import dream_enactment
from apps.clinical.sleep.facts import SleepFacts, Study
from apps.clinical.sleep.hypersomnia import hypersomnia
from apps.clinical.sleep.insomnia import insomnia
from apps.clinical.sleep.limb_movement import limb_movement, restless_legs
from apps.clinical.sleep.log import sleep_length
from apps.clinical.sleep.router import sleep_routes
from apps.clinical.sleep.timing import Night, SleepTiming, sleep_timing

MET, NOT, OPEN = Answer.MET, Answer.NOT_MET, Answer.CANNOT_TELL

RESTED = SleepFacts(
    epworth=4,
    nosas=3,
    stop_bang_high=False,
    isi=3,
    sci=28,
    loud_snoring=False,
    witnessed_apnoea=False,
    hypertension=False,
    resistant_hypertension=False,
    bmi=22.0,
    waking_headache_days=Interval(2, 2),
    heart_or_lung_disease=False,
    neuromuscular_weakness=False,
    hypoventilation=False,
    stroke=False,
    opioid_days=Interval(0, 0),
    trouble_sleeping=False,
    sleep_opportunity_hours=8,
    sleepy_for_months=0,
    long_sleep=False,
    sleep_attacks=False,
    cataplexy=False,
    sleep_paralysis=False,
    restless_legs=False,
    leg_jerks_seen=False,
    unrefreshing_sleep=False,
    untreated_apnoea=False,
    shift_work=False,
    free_running=False,
    dream_enactment=False,
    timing=SleepTiming(3.0, 3.5, 0.5, 3.4, -0.5, 7.5, 8.0, 7.6),
)
SLEEPY = {"epworth": 11, "loud_snoring": True}


def test_somebody_who_sleeps_well_is_sent_nowhere() -> None:
    routes = sleep_routes(RESTED)
    assert {route.finding.answer for route in routes} == {NOT}
    assert {route.study for route in routes} == {None}


def test_nobody_asked_is_not_nobody_ill() -> None:
    routes = sleep_routes(SleepFacts())
    assert {route.finding.answer for route in routes} == {OPEN}
    assert all(route.finding.missing for route in routes)


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({"epworth": 11, "loud_snoring": True}, NOT),
        ({"epworth": 11, "loud_snoring": True, "hypertension": True}, MET),
        ({"epworth": 10, "loud_snoring": True, "hypertension": True}, NOT),
        ({"epworth": 11, "witnessed_apnoea": True, "hypertension": True}, MET),
        ({"epworth": 11, "loud_snoring": True, "hypertension": None}, OPEN),
        ({"epworth": None, "loud_snoring": True, "hypertension": True}, OPEN),
        ({"nosas": 7}, NOT),
        ({"nosas": 8}, MET),
        ({"nosas": None}, OPEN),
        ({"nosas": None, "stop_bang_high": True}, MET),
        ({"bmi": 29.9}, NOT),
        ({"bmi": 30.0}, MET),
        ({"waking_headache_days": Interval(14, 14)}, NOT),
        ({"waking_headache_days": Interval(15, 15)}, MET),
        ({"waking_headache_days": Interval(12, 18)}, OPEN),
        ({"resistant_hypertension": True}, MET),
        ({"stroke": True}, NOT),
        ({"stroke": True, "witnessed_apnoea": True}, MET),
        ({"stroke": True, "epworth": 11}, MET),
        ({"stroke": True, "epworth": 10}, NOT),
        ({"opioid_days": Interval(20, 20), "witnessed_apnoea": True}, MET),
        ({"opioid_days": Interval(19, 19), "witnessed_apnoea": True}, NOT),
        ({"opioid_days": Interval(12, 22), "witnessed_apnoea": True}, OPEN),
        ({"heart_or_lung_disease": True, "heart_failure": True, "witnessed_apnoea": True}, MET),
        ({"heart_or_lung_disease": True, "heart_failure": False, "witnessed_apnoea": True}, NOT),
        ({"heart_or_lung_disease": True, "witnessed_apnoea": True}, OPEN),
    ],
    ids=lambda value: value.value if isinstance(value, Answer) else " ".join(f"{k}={v}" for k, v in value.items()),
)
def test_risk_of_apnoea(changes: dict[str, object], answer: Answer) -> None:
    assert apnoea(replace(RESTED, **changes)).finding.answer is answer


@pytest.mark.parametrize(
    ("changes", "study"),
    [
        ({}, Study.POLYSOMNOGRAPHY_OR_HOME_TEST),
        ({"stroke": True}, Study.POLYSOMNOGRAPHY),
        ({"heart_or_lung_disease": True}, Study.POLYSOMNOGRAPHY),
        ({"neuromuscular_weakness": True}, Study.POLYSOMNOGRAPHY),
        ({"hypoventilation": True}, Study.POLYSOMNOGRAPHY),
        ({"opioid_days": Interval(19, 19)}, Study.POLYSOMNOGRAPHY_OR_HOME_TEST),
        ({"opioid_days": Interval(20, 20)}, Study.POLYSOMNOGRAPHY),
        ({"isi": 21}, Study.POLYSOMNOGRAPHY_OR_HOME_TEST),
        ({"isi": 22}, Study.POLYSOMNOGRAPHY),
        ({"severe_insomnia": True}, Study.POLYSOMNOGRAPHY),
        ({"heart_failure": True}, Study.POLYSOMNOGRAPHY),
        ({"hsat_inconclusive": True}, Study.POLYSOMNOGRAPHY),
        ({"psg_negative": True}, Study.POLYSOMNOGRAPHY),
    ],
    ids=lambda value: value.value if isinstance(value, Study) else " ".join(value) or "plain",
)
def test_complications_take_the_test_into_the_laboratory(changes: dict[str, object], study: Study) -> None:
    assert apnoea(replace(RESTED, nosas=9, **changes)).study is study


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"stroke": True}, "Not a home test."),
        ({"hsat_inconclusive": True}, "Don't repeat the home test."),
        ({}, "A questionnaire alone"),
    ],
    ids=["complicated", "failed home test", "plain"],
)
def test_the_wrong_test_is_named(changes: dict[str, object], words: str) -> None:
    assert apnoea(replace(RESTED, nosas=9, **changes)).not_this.startswith(words)
    assert apnoea(replace(RESTED, **changes)).not_this.startswith("A questionnaire alone")


def test_a_second_study_and_a_central_cause_are_named() -> None:
    assert "consider a second" in apnoea(replace(RESTED, nosas=9, psg_negative=True)).finding.headline
    headline = apnoea(replace(RESTED, stroke=True, witnessed_apnoea=True)).finding.headline
    assert headline == "Increased risk of sleep apnoea, complicated by stroke; it may be central"


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({"isi": 10}, NOT),
        ({"isi": 11}, MET),
        ({"sci": 17}, NOT),
        ({"sci": 16}, MET),
        ({"trouble_sleeping": True}, MET),
        ({"isi": None}, OPEN),
    ],
    ids=str,
)
def test_insomnia_asks_for_a_diary_and_not_for_a_study(changes: dict[str, object], answer: Answer) -> None:
    route = insomnia(replace(RESTED, **changes))
    assert route.finding.answer is answer
    assert route.study is (Study.SLEEP_DIARY_AND_CBTI if answer is MET else None)


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({"epworth": 11, "sleepy_for_months": 3}, MET),
        ({"epworth": 11, "sleepy_for_months": 2}, NOT),
        ({"epworth": 11, "sleepy_for_months": 3, "sleep_opportunity_hours": 6.9}, NOT),
        ({"epworth": 11, "sleepy_for_months": 3, "sleep_opportunity_hours": 7}, MET),
        ({"epworth": 10, "sleepy_for_months": 12}, NOT),
        ({"cataplexy": True}, MET),
        ({"long_sleep": True}, MET),
        ({"sleep_attacks": True}, MET),
        ({"sleep_paralysis": True}, MET),
        ({"epworth": 11, "sleepy_for_months": None}, OPEN),
    ],
    ids=str,
)
def test_hypersomnia(changes: dict[str, object], answer: Answer) -> None:
    assert hypersomnia(replace(RESTED, **changes)).finding.answer is answer


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({}, MET),
        ({"restless_legs": True}, NOT),
        ({"untreated_apnoea": True}, NOT),
        ({"unrefreshing_sleep": False}, NOT),
        ({"restless_legs": None}, OPEN),
        ({"leg_jerks_seen": None}, OPEN),
    ],
    ids=str,
)
def test_limb_movements_stand_for_themselves_only_without_restless_legs_and_apnoea(
    changes: dict[str, object], answer: Answer
) -> None:
    jerks = replace(RESTED, leg_jerks_seen=True, unrefreshing_sleep=True)
    assert limb_movement(replace(jerks, **changes)).finding.answer is answer


@pytest.mark.parametrize(
    ("ferritin", "saturation", "iron"),
    [(75, 30, True), (76, 30, False), (200, 19.9, True), (200, 20, False), (None, None, False)],
    ids=str,
)
def test_restless_legs_ask_for_iron(ferritin: float | None, saturation: float | None, iron: bool) -> None:
    route = restless_legs(replace(RESTED, restless_legs=True, ferritin=ferritin, transferrin_saturation=saturation))
    assert route.study is Study.CRITERIA_AND_FERRITIN
    assert ("iron is recommended" in route.finding.headline) is iron
    assert bool(route.finding.missing) is (ferritin is None)


def test_dreams_acted_out_are_filmed() -> None:
    assert dream_enactment(replace(RESTED, dream_enactment=True)).study is Study.VIDEO_POLYSOMNOGRAPHY


def nights(*, work: tuple[float, float], free: tuple[float, float]) -> list[Night]:
    return [Night(*work, free=False)] * 5 + [Night(*free, free=True)] * 2


def timing(*, work: tuple[float, float], free: tuple[float, float]) -> SleepTiming:
    found = sleep_timing(nights(work=work, free=free), work_days_a_week=5)
    assert found is not None
    return found


def test_mid_sleep_runs_over_midnight() -> None:
    found = timing(work=(-1.0, 7.0), free=(1.0, 9.0))
    assert found.work_middle == 2.5
    assert found.free_middle == 5.5
    assert found.social_jetlag == 3.0
    assert found.week_hours == pytest.approx((7 * 5 + 9 * 2) / 7)
    assert found.corrected_middle == pytest.approx(5.5 - (9 - 53 / 7) / 2)


def test_shorter_free_nights_are_not_corrected() -> None:
    assert timing(work=(-1.0, 8.0), free=(0.0, 7.0)).corrected_middle == 3.5


def test_earlier_free_days_are_social_jetlag_too() -> None:
    found = timing(work=(2.0, 7.0), free=(-1.0, 7.0))
    assert (found.relative_jetlag, found.social_jetlag) == (-3.0, 3.0)


@pytest.mark.parametrize("work_days", [0, 7])
def test_a_week_of_one_kind_has_no_jetlag(work_days: int) -> None:
    assert sleep_timing(nights(work=(-1.0, 7.0), free=(1.0, 9.0)), work_days_a_week=work_days) is None


def test_one_free_night_is_not_enough() -> None:
    assert sleep_timing(nights(work=(-1.0, 7.0), free=(1.0, 9.0))[:-1], work_days_a_week=5) is None


def test_impossible_nights_and_weeks_are_refused() -> None:
    for onset, hours in ((13.0, 7.0), (-12.5, 7.0), (0.0, 0.0), (0.0, 24.5)):
        with pytest.raises(ValueError, match="night"):
            Night(onset, hours, free=True)
    with pytest.raises(ValueError, match="week"):
        sleep_timing([], work_days_a_week=8)


@pytest.mark.parametrize(
    ("work", "free", "trouble", "answer"),
    [
        ((-1.0, 7.5), (0.0, 8.0), False, NOT),
        ((-1.0, 7.0), (0.9, 7.0), False, NOT),
        ((-1.0, 7.0), (1.0, 7.0), False, MET),
        ((1.4, 8.0), (1.5, 8.0), False, MET),
        ((1.0, 6.0), (2.0, 6.0), False, NOT),
        ((1.0, 6.0), (2.0, 6.0), True, MET),
        ((1.0, 6.0), (1.9, 6.0), True, NOT),
        ((1.0, 6.0), (2.0, 6.0), None, OPEN),
    ],
    ids=str,
)
def test_the_clock_of_the_body(
    work: tuple[float, float], free: tuple[float, float], trouble: bool | None, answer: Answer
) -> None:
    facts = replace(RESTED, timing=timing(work=work, free=free), trouble_sleeping=trouble)
    assert circadian(facts).finding.answer is answer


def test_shift_work_and_a_missing_log() -> None:
    assert circadian(replace(RESTED, shift_work=True)).finding.answer is MET
    assert circadian(replace(RESTED, free_running=True)).finding.answer is MET
    assert circadian(replace(RESTED, timing=None)).finding.answer is OPEN


def test_times_are_cut_so_that_they_never_seem_to_reach_a_limit() -> None:
    found = circadian(replace(RESTED, timing=SleepTiming(3.0, 4.99, 1.999, 5.499, -0.5, 7.5, 8.0, 7.6)))
    facts = {fact.label: fact.value for fact in found.finding.facts}
    assert facts["Social jetlag, from 2 h"] == "1 h 59 min"
    assert facts["Corrected mid-sleep on free days, from 05:30"] == "05:29"
    assert found.finding.answer is NOT
    assert (clock_words(-0.5), clock_words(24.25)) == ("23:30", "00:15")


def test_fewer_than_seven_nights_say_nothing() -> None:
    assert sleep_length([420] * 6) is None
    found = sleep_length([360, 420, 420, 420, 420, 420, 480])
    assert found is not None
    assert (found.nights, found.mean, found.shortest, found.longest) == (7, 420, 360, 480)
    assert found.spread == pytest.approx(34.64, abs=0.01)


KNOWN = {
    "epworth": st.integers(0, 24),
    "nosas": st.integers(0, 17),
    "loud_snoring": st.booleans(),
    "hypertension": st.booleans(),
    "isi": st.integers(0, 28),
    "leg_jerks_seen": st.booleans(),
    "restless_legs": st.booleans(),
    "shift_work": st.booleans(),
}


@given(st.fixed_dictionaries(KNOWN), st.sets(st.sampled_from(sorted(KNOWN))))
def test_what_is_said_with_gaps_is_never_taken_back_when_they_are_filled(
    known: dict[str, object], forgotten: set[str]
) -> None:
    whole = {route.disorder: route.finding.answer for route in sleep_routes(replace(RESTED, **known))}
    gaps = dict.fromkeys(forgotten)
    for route in sleep_routes(replace(RESTED, **(known | gaps))):
        assert route.finding.answer in {OPEN, whole[route.disorder]}
