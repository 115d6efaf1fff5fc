"""What the frame shows of the person who has signed in."""

from __future__ import annotations

from django.http import HttpRequest

from nhpf_web.organisations.models import User
from nhpf_web.organisations.queries import unread_of
from nhpf_web.organisations.rules import Role


def person(request: HttpRequest) -> dict[str, object]:
    """Return what the links at the top of the page need: the log's reader, unread notices."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {"is_auditor": False, "unread_count": 0}
    return {
        "is_auditor": bool(user.organisations_as(Role.AUDITOR)),
        "unread_count": unread_of(user).count(),
    }
