"""When the difference of two totals matters, by the instrument's own source."""

from decimal import Decimal

import pytest

from apps.clinical.instruments import instrument
from apps.clinical.instruments.change import steady_around


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
        ("hit6", 60, 54, True),
        ("hit6", 60, 66, True),
        ("hit6", 60, 55, None),
        ("hit6", 60, 57, None),
        ("hit6", 60, 58, False),
        ("hit6", 60, 60, False),
        ("isi", 20, 14, True),
        ("isi", 20, 15, False),
        ("ndi", 20, 15, True),
        ("ndi", 20, 16, False),
        ("sci", 0, 32, None),
        ("pgic", 1, 7, None),
    ],
)
def test_change_matters(code: str, earlier: int, later: int, matters: bool | None) -> None:
    assert instrument(code).change_matters(earlier, later) is matters


@pytest.mark.parametrize(
    ("code", "scale", "earlier", "later", "matters"),
    [
        ("hads", "anxiety", "10", "12", True),
        ("hads", "depression", "10", "9", False),
        ("msq21", "restrictive", "40.0", "45.0", True),
        ("msq21", "restrictive", "40.0", "44.9", False),
        ("msq21", "preventive", "40.0", "47.9", True),
        ("msq21", "preventive", "40.0", "47.8", None),
        ("msq21", "preventive", "40.0", "45.0", None),
        ("msq21", "preventive", "40.0", "44.9", False),
        ("msq21", "emotional", "40.0", "29.4", True),
        ("msq21", "emotional", "40.0", "32.0", None),
        ("msq21", "emotional", "40.0", "32.1", False),
        ("phq4", "anxiety", "0", "6", None),
    ],
)
def test_change_of_a_scale_matters(code: str, scale: str, earlier: str, later: str, matters: bool | None) -> None:
    assert instrument(code).subscale(scale).change_matters(Decimal(earlier), Decimal(later)) is matters


@pytest.mark.parametrize(
    ("code", "value", "highest", "expected"),
    [
        ("phq9", 10, 27, (6, 14)),
        ("phq9", 2, 27, (0, 6)),
        ("midas", 15, 100, (11, 19)),
        ("midas", 30, 100, (22, 38)),
        ("midas", 5, 100, None),
        ("hit6", 60, 78, (55, 65)),
        ("gad7", 9, 21, None),
    ],
)
def test_around_a_score_lies_what_is_no_change_that_matters(
    code: str, value: int, highest: int, expected: tuple[int, int] | None
) -> None:
    found = instrument(code)
    assert steady_around(found, value, found.lowest_total, highest) == expected


def test_a_score_outside_its_range_has_no_surroundings() -> None:
    with pytest.raises(ValueError, match="does not lie within 0 to 27"):
        steady_around(instrument("phq9"), 28, 0, 27)
