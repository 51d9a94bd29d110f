"""Databases for tests: migrated once, then copied for each test process."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from config.machine.marks import migrations_mark

# Any number, the same in all test processes.
LOCK = 20_530_117

# Where the launcher wants to be told that its cluster now holds a migrated template, worth keeping for the next run.
TEMPLATE_NOTE = "CLINIC_TEMPLATE_NOTE"


@contextlib.contextmanager
def prepared_test_database(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Point the connection at a fresh, migrated test database as long as the block lasts."""
    original_name = connection.settings_dict["NAME"]
    test_name = connection.creation._get_test_db_name()  # type: ignore[attr-defined]  # noqa: SLF001 - the name xdist expects
    template_name = f"template_{migrations_mark()}"
    connection.close()
    with _server(connection) as server:
        server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if not _exists(server, template_name):
            _migrate(connection, server, template_name)
        _drop(server, test_name)
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(test_name), sql.Identifier(template_name))
        )
        server.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    _use(connection, test_name)
    try:
        yield
    finally:
        connection.close()
        _use(connection, original_name)
        with _server(connection) as server:
            _drop(server, test_name)


def _migrate(connection: BaseDatabaseWrapper, server: psycopg.Connection, template_name: str) -> None:
    """Make the template under another name first: a run that broke off must not leave half a template."""
    half_done = f"{template_name}_new"
    original_name = connection.settings_dict["NAME"]
    original_test_name = connection.settings_dict["TEST"]["NAME"]
    connection.settings_dict["TEST"]["NAME"] = half_done
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    finally:
        connection.close()
        connection.settings_dict["TEST"]["NAME"] = original_test_name
        _use(connection, original_name)
    server.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(half_done), sql.Identifier(template_name))
    )
    note = os.environ.get(TEMPLATE_NOTE)
    if note:
        Path(note).touch()


def _server(connection: BaseDatabaseWrapper) -> psycopg.Connection:
    parameters = connection.get_connection_params() | {"dbname": "postgres"}
    wanted = {key: parameters[key] for key in ("host", "port", "user", "password", "dbname") if parameters.get(key)}
    return psycopg.connect(**wanted, autocommit=True)


def _exists(server: psycopg.Connection, name: str) -> bool:
    return server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _drop(server: psycopg.Connection, name: str) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _use(connection: BaseDatabaseWrapper, name: str) -> None:
    from django.conf import settings

    settings.DATABASES[connection.alias]["NAME"] = name
    connection.settings_dict["NAME"] = name
