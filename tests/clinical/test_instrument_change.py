"""When the difference of two totals matters, by the instrument's own source."""

import pytest

from apps.clinical.instruments import instrument


@pytest.mark.parametrize(
    ("code", "earlier", "later", "matters"),
    [
        ("phq9", 10, 14, False),
        ("phq9", 10, 15, True),
        ("phq9", 15, 10, True),
        ("phq9", 15, 11, False),
        ("midas", 10, 60, None),
        ("midas", 11, 7, False),
        ("midas", 11, 6, True),
        ("midas", 20, 15, True),
        ("midas", 20, 16, False),
        ("midas", 21, 15, False),
        ("midas", 21, 14, True),
        ("midas", 30, 21, True),
        ("midas", 30, 39, True),
        ("midas", 30, 38, False),
        ("gad7", 0, 21, None),
        ("nosas", 0, 17, None),
    ],
)
def test_change_matters(code: str, earlier: int, later: int, matters: bool | None) -> None:
    assert instrument(code).change_matters(earlier, later) is matters
