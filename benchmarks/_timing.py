"""Measuring two ways against each other in one run."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """What one comparison found."""

    name: str
    value: float
    goal: float
    measured_ms: float
    reference_ms: float

    @property
    def within_goal(self) -> bool:
        return self.value <= self.goal

    def __str__(self) -> str:
        verdict = "ok" if self.within_goal else "ABOVE THE GOAL"
        return (
            f"{self.name}: {self.value:.2f} (goal at most {self.goal:.2f}, {verdict}; "
            f"{self.measured_ms:.1f} ms against {self.reference_ms:.1f} ms)"
        )


def seconds(action: Callable[[], object]) -> float:
    """Time of one call. What the call before left behind is cleared away first, so that nobody pays for it here."""
    gc.collect()
    begin = time.perf_counter()
    action()
    return time.perf_counter() - begin


def compare(
    name: str,
    *,
    measured: Callable[[], object],
    reference: Callable[[], object],
    goal: float,
    rounds: int = 15,
) -> Ratio:
    """Median of the ratios of neighbouring calls.

    Both are called in turns, so that a machine that becomes slower in between slows both; the first pair only warms
    caches and is not counted.

    Args:
        name: what is compared, for the printed line.
        measured: ours.
        reference: what ours is held against.
        goal: the highest acceptable ratio.
        rounds: how many pairs are counted.
    """
    measured()
    reference()
    pairs = [(seconds(measured), seconds(reference)) for _ in range(rounds)]
    return Ratio(
        name=name,
        value=statistics.median(ours / theirs for ours, theirs in pairs),
        goal=goal,
        measured_ms=statistics.median(ours for ours, _ in pairs) * 1000,
        reference_ms=statistics.median(theirs for _, theirs in pairs) * 1000,
    )
