"""What the frame shows of the person who has signed in."""

from __future__ import annotations

from django.http import HttpRequest

from nhpf_web.organisations.models import User
from nhpf_web.organisations.rules import Role


def person(request: HttpRequest) -> dict[str, object]:
    """Return whether this person reads the log, for the links at the top of the page."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {"is_auditor": False}
    return {"is_auditor": bool(user.organisations_as(Role.AUDITOR))}
