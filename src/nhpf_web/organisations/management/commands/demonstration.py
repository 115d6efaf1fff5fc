"""Make demonstration accounts of every role and print their password."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from nhpf.errors import NotPermitted
from nhpf_web.organisations.actions import make_demonstration

RENEW = ".venv/bin/python manage.py demonstration --renew"


class Command(BaseCommand):
    """Parse, call, print."""

    help = "Make demonstration accounts of every role; refused in production."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the one option."""
        parser.add_argument("--renew", action="store_true", help="give them a new password")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make the accounts and print them."""
        try:
            accounts, password = make_demonstration(renew=options["renew"])
        except NotPermitted as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write("Demonstration accounts, for this machine only:")
        for account in accounts:
            self.stdout.write(f"  {account.username:<34}{account.role}, {account.organisation}")
        known = f"Their password was printed when they were made. For a new one: {RENEW}"
        self.stdout.write(f"Password for all of them: {password}" if password else known)
