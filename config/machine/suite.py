"""Runs the whole suite: the clinical rules without Django first, then everything else beside private engines.

.venv/bin/python -m config.machine.suite [arguments for pytest]
"""

from __future__ import annotations

import os
import subprocess
import sys

from config.machine.places import CHECKOUT
from config.machine.progress import say


def _clinical_and_template() -> int:
    """The rules need no database: meanwhile it is migrated, which takes one core as long as the rules take the other.

    A migration that fails is told by the tests that need it.
    """
    command = ["-m", "config.machine.with_services", "python", "-m", "config.machine.migrated"]
    template = subprocess.Popen(
        [sys.executable, *command], cwd=CHECKOUT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        return _clinical()
    finally:
        template.wait()


def _clinical() -> int:
    """The rules alone; with pytest-django loaded nobody could tell whether they need Django."""
    say("Clinical rules, without Django")
    command = [sys.executable, "-m", "pytest", "-c", "tests/clinical/pytest.ini", "tests/clinical", "-q"]
    return subprocess.run(command, cwd=CHECKOUT, check=False).returncode


def _everything_else(arguments: list[str]) -> int:
    say("Everything else, beside a private PostgreSQL and broker")
    workers = [] if any(part.startswith("-n") for part in arguments) else ["-n", str(min(os.cpu_count() or 1, 8))]
    command = ["-m", "config.machine.with_services", "pytest", *workers, "--dist", "loadgroup", *arguments]
    return subprocess.run([sys.executable, *command], cwd=CHECKOUT, check=False).returncode


def main() -> int:
    arguments = sys.argv[1:]
    # Somebody who names tests wants these and no others.
    named = any(not part.startswith("-") and "tests" in part for part in arguments)
    if named and all("tests/clinical" in part for part in arguments if not part.startswith("-")):
        return _clinical()
    codes = ([] if named else [_clinical_and_template()]) + [_everything_else(arguments)]
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
