"""The pseudo-refractory check: one yes is to be mended first, "not asked" is never clear."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.clinical.findings import Answer, Certainty
from apps.clinical.pseudo_refractory import PSEUDO_ITEMS, every_reason_asked, pseudo_refractory

CLEAR: dict[str, bool | None] = {item.code: False for item in PSEUDO_ITEMS}
QUESTIONS = {item.code: item.question for item in PSEUDO_ITEMS}


def test_codes_are_there_once() -> None:
    assert len(CLEAR) == len(PSEUDO_ITEMS) == 13


def test_all_no_is_clear() -> None:
    finding = pseudo_refractory(CLEAR)
    assert (finding.answer, finding.headline) == (Answer.NOT_MET, "Nothing to mend first; every question was asked")
    assert every_reason_asked(CLEAR)


@pytest.mark.parametrize("code", list(CLEAR))
def test_one_yes_is_a_reason_and_one_gap_is_incomplete(code: str) -> None:
    reason = pseudo_refractory(CLEAR | {code: True})
    assert (reason.answer, reason.headline) == (Answer.MET, "1 reason to mend first")
    gap = CLEAR | {code: None}
    incomplete = pseudo_refractory(gap)
    assert incomplete.answer is Answer.CANNOT_TELL
    assert incomplete.missing == (f"Not asked: {QUESTIONS[code]}",)
    assert not every_reason_asked(gap)


def test_reasons_are_counted_beside_what_was_not_asked() -> None:
    assert pseudo_refractory({"dose": True, "overuse": True}).headline == "2 reasons to mend first; 11 not asked"
    assert pseudo_refractory({}).headline == "Pseudo-refractory check incomplete: 13 of 13 not asked"


def test_what_is_not_on_the_list_is_refused() -> None:
    with pytest.raises(ValueError, match="not on the list"):
        pseudo_refractory({"moon": True})


def test_the_last_groups_are_to_be_confirmed() -> None:
    to_confirm = {item.code for item in PSEUDO_ITEMS if item.certainty is Certainty.CHECK}
    assert to_confirm == {"without_medicines", "expectations", "comorbidity"}


@settings(max_examples=60)
@given(st.fixed_dictionaries({code: st.sampled_from([True, False, None]) for code in CLEAR}))
def test_filling_a_gap_never_turns_a_settled_answer(answers: dict[str, bool | None]) -> None:
    settled = pseudo_refractory(answers).answer
    for filled in (True, False):
        complete = {code: filled if value is None else value for code, value in answers.items()}
        assert settled in {Answer.CANNOT_TELL, pseudo_refractory(complete).answer}
