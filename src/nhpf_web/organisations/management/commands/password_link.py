"""Print a link at which a person sets a new password."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from nhpf_web.organisations.queries import account, password_path


class Command(BaseCommand):
    """Parse, call, print."""

    help = "Print a link at which a person sets a new password; it works once, for three days."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare whose."""
        parser.add_argument("username")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the link."""
        user = account(options["username"])
        if user is None:
            raise CommandError("Nobody signs in with this name.")
        self.stdout.write(password_path(user))
