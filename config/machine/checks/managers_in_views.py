"""Views never reach for a model manager: records come from selectors, which know whose they are."""

from __future__ import annotations

import ast

from config.machine.checks.tree import Tree

MANAGERS = {"objects", "_default_manager", "_base_manager"}


def problems(tree: Tree) -> list[str]:
    """One line for each use of a manager in a views module."""
    found = []
    for path in tree.matching("apps/*/views.py", "apps/*/views/*.py"):
        module = ast.parse((tree.root / path).read_text(), filename=path)
        lines = sorted(
            node.lineno for node in ast.walk(module) if isinstance(node, ast.Attribute) and node.attr in MANAGERS
        )
        found += [f"{path}:{line} uses a model manager; ask a selector or a service" for line in lines]
    return found
