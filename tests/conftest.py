"""What every test shares: where fixtures come from, a database that is migrated once, and no silent skip."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from config.machine.test_database import prepared_test_database

# Each module of tests/fixtures brings fixtures of its subject.
pytest_plugins = [f"tests.fixtures.{path.stem}" for path in sorted(Path(__file__).parent.glob("fixtures/[!_]*.py"))]


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """A database for this test process, copied from one that was migrated once for all processes."""
    with django_db_blocker.unblock(), prepared_test_database(connection):
        yield


@pytest.hookimpl(tryfirst=True, hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Where everything must be proven, a skipped test is a failed test."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if report.skipped and os.environ.get("CI") == "true" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and nothing may be skipped with CI=true: {report.longrepr}"


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """The same for a whole file that leaves at import."""
    if report.skipped and os.environ.get("CI") == "true":
        report.outcome = "failed"
