"""A database that is away is told apart from a statement it did not like."""

import psycopg
import pytest
from django.db import DatabaseError, InterfaceError, OperationalError

from apps.core.offline import database_is_away


def from_driver(cause: BaseException | None, wrapper: type[Exception] = OperationalError) -> Exception:
    error = wrapper("as Django wraps it")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    "error",
    [
        from_driver(psycopg.OperationalError("connection refused")),
        from_driver(psycopg.errors.AdminShutdown("terminating connection")),
        from_driver(psycopg.errors.CannotConnectNow("starting up")),
        from_driver(psycopg.errors.TooManyConnections("too many clients")),
        from_driver(psycopg.InterfaceError("connection already closed"), InterfaceError),
    ],
    ids=lambda error: type(error.__cause__).__name__,
)
def test_a_database_that_does_not_answer_is_away(error: Exception) -> None:
    assert database_is_away(error)


@pytest.mark.parametrize(
    "error",
    [
        from_driver(psycopg.errors.DeadlockDetected("deadlock")),
        from_driver(psycopg.errors.QueryCanceled("statement timeout")),
        from_driver(psycopg.errors.DiskFull("no space left")),
        from_driver(psycopg.errors.UniqueViolation("duplicate"), DatabaseError),
        ValueError("ours"),
        None,
    ],
    ids=lambda error: type(getattr(error, "__cause__", None) or error).__name__,
)
def test_any_other_fault_is_ours(error: Exception | None) -> None:
    assert not database_is_away(error)


def test_the_cause_is_found_below_another_error() -> None:
    outer = RuntimeError("while drawing the page")
    outer.__cause__ = from_driver(psycopg.OperationalError("connection refused"))
    assert database_is_away(outer)
