"""Bring an edition's records into the working draft, and keep the edition beside the others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from nhpf.errors import NhpfError
from nhpf.framework import edition_names, load_edition, read_edition
from nhpf_web.cycle.actions.editions import take_in


class Command(BaseCommand):
    """Parse, call, print."""

    help = "Load an edition by name or from its folder; never overwrites what is in the draft."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare which edition."""
        parser.add_argument("edition", nargs="?", default="2026")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load, and print what was done."""
        named = options["edition"]
        try:
            is_name = named in edition_names()
            held = load_edition(named) if is_name else read_edition(Path(named))
            new = take_in(held)
        except NhpfError as fault:
            raise CommandError(str(fault)) from None
        self.stdout.write(f"Edition {held.name}: {new} new records in the working draft.")
