"""Change history kept by database triggers, so that bulk and raw writes are caught too."""

from collections.abc import Callable, Sequence
from typing import Any

import pghistory


def tracked(*, exclude: Sequence[str] = ()) -> Callable[[Any], Any]:
    """Keep every insert, change and deletion of a model in its own append-only event table.

    `exclude` names columns that are too large or too private to be copied with each change.
    """
    return pghistory.track(
        pghistory.InsertEvent("insert"),
        pghistory.UpdateEvent("update"),
        pghistory.DeleteEvent("delete"),
        exclude=list(exclude) or None,
        append_only=True,
    )
