"""Tells a database that is away from a statement the database did not like."""

from typing import Any, Final

from django.db import InterfaceError, OperationalError

# PostgreSQL's error classes: 08 connection, 57P shutting down or starting up; 53300 no connection left.
AWAY_CODES: Final = ("08", "57P", "53300")


def database_is_away(error: BaseException | None) -> bool:
    """Whether an error means that the database can't be reached at all.

    A deadlock, a cancelled statement or a full disk is also an OperationalError, but then the database is there and
    the fault is ours to find: those are answered as an ordinary failure.
    """
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if isinstance(error, OperationalError | InterfaceError):
            code = _sqlstate(error.__cause__)
            return code is None or code.startswith(AWAY_CODES)
        error = error.__cause__ or error.__context__
    return False


def _sqlstate(cause: Any) -> str | None:
    """PostgreSQL's code for the error, None when no server answered."""
    return getattr(cause, "sqlstate", None)
