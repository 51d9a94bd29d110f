"""Scores, case by case, and what every instrument must declare."""

from decimal import Decimal

import pytest

from apps.clinical.instruments import Input, Instrument, LicencePolicy, all_instruments, instrument
from tests.clinical.diaries import rows

YES_NO = {"yes": True, "no": False, "": None}


def answers_of(found: Instrument, words: str) -> dict[str, int | None]:
    values = [None if word == "-" else int(word) for word in words.split()]
    return dict(zip([item.key for item in found.items], values, strict=False))


@pytest.mark.parametrize("case", rows("instruments.csv"), ids=lambda case: case["case"])
def test_instrument_case(case: dict[str, str]) -> None:
    found = instrument(case["instrument"])
    score = found.score(answers_of(found, case["answers"]))

    assert score.total == (int(case["total"]) if case["total"] else None)
    assert score.band == (case["band"] or None)
    assert score.positive is YES_NO[case["positive"]]
    assert score.prorated is YES_NO[case["prorated"]]
    assert bool(score.alerts) is YES_NO[case["alert"]]
    assert bool(score.reasons) is (score.total is None), "a refused total says why"
    assert (score.instrument, score.version) == (found.code, found.version)


@pytest.mark.parametrize("found", all_instruments(), ids=lambda found: found.code)
class TestEveryInstrument:
    def test_every_total_has_exactly_one_band(self, found: Instrument) -> None:
        for total in range(found.lowest_total, (found.highest_total or 500) + 1):
            assert sum(total in band for band in found.bands) == 1

    def test_a_total_outside_has_no_band(self, found: Instrument) -> None:
        with pytest.raises(ValueError, match="no band"):
            found.band_of(-1)

    def test_values_out_of_range_are_refused(self, found: Instrument) -> None:
        for item in found.items:
            for wrong in (item.lowest - 1, item.highest + 1, True, 1.0, "1"):
                with pytest.raises(ValueError, match="Enter a"):
                    found.score({item.key: wrong})

    def test_unknown_items_are_refused(self, found: Instrument) -> None:
        with pytest.raises(ValueError, match="no item"):
            found.score({"item99": 1})

    def test_nothing_answered_is_no_zero(self, found: Instrument) -> None:
        assert found.score({}).total is None

    def test_choices_are_the_whole_range(self, found: Instrument) -> None:
        for item in found.items:
            if item.input is not Input.NUMBER:
                assert [value for value, _ in item.choices] == list(range(item.lowest, item.highest + 1))

    def test_source_licence_and_rules_are_said(self, found: Instrument) -> None:
        for words in (found.source, found.licence, found.recall, found.missing_items, found.change_that_matters):
            assert words.strip()
        assert found.scoring.endswith(".")

    def test_a_protected_instrument_shows_no_wording(self, found: Instrument) -> None:
        if found.policy is LicencePolicy.TOTAL_ONLY:
            assert all(len(item.label) <= len("Question 1") for item in found.items)
            assert not found.stem


def test_lowest_answer_of_the_phq_family_is_not_at_all() -> None:
    for code in ("phq9", "gad7"):
        assert {item.choices[0][1] for item in instrument(code).counted_items} == {"Not at all"}


def test_numbers_with_decimals_are_stored_whole() -> None:
    neck = next(item for item in instrument("nosas").items if item.key == "neck")
    assert neck.stored(Decimal("40.5")) == 405
    assert neck.shown(405) == Decimal("40.5")
    with pytest.raises(ValueError, match=r"from 20\.0 to 80\.0"):
        neck.stored(Decimal("40.55"))


def test_an_unknown_instrument_is_refused() -> None:
    with pytest.raises(KeyError):
        instrument("no-such")
