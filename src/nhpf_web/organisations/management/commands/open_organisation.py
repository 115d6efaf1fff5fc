"""Open an organisation with its first administrator and print the link that sets a password."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from nhpf_web.organisations.actions import appoint, open_organisation
from nhpf_web.organisations.queries import password_path
from nhpf_web.organisations.rules import Kind, Role


class Command(BaseCommand):
    """Parse, call, print."""

    help = "Open an organisation and appoint its first administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare what an organisation is."""
        parser.add_argument("slug")
        parser.add_argument("name")
        parser.add_argument("kind", choices=[str(kind) for kind in Kind])
        parser.add_argument("administrator", help="the name that this person will sign in with")
        parser.add_argument("--area-code", default="")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Open it and print the link."""
        organisation = open_organisation(
            options["slug"],
            name=options["name"],
            kind=options["kind"],
            area_code=options["area_code"],
        )
        user = appoint(options["administrator"], organisation, Role.ADMINISTRATOR)
        self.stdout.write(f"{organisation} is open; {user} is its administrator.")
        if not user.has_usable_password():
            self.stdout.write(f"A link to set the password, for three days: {password_path(user)}")
