"""Tell owners of what is due, and send unread notices to those who asked for e-mail."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from nhpf_web.organisations.actions import send_digests
from nhpf_web.what_works.actions import tell_what_is_due


class Command(BaseCommand):
    """Call, print."""

    help = "Write notices of what is due and send the unread ones to those who asked for e-mail."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Tell, send, and print what was done."""
        self.stdout.write(f"Overdue reviews and answers: {tell_what_is_due()}.")
        if not settings.NHPF_SENDS_EMAIL:
            self.stdout.write("No e-mail: NHPF_EMAIL_URL is not set.")
            return
        sent, failed = send_digests()
        self.stdout.write(f"Messages sent: {sent}.")
        if failed:
            raise CommandError(f"{failed} could not be handed over. They go the next time.")
