"""No committed file names a package index: lock files must work wherever a clinic gets its packages."""

from __future__ import annotations

import re

from config.machine.checks.tree import Tree

# Put together here so that this file does not find itself.
HOSTS = ("pypi" + ".org", "pythonhosted" + ".org", "registry.npmjs" + ".org", "registry.yarnpkg" + ".com")
OPTIONS = r"^\s*(--index-url|--extra-index-url|--find-links|-i)\s+\S+|\bindex-url\s*=\s*[\"']?http"
ADDRESS = re.compile("|".join(re.escape(host) for host in HOSTS) + "|" + OPTIONS)


def problems(tree: Tree) -> list[str]:
    """One line for each address."""
    return [
        f"{path}:{number} names a package index"
        for path in tree.paths
        for number, line in tree.lines(path)
        if ADDRESS.search(line)
    ]
