"""Totals and scales that come from paper: what can occur, and what is refused with a sentence."""

from decimal import Decimal

import pytest

from apps.clinical.instruments import Instrument, all_instruments, instrument

WITH_TOTAL = [found for found in all_instruments() if found.has_total]
HIT6_IMPOSSIBLE = [37, 39, 77]


@pytest.mark.parametrize("found", WITH_TOTAL, ids=lambda found: found.code)
class TestATotalAlone:
    def test_is_scored_as_its_answers_are(self, found: Instrument) -> None:
        for end in (found.lowest_total, found.highest_total):
            assert end is not None
            score = found.from_total(end)
            assert (score.total, score.band, score.positive) == (end, found.band_of(end), found.positive(end))

    def test_outside_the_range_is_refused(self, found: Instrument) -> None:
        for wrong in (found.lowest_total - 1, (found.highest_total or 0) + 1, -5, 10**9):
            assert not found.possible_total(wrong)
            with pytest.raises(ValueError, match=f"has totals from {found.lowest_total} to {found.highest_total}"):
                found.from_total(wrong)


@pytest.mark.parametrize("total", HIT6_IMPOSSIBLE)
def test_hit6_totals_that_no_six_answers_make(total: int) -> None:
    with pytest.raises(ValueError, match=f"can't come to {total}"):
        instrument("hit6").from_total(total)


def test_hit6_totals_that_six_answers_make() -> None:
    possible = [total for total in range(79) if instrument("hit6").possible_total(total)]
    assert possible[:4] == [36, 38, 40, 41]
    assert possible[-4:] == [74, 75, 76, 78]
    assert len(possible) == 43 - len(HIT6_IMPOSSIBLE)


def test_nosas_totals_that_no_facts_make() -> None:
    impossible = [total for total in range(18) if not instrument("nosas").possible_total(total)]
    assert impossible == [1, 14, 16]


@pytest.mark.parametrize("code", ["hads", "msq21", "cssrs"])
def test_without_a_total_none_is_taken(code: str) -> None:
    found = instrument(code)
    assert not found.possible_total(0)
    with pytest.raises(ValueError, match="has no total"):
        found.from_total(0)


@pytest.mark.parametrize(
    ("total", "band", "positive", "notes"),
    [(2, "low", False, 0), (3, "intermediate", None, 1), (4, "intermediate", None, 1), (5, "high", True, 0)],
)
def test_a_stop_bang_total_alone_may_hide_the_alternative_rule(
    total: int, band: str, positive: bool | None, notes: int
) -> None:
    score = instrument("stopbang").from_total(total)
    assert (score.band, score.positive, len(score.notes)) == (band, positive, notes)


def test_scales_from_paper() -> None:
    score = instrument("hads").from_scales({"anxiety": 8, "depression": 7})
    assert [(each.value, each.band, each.positive) for each in score.subscores] == [
        (8, "borderline", True),
        (7, "normal", False),
    ]
    assert (score.total, score.reasons) == (None, ())
    half_known = instrument("msq21").from_scales({"restrictive": Decimal("48.6")})
    assert half_known.subscore("restrictive").value == Decimal("48.6")
    assert half_known.reasons == ("Role preventive: not known", "Emotional: not known")


@pytest.mark.parametrize(
    ("code", "values", "sentence"),
    [
        ("hads", {"anxiety": 22}, "Anxiety .A.: enter a number from 0 to 21"),
        ("hads", {"anxiety": -1}, "from 0 to 21"),
        ("hads", {"anxiety": Decimal("7.5")}, "at most 0 decimals"),
        ("msq21", {"emotional": 101}, "from 0 to 100"),
        ("msq21", {"emotional": Decimal("50.55")}, "at most 1 decimals"),
        ("hads", {"total": 9}, "no scale total"),
        ("phq4", {"anxiety": 3}, "not entered by scale"),
        ("cssrs", {}, "not entered by scale"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_scales_from_paper_that_cannot_be(code: str, values: dict[str, Decimal | int], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        instrument(code).from_scales(values)


def test_a_scale_nobody_knows() -> None:
    with pytest.raises(KeyError):
        instrument("hads").subscale("sleep")
    with pytest.raises(KeyError):
        instrument("hads").from_scales({}).subscore("sleep")
