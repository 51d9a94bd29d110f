"""Kinds of document for the tests only; also imported by the worker that the tests start."""

import time
from pathlib import Path
from typing import Any

from apps.documents.kinds import register_kind

TEMPLATES = Path(__file__).parent / "templates"


def held(content: dict[str, Any]) -> dict[str, Any]:
    """Note that drawing has begun, and go on when the file that holds it is gone."""
    hold = Path(content["hold"])
    with hold.with_suffix(".begun").open("a") as log:
        log.write("begun\n")
    while hold.exists():
        time.sleep(0.02)
    return content


def broken(content: dict[str, Any]) -> dict[str, Any]:
    raise RuntimeError("this kind is broken on purpose")


register_kind("test_note", "Test note", "documents_test/note.html")
register_kind("test_held", "Held note", "documents_test/note.html", context=held)
register_kind("test_broken", "Broken note", "documents_test/note.html", context=broken)
