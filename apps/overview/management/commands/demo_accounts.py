"""`manage.py demo_accounts`: one account of each role, with the demo password."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from apps.overview.demo.clinic import demo_exists, require_demo
from apps.overview.demo.people import first_visit
from apps.overview.demo.staff import STAFF, Member, address


class Command(BaseCommand):
    help = "Prints one account of each role of the demo clinic."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            require_demo()
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        if not demo_exists():
            raise CommandError("There is no demo clinic yet. Run manage.py load_demo first.")
        shown: dict[str, Member] = {}
        for member in STAFF:
            shown.setdefault(member.role, member)
        width = max(len(address(member)) for member in shown.values())
        for member in shown.values():
            self.stdout.write(f"{address(member):<{width}}  {member.role.label}, {member.full_name}")
        self.stdout.write(f"Password for all of them: {settings.DEMO_PASSWORD}")
        if patient := first_visit():
            self.stdout.write(f"Ready for a first visit with Dr Okafor: {patient}, {patient.clinic_number}")
