"""Bring in what an edition of the framework holds for the database: its equality assessments."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from nhpf.errors import NhpfError
from nhpf.framework import load_edition
from nhpf_web.equality.actions import load_assessments, sign_for_demonstration


class Command(BaseCommand):
    """Parse, call, print."""

    help = "Load an edition's equality assessments as drafts; never overwrites one that is here."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare which edition, and whether the demonstration signs."""
        parser.add_argument("name", nargs="?", default="2026")
        parser.add_argument(
            "--sign-for-demonstration",
            action="store_true",
            help="let the demonstration's equality lead sign; refused in production",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load, sign if asked, and print what was done."""
        try:
            new = load_assessments(load_edition(options["name"]))
            signed = sign_for_demonstration(new) if options["sign_for_demonstration"] else ()
        except NhpfError as fault:
            raise CommandError(str(fault)) from None
        self.stdout.write(
            f"Edition {options['name']}: {len(new)} new equality assessments,"
            f" {len(signed)} signed for demonstration."
        )
