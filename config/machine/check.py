"""Runs every static check to the end and says how many failed.

.venv/bin/python -m config.machine.check [part of a check's name]
"""

from __future__ import annotations

import importlib
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from config.env import VARIABLES
from config.machine.checks.tree import Tree
from config.machine.places import CHECKOUT

# Modules of config.machine.checks with a function `problems`.
OUR_CHECKS = {
    "file ceiling": "file_ceiling",
    "no managers in views": "managers_in_views",
    "no package index addresses": "index_addresses",
    "decision record numbers": "decision_numbers",
    "markup obeys the content security policy": "markup",
}
# A check that talks about the database only needs its kind; nothing answers there.
NO_DATABASE = "postgresql://nobody@/nothing?host=/nonexistent"


@dataclass(frozen=True)
class Result:
    """What one check found."""

    name: str
    failed: bool
    seconds: float
    output: str


def production_environment() -> dict[str, str]:
    """A made-up environment that production settings accept."""
    examples = {variable.name: variable.example for variable in VARIABLES if variable.required}
    return examples | {"SECRET_KEY": secrets.token_urlsafe(50), "DATABASE_URL": NO_DATABASE, "TRUST_PROXY": "on"}


def _program(name: str) -> str:
    return str(Path(sys.executable).parent / name)


def template_command(root: Path = CHECKOUT) -> list[str]:
    """The template formatter for every template; writes unless it gets --check."""
    templates = Tree(root).matching("templates/*.html", "apps/*/templates/*.html")
    return [_program("djade"), "--target-version", "5.2", *templates]


def commands(root: Path = CHECKOUT) -> dict[str, list[str]]:
    """The checks that are programs, slowest first so that two processors end together."""
    manage = [sys.executable, "-W", "ignore::RuntimeWarning", "manage.py"]
    return {
        "types (mypy)": [sys.executable, "-m", "mypy"],
        "production settings (check --deploy)": [*manage, "check", "--deploy", "--fail-level", "WARNING"],
        "migrations match the models": [*manage, "makemigrations", "--check", "--dry-run"],
        "clinical rules' page is up to date": [*manage, "describe_rules", "--check"],
        "imports go down only (import-linter)": [_program("lint-imports"), "--no-logo", "--no-cache"],
        "style (ruff check)": [sys.executable, "-m", "ruff", "check", "."],
        "format (ruff format)": [sys.executable, "-m", "ruff", "format", "--check", "."],
        "templates (djade)": [*template_command(root), "--check"],
    }


def _environment(name: str) -> dict[str, str]:
    environment = dict(os.environ) | {"DATABASE_URL": NO_DATABASE}
    if name.startswith("production"):
        # Nothing of the developer's own environment may make the check easier.
        kept = {key: value for key, value in environment.items() if key not in {v.name for v in VARIABLES}}
        return kept | production_environment() | {"DJANGO_SETTINGS_MODULE": "config.settings.production"}
    return environment | {"DJANGO_SETTINGS_MODULE": "config.settings.local"}


def run_command(name: str, command: list[str], root: Path = CHECKOUT) -> Result:
    """Run one program; a non-zero exit code is a failure."""
    begin = time.monotonic()
    done = subprocess.run(
        command,
        cwd=root,
        env=_environment(name),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Result(name, done.returncode != 0, time.monotonic() - begin, done.stdout)


def run_own(name: str, module: str, root: Path = CHECKOUT) -> Result:
    """Run one check of our own; a line of output is a problem."""
    begin = time.monotonic()
    found = importlib.import_module(f"config.machine.checks.{module}").problems(Tree(root))
    return Result(name, bool(found), time.monotonic() - begin, "\n".join(found))


def all_checks(wanted: str = "") -> list[Callable[[], Result]]:
    """Every check whose name contains `wanted`, ready to run."""
    programs = [
        (lambda name=name, command=command: run_command(name, command)) for name, command in commands().items()
        if wanted in name
    ]  # fmt: skip
    own = [
        (lambda name=name, module=module: run_own(name, module)) for name, module in OUR_CHECKS.items()
        if wanted in name
    ]  # fmt: skip
    return [*programs, *own]


def main() -> int:
    checks = all_checks(" ".join(sys.argv[1:]))
    failures = 0
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        for ended in as_completed([pool.submit(check) for check in checks]):
            result = ended.result()
            failures += result.failed
            print(f"{'FAILED' if result.failed else 'ok':6}  {result.name}  ({result.seconds:.1f} s)", flush=True)
            if result.failed:
                print("        " + "\n        ".join(result.output.rstrip().splitlines()), flush=True)
    print(f"\n{failures} of {len(checks)} checks failed.")
    return 1 if failures or not checks else 0


if __name__ == "__main__":
    sys.exit(main())
