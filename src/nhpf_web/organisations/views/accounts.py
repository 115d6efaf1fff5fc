"""What sign-in would offer and this service does not: opening an account, a new password."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def closed(request: HttpRequest) -> HttpResponse:
    """Say who opens accounts."""
    return render(request, "account/signup_closed.html")


@require_safe
def forgotten(request: HttpRequest) -> HttpResponse:
    """Say who gives a new password."""
    return render(request, "account/password_reset.html")
