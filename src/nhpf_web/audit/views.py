"""The auditor's page."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nhpf_web.audit import actions, queries
from nhpf_web.audit.forms import LogFilter
from nhpf_web.audit.rules import Reader, Verb, organisations_read_by

ENTRIES_A_PAGE = 50


@require_safe
@login_required
def log(request: HttpRequest) -> HttpResponse:
    """Show the log to an auditor; reading it is an entry itself."""
    user = cast(Reader, request.user)
    organisations = organisations_read_by(user)
    if not organisations:
        raise PermissionDenied
    for organisation in sorted(organisations):
        actions.record(
            Verb.CONSULTATION,
            f"log:{organisation}",
            who=request.user.get_username(),
            organisation=organisation,
        )
    asked = LogFilter(request.GET or None)
    chosen = asked.cleaned_data if asked.is_valid() else {}
    pages = Paginator(queries.log_of(user, **chosen), ENTRIES_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    return render(
        request,
        "audit/log.html",
        {"page": page, "form": asked, "organisations": sorted(organisations)},
    )
