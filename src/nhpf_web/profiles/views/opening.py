"""Who may open a place's profile, and what the log says of it before anything is shown."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from nhpf.errors import CannotTell
from nhpf_web.profiles import actions, queries, rules
from nhpf_web.profiles.queries import Audience, Place

Show = Callable[[Place], HttpResponse]
Make = Callable[[Place], object]
Log = Callable[[Place, AbstractBaseUser, str], None]


def consulted(what: str) -> Log:
    """Return what writes to the log that a part of a restricted profile was looked at."""
    return lambda place, user, organisation: actions.consult(
        place, what=what, by=user, organisation=organisation
    )


def taken(what: str) -> Log:
    """Return what writes to the log that a user took a file for themselves."""
    return lambda place, user, organisation: actions.disclose(
        place, what=what, by=user, organisation=organisation
    )


def place_at(request: HttpRequest, place: str) -> Place | HttpResponse:
    """Return the place of an address, or the answer that leads to its one address."""
    held = queries.place_with_code(rules.code_in(place) or "")
    if held is None:
        raise Http404
    canonical = rules.place(held.code, held.name)
    if place == canonical:
        return held
    return redirect(request.get_full_path().replace(place, canonical, 1), permanent=True)


def opened(
    request: HttpRequest,
    place: str,
    audience: Audience,
    *,
    log: Log | None,
    show: Show,
    make: Make | None = None,
) -> HttpResponse:
    """Answer with what ``show`` makes of a place, or send the visitor where it is to be had.

    A restricted profile is for analysts and leads of that place's organisations; ``log`` writes
    each look at it, and each file that is taken from it, before anything is shown. What ``make``
    cannot make of the release is neither logged nor an error: a page says what is missing.
    """
    held = place_at(request, place)
    if isinstance(held, HttpResponse):
        return held
    readers: tuple[str, ...] = ()
    if audience == "restricted":
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        readers = queries.organisations_reading(request.user, held)
        if not readers:
            raise PermissionDenied
    try:
        if make is not None:
            make(held)
    except CannotTell as missing:
        return _cannot_tell(request, held, missing)
    if readers and log is not None and request.user.is_authenticated:
        log(held, request.user, readers[0])
    return show(held)


def _cannot_tell(request: HttpRequest, place: Place, missing: CannotTell) -> HttpResponse:
    context = {"place": place, "missing": missing, "trail": [("What happens", "/what-happens/")]}
    return render(request, "profiles/cannot_tell.html", context, status=404)
