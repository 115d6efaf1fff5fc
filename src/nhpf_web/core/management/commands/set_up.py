"""Make an installation ready to serve: tables, release of the open data, edition, demonstration."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from nhpf.errors import NhpfError
from nhpf.records import open_release


class Command(BaseCommand):
    """Parse, call, print."""

    help = "Migrate, make the current release, load the edition and, in development, accounts."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Do each step; a step that was done before takes no time."""
        call_command("migrate", verbosity=0, interactive=False)
        try:
            release = open_release()
        except NhpfError as fault:
            raise CommandError(str(fault)) from None
        self.stdout.write(f"Data release: {release.id}")
        call_command("load_draft", stdout=self.stdout)
        if settings.NHPF_IS_PRODUCTION:
            call_command("load_edition", stdout=self.stdout)
            return
        call_command("demonstration", stdout=self.stdout)
        call_command("load_edition", sign_for_demonstration=True, stdout=self.stdout)
        call_command("example_practices", stdout=self.stdout)
        call_command("example_studies", stdout=self.stdout)
        call_command("example_research", stdout=self.stdout)
        call_command("example_cycle", stdout=self.stdout)
