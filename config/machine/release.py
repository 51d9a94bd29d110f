"""Brings a clinic's database up to date with this release: tables, sign-in counters, the medicines catalogue.

Each step can be run again and then changes nothing.
"""

from __future__ import annotations

import os


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False)
    call_command("createcachetable")
    call_command("load_medicines")


if __name__ == "__main__":
    main()
