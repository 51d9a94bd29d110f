"""What every test shares: where fixtures come from, and a database that is migrated once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from config.machine.test_database import prepared_test_database

# Each module of tests/fixtures brings fixtures of its subject.
pytest_plugins = [
    "tests.no_silent_skips",
    *(f"tests.fixtures.{path.stem}" for path in sorted(Path(__file__).parent.glob("fixtures/[!_]*.py"))),
]


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """A database for this test process, copied from one that was migrated once for all processes."""
    with django_db_blocker.unblock(), prepared_test_database(connection):
        yield
