"""The sections to come, the answer to monitors, and the error pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from nhpf import __version__
from nhpf_web.core.rules import TO_COME, navigation


@require_safe
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what a section that is not built will answer, and what answers some of it now."""
    return render(request, "core/section.html", {"section": TO_COME[slug]})


@require_safe
@never_cache
def health(_request: HttpRequest) -> JsonResponse:
    """Answer a monitor: the service runs and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return JsonResponse({"status": "ok", "version": __version__})


# Django hands every handler the exception; the pages never show it.
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Say that the address or the form could not be understood."""
    return render(request, "core/400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Say that the user's role does not allow the page."""
    return render(request, "core/403.html", status=403)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Say that a form came without the token that proves it is ours; keep what was typed."""
    # Only what our own page sent is offered again: another site's words are not.
    typed = _typed(request) if _is_from_here(request) else []
    return render(request, "core/expired.html", {"typed": typed}, status=403)


def _is_from_here(request: HttpRequest) -> bool:
    own = f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Origin") == own


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what a form sent, by field; never a password, never the old token."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if "password" not in name and name != "csrfmiddlewaretoken"
    ]


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Ask whoever is not signed in to do so, and keep what a form sent meanwhile."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == "POST":
            context = {"typed": _typed(request), "is_signed_out": True}
            return render(request, "core/expired.html", context, status=403)
        return redirect_to_login(request.get_full_path())

    return asked


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Say that no page has this address."""
    return render(request, "core/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours; asks neither the database nor the session, which may be it."""
    context = {"marking": "OFFICIAL", "navigation": navigation(request.path)}
    return HttpResponse(render_to_string("core/500.html", context), status=500)
