#!/usr/bin/env python3
"""Run a management command of the service; a wrong setting ends with a sentence, not a trace."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    """Check the settings, then run the command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhpf_web.config.settings")
    try:
        from nhpf_web.config import settings  # noqa: F401  (read once, so that a fault shows here)
    except ImproperlyConfigured as fault:
        sys.exit(str(fault))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
