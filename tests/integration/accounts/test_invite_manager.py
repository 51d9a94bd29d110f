"""The first manager comes from the command line."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from apps.accounts.models import User
from apps.accounts.permissions import Permission

ARGUMENTS = ["first@clinic.example", "Ruth Adeyemi", "--site=https://clinic.example"]


def test_the_command_opens_a_managers_account_and_prints_the_link(db: None) -> None:
    printed = StringIO()
    call_command("invite_manager", *ARGUMENTS, stdout=printed)
    assert printed.getvalue().startswith("https://clinic.example/account/password/reset/key/")
    manager = User.objects.get(email="first@clinic.example")
    assert manager.may(Permission.MANAGE_STAFF)
    assert manager.events.get().pgh_context.metadata["who"] == "process: invite_manager"


def test_the_command_says_why_it_did_nothing(db: None) -> None:
    call_command("invite_manager", *ARGUMENTS, stdout=StringIO())
    with pytest.raises(CommandError, match="has an account already"):
        call_command("invite_manager", *ARGUMENTS)
