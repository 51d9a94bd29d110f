"""Shares of headache days, their difference, and when nothing is said."""

import pytest

from apps.clinical.patterns.comparison import Share, Verdict, compare, expected_by_chance, newcombe


@pytest.mark.parametrize(
    ("present", "absent", "interval"),
    [
        # The examples of Newcombe 1998, table II, method 10.
        pytest.param(Share(56, 70), Share(48, 80), (0.0524, 0.3339), id="56/70 and 48/80"),
        pytest.param(Share(9, 10), Share(3, 10), (0.1705, 0.8090), id="9/10 and 3/10"),
        pytest.param(Share(10, 10), Share(0, 10), (0.6075, 1.0), id="10/10 and 0/10"),
        pytest.param(Share(0, 10), Share(0, 10), (-0.2775, 0.2775), id="0/10 and 0/10"),
    ],
)
def test_published_intervals(present: Share, absent: Share, interval: tuple[float, float]) -> None:
    assert newcombe(present, absent) == pytest.approx(interval, abs=0.00006)


def test_wilson_interval_of_a_share() -> None:
    assert Share(15, 148).wilson == pytest.approx((0.0624, 0.1605), abs=0.00006)
    assert Share(0, 0).wilson == (0.0, 1.0)
    assert (Share(0, 0).percent, Share(1, 3).percent, str(Share(1, 3))) == (None, 33, "1 of 3")


def test_no_share_beyond_its_days() -> None:
    with pytest.raises(ValueError, match="no share"):
        Share(4, 3)
    with pytest.raises(ValueError, match="both kinds"):
        newcombe(Share(0, 0), Share(1, 2))


@pytest.mark.parametrize(
    ("present", "absent", "silent"),
    [
        pytest.param(Share(5, 10), Share(10, 19), "not enough days: 29 of 30", id="29 days are below"),
        pytest.param(Share(5, 10), Share(10, 20), "", id="30 days are at"),
        pytest.param(Share(5, 10), Share(10, 21), "", id="31 days are above"),
        pytest.param(Share(2, 4), Share(10, 40), "not enough days with it: 4 of 5", id="4 days with it are below"),
        pytest.param(Share(2, 5), Share(10, 40), "", id="5 days with it are at"),
        pytest.param(Share(10, 40), Share(2, 4), "not enough days without it: 4 of 5", id="4 days without are below"),
        pytest.param(Share(10, 40), Share(2, 6), "", id="6 days without it are above"),
        pytest.param(Share(0, 0), Share(0, 0), "not enough days: 0 of 30", id="nothing recorded"),
    ],
)
def test_silent_below_the_stated_numbers(present: Share, absent: Share, silent: str) -> None:
    found = compare("Alcohol", present, absent)
    assert found.silent == silent
    assert (found.difference is None) is bool(silent)
    assert (found.verdict is Verdict.TOO_FEW) is bool(silent)


@pytest.mark.parametrize(
    ("present", "absent", "verdict", "words"),
    [
        (Share(18, 20), Share(6, 20), Verdict.MORE, "+60 points (+30 to +78)"),
        (Share(6, 20), Share(18, 20), Verdict.FEWER, "−60 points (−78 to −30)"),
        (Share(10, 20), Share(10, 20), Verdict.NOT_CLEAR, "0 points (−29 to +29)"),
    ],
    ids=["more", "less", "the same"],
)
def test_verdict_follows_the_interval(present: Share, absent: Share, verdict: Verdict, words: str) -> None:
    found = compare("Alcohol", present, absent)
    assert (found.verdict, str(found.difference)) == (verdict, words)


def test_nobody_says_cause() -> None:
    assert [each.label for each in Verdict] == [
        "goes with more headache",
        "goes with less headache",
        "no clear difference",
        "not enough days",
    ]


def test_how_many_would_look_like_a_pattern_by_chance() -> None:
    made = [compare("a", Share(5, 20), Share(5, 20))] * 20
    silent = [compare("b", Share(0, 0), Share(5, 20))]
    assert expected_by_chance([*made, *silent]) == (20, 1.0)
