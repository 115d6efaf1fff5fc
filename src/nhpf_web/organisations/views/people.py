"""My organisation, and adding and removing people."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from nhpf.errors import InvalidInput, NotPermitted
from nhpf_web.organisations import actions, queries
from nhpf_web.organisations.forms import AddPerson, RemoveRole
from nhpf_web.organisations.models import Organisation, User
from nhpf_web.organisations.rules import Right

MINE = [("My organisation", "/organisations/")]


@require_safe
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """Show one's organisations, one's roles in them and, to an administrator, the people."""
    user = cast(User, request.user)
    return render(request, "organisations/mine.html", {"work": queries.work_of(user)})


def _administered(request: HttpRequest, slug: str) -> Organisation:
    """Return an organisation whose people this user manages; else say that there is none."""
    user = cast(User, request.user)
    organisation = get_object_or_404(queries.visible_to(user), slug=slug)
    if not queries.may(user, Right.MANAGE_PEOPLE, organisation=slug):
        raise PermissionDenied
    return organisation


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a person a role."""
    organisation = _administered(request, slug)
    form = AddPerson(request.POST or None)
    if form.is_valid():
        try:
            user, is_new = actions.invite(
                **form.cleaned_data, organisation=organisation, by=cast(User, request.user)
            )
        except InvalidInput as fault:
            form.add_error("role", str(fault))
        else:
            return _added(request, user, organisation, is_new=is_new)
    context = {"form": form, "organisation": organisation, "trail": MINE}
    return render(request, "organisations/add.html", context)


def _added(
    request: HttpRequest, user: User, organisation: Organisation, *, is_new: bool
) -> HttpResponse:
    if not is_new:
        messages.success(request, f"{user} now has this role in {organisation}.")
        return redirect("organisations:mine")
    link = request.build_absolute_uri(queries.password_path(user))
    context = {"person": user, "organisation": organisation, "link": link, "trail": MINE}
    return render(request, "organisations/added.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def remove(request: HttpRequest, slug: str, membership_id: int) -> HttpResponse:
    """Take a role away, after asking."""
    organisation = _administered(request, slug)
    user = cast(User, request.user)
    membership = get_object_or_404(
        queries.memberships_visible_to(user), pk=membership_id, organisation=organisation
    )
    form = RemoveRole(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.remove_membership(membership, by=user, reason=form.cleaned_data["reason"])
        except NotPermitted as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{membership.user} is no longer {membership.role}.")
            return redirect(reverse("organisations:mine"))
    context = {"form": form, "membership": membership, "trail": MINE}
    return render(request, "organisations/remove.html", context)
