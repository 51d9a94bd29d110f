"""Tells the person in front of the screen what is going on, line by line, with the time since the start."""

from __future__ import annotations

import time

_BEGIN = time.monotonic()


def say(text: str) -> None:
    """Print one line with the seconds since the start in front."""
    print(f"[{time.monotonic() - _BEGIN:6.1f} s] {text}", flush=True)


def show(text: str) -> None:
    """Print text for people below the line before it, without a time."""
    for line in text.rstrip().splitlines():
        print(f"           {line}", flush=True)
