"""Saving and deleting an organisation's views; marking that published content changed."""

from __future__ import annotations

from secrets import randbits
from typing import Any

from django.db import transaction
from django.utils.crypto import get_random_string

from nhpf.errors import InvalidInput, NotPermitted
from nhpf_web.audit.actions import record
from nhpf_web.audit.rules import Verb
from nhpf_web.organisations.queries import Account
from nhpf_web.organisations.queries import visible_to as organisations_of
from nhpf_web.search.models import LONGEST_QUERY, Change, SavedView
from nhpf_web.search.queries import may_delete
from nhpf_web.what_works.queries import SUBJECT as PRACTICE
from nhpf_web.what_works.rules import OPEN

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@transaction.atomic
def save_view(*, organisation: str, name: str, query: str, by: Account) -> SavedView:
    """Keep a search under a name for the people of the organisation of this slug.

    Raises
    ------
    NotPermitted
        Where the person does not belong to the organisation.
    InvalidInput
        Where nothing is asked, too much is, or the organisation has a view of this name.
    """
    owner = organisations_of(by).filter(slug=organisation).first()
    if owner is None:
        raise NotPermitted("A view is saved for an organisation that you belong to.")
    if not query or len(query) > LONGEST_QUERY:
        raise InvalidInput(
            "This search cannot be saved.", next_step="Search for something shorter, then save it."
        )
    if SavedView.objects.filter(organisation=owner, name=name).exists():
        raise InvalidInput(
            f"{owner} has a view with the name “{name}”.", next_step="Choose another name."
        )
    view = SavedView.objects.create(
        # A link that nobody guesses; who may follow it is decided all the same.
        reference=f"view-{get_random_string(12, LETTERS)}",
        organisation=owner,
        name=name,
        query=query,
        saved_by=by,
    )
    _log(Verb.COLLECTION, view, by=by)
    return view


@transaction.atomic
def delete_view(view: SavedView, *, by: Account) -> None:
    """Delete a view.

    Raises
    ------
    NotPermitted
        Where the person neither saved it nor administers its organisation.
    """
    if not may_delete(by, view):
        raise NotPermitted(
            "This view is not yours to delete.",
            next_step="Ask who saved it, or an administrator of your organisation.",
        )
    _log(Verb.ERASURE, view, by=by)
    view.delete()


def mark_version(instance: Any, **_signal: Any) -> None:
    """Mark that a practice's version was written or deleted, unless it is still being worked on."""
    if instance.state not in OPEN:
        _mark()


def mark_assessment(instance: Any, **_signal: Any) -> None:
    """Mark that an assessment was written or deleted under which a practice may stand."""
    if instance.subject_kind == PRACTICE:
        _mark()


def mark_written(**_signal: Any) -> None:
    """Mark that something was written or deleted that may be public."""
    _mark()


def _mark() -> None:
    Change.objects.create(mark=randbits(31))


def _log(verb: Verb, view: SavedView, *, by: Account) -> None:
    record(
        verb,
        f"saved-view:{view.reference}",
        who=by.username,
        organisation=view.organisation.slug,
    )
