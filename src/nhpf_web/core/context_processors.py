"""What the frame of every page shows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from nhpf import __version__
from nhpf_web.core.rules import navigation


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the marking, the five-word navigation and the versions that pages are made from.

    A view whose page needs a higher marking puts its own ``marking`` in its context.
    """
    return {
        "marking": "OFFICIAL",
        "navigation": navigation(request.path),
        "code_version": __version__,
    }
