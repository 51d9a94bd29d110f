"""Templates obey the content security policy: no inline script, no inline style, no event attributes, no foreign host."""

from __future__ import annotations

import re

from config.machine.checks.tree import Tree

FORBIDDEN = {
    "a style attribute": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE),
    "an event attribute": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/json\")", re.IGNORECASE),
    "an inline style element": re.compile(r"<style\b", re.IGNORECASE),
    "a foreign address": re.compile(r"\s(?:src|action)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE),
    "a javascript address": re.compile(r"javascript:", re.IGNORECASE),
}


def problems(tree: Tree) -> list[str]:
    """One line for each offence; printed documents are drawn outside a browser and may carry their own styles."""
    found = []
    for path in tree.matching("templates/*.html", "apps/*/templates/*.html"):
        if path.startswith("templates/documents/"):
            continue
        text = (tree.root / path).read_text()
        for what, pattern in FORBIDDEN.items():
            for match in pattern.finditer(text):
                line = text.count("\n", 0, match.start()) + 1
                found.append(f"{path}:{line} has {what}, which the content security policy blocks")
    return found
