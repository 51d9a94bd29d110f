"""The files a check looks at: those of the repository, or a made-up tree in a test."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cached_property
from pathlib import Path

LEFT_OUT = {".git", ".venv", ".demo", "__pycache__", "staticfiles"}


class Tree:
    """All files below a folder that are, or would be, committed."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def paths(self) -> list[str]:
        """Every file's path relative to the root, sorted."""
        asked = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=self.root,
            capture_output=True,
            check=False,
        )
        inside_repository = asked.returncode == 0 and (self.root / ".git").exists()
        found = asked.stdout.decode().split("\0") if inside_repository else self._walk()
        return sorted({path for path in found if path and (self.root / path).is_file()})

    def _walk(self) -> list[str]:
        paths = (path.relative_to(self.root) for path in self.root.rglob("*"))
        return [str(path) for path in paths if not LEFT_OUT & set(path.parts)]

    def matching(self, *patterns: str) -> list[str]:
        """Paths that match one of the patterns; `*` also crosses folders."""
        return [path for path in self.paths if any(fnmatch(path, pattern) for pattern in patterns)]

    def lines(self, path: str) -> Iterator[tuple[int, str]]:
        """The numbered lines of a text file; nothing for a binary file."""
        content = (self.root / path).read_bytes()
        if b"\0" not in content:
            yield from enumerate(content.decode("utf-8", errors="replace").splitlines(), start=1)
