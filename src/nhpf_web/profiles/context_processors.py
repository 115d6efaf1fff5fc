"""What the foot of every page says it was made from."""

from __future__ import annotations

from django.http import HttpRequest

from nhpf.errors import NhpfError
from nhpf_web.profiles.queries import release
from nhpf_web.what_works.queries import edition


def versions(_request: HttpRequest) -> dict[str, str]:
    """Return the names of the edition and of the release.

    Where either cannot be read the error page still has its foot, without them.
    """
    try:
        return {"edition": edition().name, "release": release().id}
    except (NhpfError, OSError):
        return {}
