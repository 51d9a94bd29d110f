"""Looking at this machine's processes, for tests that start programs."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable
from pathlib import Path

# What the suite's own launcher set; a program under test must find its own engines.
OURS_ONLY = {"DATABASE_URL", "REDIS_URL", "CLINIC_TEMPLATE_NOTE", "DJANGO_SETTINGS_MODULE", "CI"}


def plain_environment(**more: str) -> dict[str, str]:
    """The environment of somebody who just opened a terminal."""
    kept = {name: value for name, value in os.environ.items() if name not in OURS_ONLY}
    return kept | more


def processes_about(*marks: str) -> list[str]:
    """Command lines of living processes that mention a mark, or work in a folder that does."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            state = (entry / "stat").read_text().rsplit(")", 1)[1].split()[0]
            place = str((entry / "cwd").readlink())
            if state != "Z" and int(entry.name) != os.getpid() and any(mark in words + place for mark in marks):
                found.append(f"{entry.name} {words}")
    return found


def soon(true: Callable[[], bool], *, seconds: float = 20) -> bool:
    """Whether something becomes true within the time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.1)
    return true()
