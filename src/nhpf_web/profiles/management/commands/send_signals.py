"""Send a month's signals to the organisations that asked for them."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from nhpf.errors import NotPermitted
from nhpf_web.profiles.actions import send_signals


class Command(BaseCommand):
    """Call, print."""

    help = "Send each organisation that asked the latest signals of its area by e-mail, once."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Send and say how many."""
        try:
            sent, failed = send_signals()
        except NotPermitted as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{sent} messages sent.")
        if failed:
            raise CommandError(f"Those of {failed} organisations could not be sent; they go next.")
