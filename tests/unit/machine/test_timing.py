"""Ratios are honest: medians of neighbouring pairs, and a goal that can be missed."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from benchmarks import _timing


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that moves only when a test's action moves it."""
    now = [0.0]
    monkeypatch.setattr(_timing.time, "perf_counter", lambda: now[0])
    return now


def action(clock: list[float], *seconds: float) -> Callable[[], None]:
    durations = itertools.cycle(seconds)

    def act() -> None:
        clock[0] += next(durations)

    return act


def test_the_ratio_is_the_median_of_pairs_so_that_one_slow_moment_does_not_count(clock: list[float]) -> None:
    ours = action(clock, 9.0, 2.0, 2.0, 50.0)
    found = _timing.compare("list", measured=ours, reference=action(clock, 1.0), goal=2.0, rounds=3)
    assert found.value == 2.0
    assert found.within_goal
    assert found.reference_ms == 1000


@pytest.mark.parametrize(("ours", "within"), [(1.19, True), (1.2, True), (1.21, False)])
def test_a_goal_can_be_missed(ours: float, within: bool) -> None:
    ratio = _timing.Ratio("list", value=ours, goal=1.2, measured_ms=1, reference_ms=1)
    assert ratio.within_goal is within
    assert ("ABOVE THE GOAL" in str(ratio)) is not within
