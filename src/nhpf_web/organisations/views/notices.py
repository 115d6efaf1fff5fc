"""What a person is told, and whether it goes to them by e-mail too."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from nhpf.errors import NotPermitted
from nhpf_web.core.views import signed_in
from nhpf_web.organisations import actions, queries
from nhpf_web.organisations.forms import EmailNotices
from nhpf_web.organisations.models import User

ON_A_PAGE = 25
LONGEST_ID = 18
either = require_http_methods(["GET", "HEAD", "POST"])


@either
@signed_in
def notices(request: HttpRequest) -> HttpResponse:
    """Show a person's own notices, those not read first, and mark them as read."""
    user = cast(User, request.user)
    if request.method == "POST":
        _mark(request, user)
        return redirect("organisations:notices")
    held = queries.notices_of(user)
    context = {
        "unread": held.filter(read_at__isnull=True),
        "page": Paginator(held.filter(read_at__isnull=False), ON_A_PAGE).get_page(
            request.GET.get("page")
        ),
    }
    return render(request, "organisations/notices.html", context)


def _mark(request: HttpRequest, user: User) -> None:
    """Mark one notice, or all, as read; a number that is not one's own marks nothing."""
    chosen = request.POST.get("notice", "")
    held = queries.unread_of(user)
    if chosen.isdecimal() and len(chosen) <= LONGEST_ID:
        held = held.filter(pk=int(chosen))
    elif "all" not in request.POST:
        held = held.none()
    if actions.mark_read(user, held):
        messages.success(request, "Marked as read.")


@either
@signed_in
def by_email(request: HttpRequest) -> HttpResponse:
    """Ask whether, and where, notices go by e-mail."""
    user = cast(User, request.user)
    form = EmailNotices(request.POST or None, initial={"address": user.email})
    if form.is_valid():
        try:
            actions.choose_email(user, address=form.cleaned_data["address"])
        except NotPermitted as refusal:
            form.add_error(None, str(refusal))
        else:
            chosen = form.cleaned_data["address"]
            messages.success(
                request,
                f"Notices go to {chosen} too." if chosen else "No notices go out by e-mail.",
            )
            return redirect("organisations:notices")
    context = {
        "form": form,
        "is_sent": settings.NHPF_SENDS_EMAIL,
        "trail": [("Notices", "/organisations/notices/")],
    }
    return render(request, "organisations/by_email.html", context)
