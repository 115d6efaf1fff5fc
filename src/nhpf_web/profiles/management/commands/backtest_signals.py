"""Run the backtest of the detectors on the current release and keep it for its page."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from nhpf_web.profiles.actions import keep_backtest


class Command(BaseCommand):
    """Parse, call, print."""

    help = "See how the detectors of signals do on the current release; run it once a month."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare how many seeded series, and their seed."""
        parser.add_argument("--runs", type=int, default=200, help="seeded series (200)")
        parser.add_argument("--seed", type=int, default=1, help="seed (1)")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run it and say where it is shown."""
        kept = keep_backtest(runs=options["runs"], seed=options["seed"])
        self.stdout.write(f"Kept for release {kept.release}: /what-happens/signals/backtest/")
