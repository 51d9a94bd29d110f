"""No source file is longer than 400 lines: the one file that everything lands in never comes about."""

from __future__ import annotations

from config.machine.checks.tree import Tree

CEILING = 400
SOURCES = ("*.py", "*.html", "*.css", "*.js", "*.md", "*.toml", "*.yml", "Makefile", "Dockerfile")


def problems(tree: Tree) -> list[str]:
    """One line for each file above the ceiling."""
    lengths = ((path, sum(1 for _ in tree.lines(path))) for path in tree.matching(*SOURCES))
    # Written by commands, read by nobody from top to bottom.
    generated = {"docs/clinical-rules.md", *tree.matching("*/migrations/*_initial.py")}
    return [
        f"{path} has {length} lines; split it (the ceiling is {CEILING})"
        for path, length in lengths
        if length > CEILING and path not in generated
    ]
