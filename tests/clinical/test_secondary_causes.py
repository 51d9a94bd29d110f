"""The work-up is complete when every line is closed, and a line is closed only by somebody."""

import pytest

from apps.clinical.findings import Answer
from apps.clinical.secondary_causes import CAUSES, Line, LineState, work_up

DONE = {cause.code: Line(LineState.RESULT, reviewed=True) for cause in CAUSES}


def test_codes_are_there_once() -> None:
    assert len(DONE) == len(CAUSES) == 20


def test_all_closed() -> None:
    assert work_up(DONE).answer is Answer.MET


@pytest.mark.parametrize("code", list(DONE))
@pytest.mark.parametrize(
    ("line", "closed"),
    [
        (Line(), False),
        (Line(LineState.ORDERED), False),
        (Line(LineState.RESULT), False),
        (Line(LineState.RESULT, reviewed=True, explains=True), False),
        (Line(LineState.RESULT, reviewed=True), True),
        (Line(LineState.NOT_NEEDED), False),
        (Line(LineState.NOT_NEEDED, reason="  "), False),
        (Line(LineState.NOT_NEEDED, reason="imaged last year"), True),
    ],
    ids=["to do", "ordered", "not reviewed", "explains it", "reviewed", "no reason", "blank reason", "with reason"],
)
def test_a_single_line_decides(code: str, line: Line, closed: bool) -> None:
    finding = work_up(DONE | {code: line})
    assert finding.answer is (Answer.MET if closed else Answer.NOT_MET)
    assert len(finding.missing) == (0 if closed else 1)


def test_a_line_nobody_touched_is_open() -> None:
    finding = work_up({})
    assert finding.answer is Answer.NOT_MET
    assert finding.headline == "20 of 20 other causes are still open"


def test_what_is_not_on_the_list_is_refused() -> None:
    with pytest.raises(ValueError, match="not on the list"):
        work_up({"moon": Line()})
