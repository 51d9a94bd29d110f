"""Decision records have a number of their own, without gaps, and the title carries the same number."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import PurePath

from config.machine.checks.tree import Tree

NAME = re.compile(r"^(\d{4})-[a-z0-9-]+\.md$")


def problems(tree: Tree) -> list[str]:
    """One line for each record with a wrong name, number or title."""
    found = []
    numbers: Counter[int] = Counter()
    for path in tree.matching("docs/decisions/*.md"):
        name = NAME.match(PurePath(path).name)
        if name is None:
            found.append(f"{path} is not named like 0001-short-title.md")
            continue
        numbers[int(name.group(1))] += 1
        title = next((line for _, line in tree.lines(path) if line.strip()), "")
        if not title.startswith(f"# {int(name.group(1))}. "):
            found.append(f"{path} must begin with '# {int(name.group(1))}. '")
    found += [f"{times} decision records have the number {number}" for number, times in numbers.items() if times > 1]
    expected = set(range(1, len(numbers) + 1))
    found += [f"decision record {number} is missing" for number in sorted(expected - numbers.keys())]
    return found
