"""Brings code and templates into the shape that `make check` expects."""

from __future__ import annotations

import subprocess
import sys

from config.machine.check import template_command
from config.machine.places import CHECKOUT

RUFF = [sys.executable, "-m", "ruff"]


def main() -> int:
    for command in ([*RUFF, "check", "--fix", "--quiet", "."], [*RUFF, "format", "--quiet", "."], template_command()):
        subprocess.run(command, cwd=CHECKOUT, check=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
