"""Make synthetic syntheses for the demonstration."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from nhpf.errors import NhpfError
from nhpf_web.what_works.actions.example_studies import make_example_syntheses


class Command(BaseCommand):
    """Call, print."""

    help = "Make syntheses with made-up studies; refused in production."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Make them and print how many are new."""
        try:
            new = make_example_syntheses()
        except NhpfError as fault:
            raise CommandError(str(fault)) from None
        self.stdout.write(f"Synthetic syntheses: {len(new)} new.")
