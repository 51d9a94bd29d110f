"""Migrates the template of the test databases, so that tests find it ready.

.venv/bin/python -m config.machine.with_services python -m config.machine.migrated
"""

from __future__ import annotations

import os

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    from django.db import connection

    from config.machine.test_database import prepared_test_database

    with prepared_test_database(connection):
        pass


if __name__ == "__main__":
    main()
