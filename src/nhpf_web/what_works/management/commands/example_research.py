"""Make example research for the demonstration."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from nhpf.errors import NhpfError
from nhpf_web.what_works.actions.research.demonstration import make_demonstration_research


class Command(BaseCommand):
    """Call, print."""

    help = "Make example questions, calls and studies; refused in production."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Make them and print how many are new."""
        try:
            new = make_demonstration_research()
        except NhpfError as fault:
            raise CommandError(str(fault)) from None
        self.stdout.write(f"Example research: {len(new)} new.")
