"""Around one result: which later results are no change that matters, for drawing."""

from decimal import Decimal
from typing import Protocol


class Comparable(Protocol):
    """An instrument with a total, or one of its scales."""

    def change_matters(self, earlier: int, later: int) -> bool | None:
        """Whether the source calls the difference meaningful; None when it gives no figure."""


def steady_around(compared: Comparable, value: Decimal | int, lowest: int, highest: int) -> tuple[int, int] | None:
    """Give the lowest and the highest whole result that the source surely does not call different from `value`.

    None when the source gives no figure for a change from this value. Raises ValueError when the value lies outside
    lowest to highest.
    """
    if not lowest <= value <= highest:
        raise ValueError(f"{value} does not lie within {lowest} to {highest}")
    middle = int(value)
    if compared.change_matters(middle, middle) is None:
        return None
    down, up = middle, middle
    while down - 1 >= lowest and compared.change_matters(middle, down - 1) is not True:
        down -= 1
    while up + 1 <= highest and compared.change_matters(middle, up + 1) is not True:
        up += 1
    return down, up
