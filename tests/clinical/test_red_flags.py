"""SNNOOP10: one yes is a flag, "not asked" is never clear."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.clinical.findings import Answer
from apps.clinical.red_flags import RED_FLAGS, Urgency, all_asked, red_flags, urgency_of

CLEAR: dict[str, bool | None] = {flag.code: False for flag in RED_FLAGS}
BY_CODE = {flag.code: flag for flag in RED_FLAGS}


def test_fifteen_items_ten_of_them_p() -> None:
    assert len(RED_FLAGS) == 15
    assert "".join(flag.letter for flag in RED_FLAGS) == "SNNOO" + "P" * 10


def test_all_no_is_clear() -> None:
    assert red_flags(CLEAR).answer is Answer.NOT_MET
    assert all_asked(CLEAR)


@pytest.mark.parametrize("code", list(CLEAR))
def test_a_single_gap_is_incomplete(code: str) -> None:
    gap = CLEAR | {code: None}
    finding = red_flags(gap)
    assert finding.answer is Answer.CANNOT_TELL
    assert finding.missing == (f"Not asked: {BY_CODE[code].question}",)
    assert not all_asked(gap)


@pytest.mark.parametrize("code", list(CLEAR))
def test_a_single_yes_is_a_flag_also_when_nothing_else_was_asked(code: str) -> None:
    assert red_flags({code: True}).answer is Answer.MET
    assert BY_CODE[code].urgency.label in red_flags({code: True}).headline


@pytest.mark.parametrize(
    ("codes", "same_day", "urgency"),
    [
        (("painkillers",), (), "planned"),
        (("painkillers", "pattern"), (), "urgent decision about imaging"),
        (("painkillers", "sudden"), (), "same day"),
        (("papilloedema",), (), "same day"),
        (("neurological",), (), "urgent decision about imaging"),
        (("neurological",), ("neurological",), "same day"),
        (("systemic",), (), "urgent decision about imaging"),
        (("systemic",), ("systemic",), "same day"),
        (("positional",), ("positional",), "planned"),
    ],
    ids=str,
)
def test_the_soonest_flag_decides(codes: tuple[str, ...], same_day: tuple[str, ...], urgency: str) -> None:
    finding = red_flags(CLEAR | dict.fromkeys(codes, True), same_day=frozenset(same_day))
    assert finding.headline.endswith(urgency)


def test_only_flags_with_a_circumstance_become_same_day() -> None:
    every = frozenset(CLEAR)
    assert {flag.code for flag in RED_FLAGS if urgency_of(flag, every) is Urgency.SAME_DAY} == {
        "sudden",
        "papilloedema",
        "neurological",
        "systemic",
    }


def test_what_is_not_on_the_list_is_refused() -> None:
    with pytest.raises(ValueError, match="not on the list"):
        red_flags({"moon": True})
    with pytest.raises(ValueError, match="not on the list"):
        red_flags(CLEAR, same_day=frozenset({"moon"}))


@given(st.fixed_dictionaries({code: st.sampled_from([True, False, None]) for code in CLEAR}))
def test_filling_a_gap_never_turns_a_settled_answer(answers: dict[str, bool | None]) -> None:
    settled = red_flags(answers).answer
    for filled in (True, False):
        complete = {code: filled if value is None else value for code, value in answers.items()}
        assert settled in {Answer.CANNOT_TELL, red_flags(complete).answer}
