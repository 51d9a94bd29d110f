"""The first manager of a new clinic, who then invites everybody else."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.accounts.choices import Role
from apps.accounts.services import letters, staff
from apps.core.writing import Refused, SystemProcess


class Command(BaseCommand):
    help = "Open the account of a clinic manager and print the one-time link to choose a password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("full_name")
        parser.add_argument("--site", required=True, help="beginning of the clinic's address: https://clinic.example")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manager = staff.invite(
                by=SystemProcess("invite_manager"),
                email=options["email"],
                full_name=options["full_name"],
                role=Role.MANAGER,
            )
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(letters.password_link(manager, site=options["site"]))
