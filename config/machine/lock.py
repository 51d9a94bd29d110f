"""Writes both lock files anew: everything for developers and the demo, and what production needs.

Hashes of every file, and no address of a package index: a clinic may have its own.
"""

from __future__ import annotations

import subprocess
import sys

from config.machine.places import CHECKOUT

OPTIONS = ("--generate-hashes", "--universal", "--no-emit-index-url", "--no-header", "--quiet")
LOCKS = {
    "requirements.txt": ("--group", "dev"),
    "config/machine/requirements-production.txt": ("--constraint", "requirements.txt"),
}


def main() -> int:
    for output, groups in LOCKS.items():
        command = [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", *groups, *OPTIONS, "-o", output]
        done = subprocess.run(command, cwd=CHECKOUT, stdout=subprocess.DEVNULL, check=False)
        if done.returncode != 0:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
