"""Where and when the demo clinic is not set up."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from apps.patients.models import Patient


def test_it_is_refused_where_real_people_are_treated(db: None, settings: Settings) -> None:
    settings.DEMO = False
    for command in ("load_demo", "demo_accounts"):
        with pytest.raises(CommandError, match=r"settings\.DEMO"):
            call_command(command)
    assert not Patient.objects.exists()


def test_diaries_do_not_end_in_the_future(db: None) -> None:
    with pytest.raises(CommandError, match="future"):
        call_command("load_demo", "--on", (timezone.localdate() + timedelta(days=1)).isoformat())
