"""Runs every measurement beside private engines, on a database of its own, and prints the ratios.

    make bench            all
    make bench ARGS=list  those with "list" in their file's name

Each module of this folder has `ratios()`, which prepares its data and yields `_timing.Ratio`s.
"""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")


def names(wanted: str) -> list[str]:
    """Names of the measurements that contain `wanted`."""
    found = (path.stem for path in sorted(Path(__file__).parent.glob("[!_]*.py")))
    return [name for name in found if wanted in name]


def main() -> int:
    import django
    from django.core.management import call_command

    os.environ["LOG_LEVEL"] = "ERROR"
    django.setup()
    print("Preparing an empty database …", flush=True)
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    missed = 0
    for name in names(sys.argv[1] if len(sys.argv) > 1 else ""):
        print(f"{name}:", flush=True)
        for ratio in importlib.import_module(f"benchmarks.{name}").ratios():
            missed += not ratio.within_goal
            print(f"  {ratio}", flush=True)
    print(f"{missed} ratios are above their goal.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
