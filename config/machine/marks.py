"""Marks that tell whether a slow step has to be done again: they change with the files the step depends on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from config.machine.places import CHECKOUT

MARK_LENGTH = 12


def mark_of(files: Iterable[Path], *, below: Path = CHECKOUT) -> str:
    """A short text that changes when one of the files is changed, added, removed or renamed."""
    digest = hashlib.sha256()
    for path in sorted(files):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(below)}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:MARK_LENGTH]


def migrations_mark(checkout: Path = CHECKOUT) -> str:
    """Changes with our migrations and, through the lock file, with those of the packages."""
    files = [*(checkout / "apps").glob("*/migrations/*.py"), checkout / "requirements.txt"]
    return mark_of(files, below=checkout)
