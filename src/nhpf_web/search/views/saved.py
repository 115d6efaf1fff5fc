"""The views that an organisation keeps: saving, following, deleting."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from nhpf.errors import InvalidInput
from nhpf_web.organisations.queries import Account
from nhpf_web.organisations.queries import visible_to as organisations_of
from nhpf_web.search import actions, queries
from nhpf_web.search.forms import SaveView
from nhpf_web.search.views.results import LONGEST_QUERY, query_of
from nhpf_web.what_works.rules import choose

TRAIL = [("Search", "/search/")]
SAVED_TRAIL = [*TRAIL, ("Saved views", "/search/views/")]
either = require_http_methods(["GET", "HEAD", "POST"])


def _account(request: HttpRequest) -> Account:
    return cast(Account, request.user)


@require_safe
@login_required
def saved(request: HttpRequest) -> HttpResponse:
    """List the views of one's organisations."""
    views = [
        {
            "view": view,
            "asks": in_words(view.query),
            "link": request.build_absolute_uri(reverse("search:follow", args=[view.reference])),
            "can_delete": queries.may_delete(_account(request), view),
        }
        for view in queries.visible_to(_account(request))
    ]
    return render(request, "search/saved.html", {"views": views, "trail": TRAIL})


def in_words(query: str) -> str:
    """Return what a search asks for as a reader would say it."""
    asked = QueryDict(query)
    labels = queries.facet_labels()
    chosen = choose(dict(asked.lists()), known=labels)
    ticked = [labels[name][value] for name, values in chosen.values.items() for value in values]
    words = f"“{asked['q']}”" if asked.get("q") else "everything"
    return f"{words}, only {'; '.join(ticked)}" if ticked else words


@either
@login_required
def save(request: HttpRequest) -> HttpResponse:
    """Keep the search in the address under a name."""
    if not organisations_of(_account(request)).exists():
        raise PermissionDenied
    asked = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    query = query_of(asked, choose(dict(request.GET.lists()), known=queries.facet_labels()))
    if not query:
        messages.info(request, "Search for something first, then save it.")
        return redirect("search:results")
    form = SaveView(request.POST or None, user=_account(request))
    if form.is_valid():
        try:
            view = actions.save_view(
                organisation=form.cleaned_data["organisation"].slug,
                name=form.cleaned_data["name"],
                query=query,
                by=_account(request),
            )
        except InvalidInput as fault:
            form.add_error("name", str(fault))
        else:
            messages.success(request, f"Saved: {view.name}.")
            return redirect("search:saved")
    context = {"form": form, "asks": in_words(query), "trail": SAVED_TRAIL}
    return render(request, "search/save.html", context)


@require_safe
@login_required
def follow(request: HttpRequest, reference: str) -> HttpResponse:
    """Lead from a view's link to its search; to those outside the organisation it is not there."""
    view = get_object_or_404(queries.visible_to(_account(request)), reference=reference)
    return redirect(f"{reverse('search:results')}?{view.query}")


@either
@login_required
def delete(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask whether a view is to go, and delete it."""
    view = get_object_or_404(queries.visible_to(_account(request)), reference=reference)
    if not queries.may_delete(_account(request), view):
        raise PermissionDenied
    if request.method == "POST":
        actions.delete_view(view, by=_account(request))
        messages.success(request, f"Deleted: {view.name}.")
        return redirect("search:saved")
    context = {"view": view, "asks": in_words(view.query), "trail": SAVED_TRAIL}
    return render(request, "search/delete.html", context)
