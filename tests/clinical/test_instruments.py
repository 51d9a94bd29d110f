"""Scores, case by case, and what every instrument must declare."""

import re
from decimal import Decimal

import pytest

from apps.clinical.instruments import DECLINED, Input, Instrument, LicencePolicy, Score, all_instruments, instrument
from tests.clinical.diaries import rows

YES_NO = {"yes": True, "no": False, "": None, "-": None}
TABLES = ("instruments.csv", "instruments_headache.csv", "instruments_mood.csv", "instruments_sleep.csv")
CASES = [case for table in TABLES for case in rows(table)]

# What an item may be called where no wording is shown: its number, a plain fact, or the letter of a score.
NEUTRAL = re.compile(r"(Item|Question|Component|Section|Score) ([0-9]+|A|B|D)(, ever|, in the last 3 months)?")
FACTS = {"Body mass index"}

# One name for each instrument the clinic asked for.
WANTED = [
    "ace",
    "asc12",
    "berlin",
    "cssrs",
    "dousset",
    "ess",
    "gad7",
    "hads",
    "halt30",
    "halt90",
    "hit6",
    "idmigraine",
    "isi",
    "mibs4",
    "midas",
    "msq21",
    "mtoq4",
    "ndi",
    "nosas",
    "pgic",
    "phq2",
    "phq4",
    "phq9",
    "psqi",
    "rls",
    "sci",
    "sds",
    "stopbang",
]


def answers_of(found: Instrument, words: str) -> dict[str, int | None]:
    values = [None if word == "-" else int(word) for word in words.split()]
    return dict(zip([item.key for item in found.items], values, strict=False))


def scales_of(score: Score) -> str:
    """The scales in the words of the case tables: "anxiety=8:yes depression=-:-"."""
    said = {True: "yes", False: "no", None: "-"}
    return " ".join(
        f"{each.code}={'-' if each.value is None else each.value}:{said[each.positive]}" for each in score.subscores
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_instrument_case(case: dict[str, str]) -> None:
    found = instrument(case["instrument"])
    score = found.score(answers_of(found, case["answers"]))

    assert score.total == (int(case["total"]) if case["total"] else None)
    assert score.band == (case["band"] or None)
    assert score.positive is YES_NO[case["positive"]]
    assert score.prorated is YES_NO[case["prorated"]]
    assert bool(score.alerts) is YES_NO[case["alert"]]
    assert scales_of(score) == case.get("scales", "")
    if found.has_total:
        assert bool(score.reasons) is (score.total is None), "a refused total says why"
    if score.band is None and all(each.value is None for each in score.subscores):
        assert score.reasons, "a result that is not given says why"
    assert (score.instrument, score.version) == (found.code, found.version)


def test_every_instrument_is_there_and_has_its_cases() -> None:
    assert [found.code for found in all_instruments()] == WANTED
    assert {case["instrument"] for case in CASES} == set(WANTED)


@pytest.mark.parametrize("found", all_instruments(), ids=lambda found: found.code)
class TestEveryInstrument:
    def test_every_total_has_exactly_one_band(self, found: Instrument) -> None:
        if not found.has_total:
            assert not found.bands
            return
        for total in range(found.lowest_total, (found.highest_total or 500) + 1):
            assert sum(total in band for band in found.bands) == 1
            assert sum(total in band for band in found.finer_bands) <= 1

    def test_every_band_of_a_scale_fits_its_range(self, found: Instrument) -> None:
        for scale in found.subscales:
            for value in range(scale.lowest, scale.highest + 1):
                assert sum(value in band for band in scale.bands) == bool(scale.bands)

    def test_a_total_outside_has_no_band(self, found: Instrument) -> None:
        with pytest.raises(ValueError, match="no band"):
            found.band_of(-1)

    def test_values_out_of_range_are_refused(self, found: Instrument) -> None:
        for item in found.items:
            for wrong in (item.lowest - 1, item.highest + 1, True, 1.0, "1", DECLINED + 9000, -DECLINED):
                with pytest.raises(ValueError, match="Enter "):
                    found.score({item.key: wrong})  # type: ignore[dict-item]

    def test_unknown_items_are_refused(self, found: Instrument) -> None:
        with pytest.raises(ValueError, match="no item"):
            found.score({"item99": 1})

    def test_nothing_answered_is_no_zero(self, found: Instrument) -> None:
        for nothing in ({}, {item.key: None for item in found.items}):
            score = found.score(nothing)
            assert (score.total, score.band, score.positive, score.alerts) == (None, None, None, ())
            assert score.reasons

    def test_choices_are_the_whole_range(self, found: Instrument) -> None:
        for item in found.items:
            if item.input is Input.NUMBER:
                assert not item.choices
                continue
            declining = [DECLINED] if item.refusable else []
            assert [value for value, _ in item.choices] == [*range(item.lowest, item.highest + 1), *declining]

    def test_scales_and_conditions_name_items_that_exist(self, found: Instrument) -> None:
        keys = [item.key for item in found.items]
        assert len(set(keys)) == len(keys)
        for scale in found.subscales:
            assert set(scale.items) <= set(keys)
        for place, item in enumerate(found.items):
            if item.asked_when:
                assert item.asked_when.key in keys[:place], "an item is asked after the one that leads to it"

    def test_source_licence_and_rules_are_said(self, found: Instrument) -> None:
        for words in (
            found.title,
            found.short_title,
            found.about,
            found.source,
            found.licence,
            found.licence_source,
            found.official_text,
            found.recall,
            found.missing_items,
            found.change_that_matters,
        ):
            assert words.strip()
        assert found.scoring.endswith(".")
        assert all(words.endswith(".") for words in found.to_confirm)
        assert len(found.code) <= 20

    def test_what_is_uncertain_is_said_on_the_page(self, found: Instrument) -> None:
        changes = [found.meaningful_change, *(scale.meaningful_change for scale in found.subscales)]
        uncertain = [found.certainty, *(change.certainty for change in changes if change)]
        if any(each.value == "check" for each in uncertain):
            assert found.to_confirm
        said = (found.missing_items, found.scoring, found.change_that_matters, found.licence, found.licence_source)
        if any("to be confirmed" in words for words in said):
            assert found.to_confirm

    def test_wording_is_shown_only_where_it_is_free(self, found: Instrument) -> None:
        if found.shows_items:
            assert found.policy is LicencePolicy.SHOW_ITEMS
            return
        assert not found.stem
        for item in found.items:
            assert NEUTRAL.fullmatch(item.label) or item.label in FACTS
            assert [words for _, words in item.choices] in (
                [],
                ["No", "Yes"],
                ["No", "Yes", "Prefers not to answer"],
            )

    def test_the_score_is_made_of_plain_values(self, found: Instrument) -> None:
        score = found.score({item.key: item.lowest for item in found.items})
        plain = score.as_dict()
        assert plain["total"] == score.total
        assert [each["code"] for each in plain["subscores"]] == [scale.code for scale in found.subscales]


def test_policies_are_those_of_the_clinic() -> None:
    by_policy = {
        policy.value: [found.code for found in all_instruments() if found.policy is policy] for policy in LicencePolicy
    }
    assert by_policy == {
        "A": ["ace", "dousset", "gad7", "mibs4", "nosas", "pgic", "phq2", "phq4", "phq9", "sds"],
        "B": ["berlin", "cssrs", "halt30", "halt90", "idmigraine", "rls"],
        "C": ["asc12", "ess", "hads", "hit6", "isi", "midas", "msq21", "mtoq4", "ndi", "psqi", "sci", "stopbang"],
    }
    assert [found.code for found in all_instruments() if found.wording_pending] == ["ace", "dousset", "mibs4"]


def test_who_asks_and_what_is_sensitive() -> None:
    asked = [found.code for found in all_instruments() if found.administered_by.value == "clinician"]
    assert asked == ["cssrs", "nosas", "stopbang"]
    assert [found.code for found in all_instruments() if found.sensitive] == ["ace"]
    assert [found.code for found in all_instruments() if not found.higher_is_worse] == ["msq21", "mtoq4", "sci"]


def test_recall_is_known_in_days() -> None:
    days = {found.code: found.recall_days for found in all_instruments() if found.recall_days}
    assert days == {
        "gad7": 14,
        "halt30": 30,
        "halt90": 90,
        "hit6": 28,
        "isi": 14,
        "mibs4": 28,
        "midas": 90,
        "msq21": 28,
        "phq2": 14,
        "phq4": 14,
        "phq9": 14,
        "psqi": 30,
    }


def test_lowest_answer_of_the_phq_family_is_not_at_all() -> None:
    for code in ("phq2", "phq4", "phq9", "gad7"):
        assert {item.choices[0][1] for item in instrument(code).counted_items} == {"Not at all"}


def test_the_short_forms_are_the_first_items_of_the_long_ones() -> None:
    phq2, phq4, phq9, gad7 = (instrument(code).items for code in ("phq2", "phq4", "phq9", "gad7"))
    assert [(item.label, item.loinc) for item in phq2] == [(item.label, item.loinc) for item in phq9[:2]]
    assert [item.label for item in phq4] == [item.label for item in gad7[:2] + phq9[:2]]


def test_numbers_with_decimals_are_stored_whole() -> None:
    neck = next(item for item in instrument("nosas").items if item.key == "neck")
    assert neck.stored(Decimal("40.5")) == 405
    assert neck.shown(405) == Decimal("40.5")
    with pytest.raises(ValueError, match=r"from 20\.0 to 80\.0"):
        neck.stored(Decimal("40.55"))


def test_a_number_with_gaps_says_what_it_takes() -> None:
    item = instrument("hit6").items[0]
    assert [value for value in range(20) if value in item] == [6, 8, 10, 11, 13]
    with pytest.raises(ValueError, match="Enter 6, 8, 10, 11 or 13"):
        instrument("hit6").score({"item1": 7})


def test_only_a_refusable_item_may_be_declined() -> None:
    assert DECLINED in instrument("ace").items[0]
    for code in ("rls", "phq9", "midas"):
        assert all(DECLINED not in item for item in instrument(code).items)


def test_an_unknown_instrument_is_refused() -> None:
    with pytest.raises(KeyError):
        instrument("no-such")
