"""Who asks, and which practice and version they mean; to those who may not see it there is none."""

from __future__ import annotations

from typing import cast

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.datastructures import MultiValueDict

from nhpf_web.organisations.queries import Account, Visitor
from nhpf_web.what_works import queries
from nhpf_web.what_works.models import Practice, Version
from nhpf_web.what_works.rules import Act

Trail = list[tuple[str, str]]
PRACTICES: Trail = [("What works", "/what-works/"), ("Practices", "/what-works/practices/")]


def visitor(request: HttpRequest) -> Visitor:
    """Return who asks."""
    return request.user


def account(request: HttpRequest) -> Account:
    """Return who has signed in."""
    return cast(Account, request.user)


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what a form sent, empty or not; None where the page was only asked for."""
    return request.POST if request.method == "POST" else None


def sent_files(request: HttpRequest) -> MultiValueDict[str, UploadedFile] | None:
    """Return the files that a form sent; None where the page was only asked for."""
    return request.FILES if request.method == "POST" else None


def find(name: str) -> Practice:
    """Return the practice of a permanent id."""
    practice = queries.practice_with(name)
    if practice is None:
        raise Http404
    return practice


def find_version(request: HttpRequest, practice: Practice, number: int) -> Version:
    """Return a version that the visitor may read."""
    versions = queries.visible_to(visitor(request)).filter(practice=practice)
    return get_object_or_404(versions, number=number)


def version_for(request: HttpRequest, practice: Practice, act: Act) -> Version:
    """Return the version to which the user may do this now; of several, the newest."""
    versions = queries.visible_to(visitor(request)).filter(practice=practice).order_by("-number")
    if not versions:
        raise Http404
    for version in versions:
        if act in queries.acts_of(visitor(request), version):
            return version
    raise PermissionDenied(
        f"Now the practice is: {versions[0].standing_words.lower()}. "
        "What you asked for is not open to you in that state; its page shows what is."
    )


def trail_to(version: Version) -> Trail:
    """Return the breadcrumbs of a page under a practice."""
    return [*PRACTICES, (version.title, f"/what-works/{version.practice.permanent_id}/")]
