"""Open a demonstration cycle."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from nhpf.errors import NhpfError
from nhpf_web.cycle.actions.demonstration import make_demonstration_cycle


class Command(BaseCommand):
    """Parse, call, print."""

    help = "Open a made-up cycle with returns, where there is none; never in production."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Open the cycle, or leave the one that is there."""
        try:
            slug = make_demonstration_cycle()
        except NhpfError as fault:
            raise CommandError(str(fault)) from None
        if slug:
            self.stdout.write(f"Demonstration cycle: /how-we-are-doing/cycles/{slug}/")
