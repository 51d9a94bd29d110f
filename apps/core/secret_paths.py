"""Addresses that are secrets themselves: whoever reads one can use it, so it must not stand in a log or a history."""

import re
from typing import Final

# The personal diary link, /d/<secret>/…; its secret is far longer than any word that stands there otherwise.
_SECRET_PATH: Final = re.compile(r"(/d/)[A-Za-z0-9_-]{20,}")


def without_secrets(text: str) -> str:
    """The text with each secret address cut off behind the part that says what it is."""
    return _SECRET_PATH.sub(r"\1[secret]", text)
