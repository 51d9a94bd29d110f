"""Libraries and programs that Python packages can't bring: found, installed where we may, else explained."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable

from config.machine import places
from config.machine.places import MachineError
from config.machine.progress import say, show

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def _library(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


# What each Debian package gives us, and how we see that it is there already.
FOR_DOCUMENTS: dict[str, Callable[[], bool]] = {
    "libpango-1.0-0": lambda: _library("libpango-1.0.so.0"),
    "libpangoft2-1.0-0": lambda: _library("libpangoft2-1.0.so.0"),
    "libharfbuzz-subset0": lambda: _library("libharfbuzz-subset.so.0"),
}
FOR_ENVIRONMENT: dict[str, Callable[[], bool]] = {
    f"python{sys.version_info.major}.{sys.version_info.minor}-venv": lambda: (
        importlib.util.find_spec("ensurepip") is not None
    ),
}
FOR_BROWSER_TESTS: dict[str, Callable[[], bool]] = {
    "chromium": lambda: any(shutil.which(name) for name in BROWSERS),
}


def missing(*groups: dict[str, Callable[[], bool]]) -> list[str]:
    """Names of the Debian packages of these groups that this machine lacks."""
    return [name for group in groups for name, is_there in group.items() if not is_there()]


def _privilege() -> list[str] | None:
    """How to become root without a question: nothing needed, sudo, or None when there is no way."""
    if places.running_as_root():
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


def ensure(*groups: dict[str, Callable[[], bool]]) -> None:
    """Make sure that every package of these groups is there.

    Raises:
        MachineError: with the exact command for the person, when we may not install or it failed.
    """
    wanted = missing(*groups)
    if not wanted:
        return
    by_hand = f"apt-get update && apt-get install --no-install-recommends {' '.join(wanted)}"
    privilege = _privilege()
    if privilege is None or shutil.which("apt-get") is None:
        raise MachineError(f"This machine lacks {' '.join(wanted)}. Run this as root, then start again:\n\n{by_hand}")
    say(f"Installing system packages: {' '.join(wanted)}")
    # The lists may be absent or old; one refresh is cheaper than a puzzling failure.
    _apt(privilege, ["update", "-q"])
    failed = _apt(privilege, ["install", "-q", "-y", "--no-install-recommends", *wanted])
    still_missing = missing(*groups)
    if failed or still_missing:
        raise MachineError(f"apt could not install {' '.join(still_missing or wanted)}. Try as root:\n\n{by_hand}")


def _apt(privilege: Iterable[str], arguments: list[str]) -> bool:
    """Run apt-get; True when it failed, after showing what it said."""
    command = [*privilege, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *arguments]
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, env=dict(os.environ)
    )
    if done.returncode != 0:
        show(done.stdout[-2000:])
    return done.returncode != 0
