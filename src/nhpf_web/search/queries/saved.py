"""Reading saved views: only through ``visible_to``."""

from __future__ import annotations

from django.db.models import QuerySet

from nhpf_web.organisations import queries as organisations
from nhpf_web.organisations.queries import Visitor, may
from nhpf_web.organisations.rules import Right
from nhpf_web.search.models import SavedView


def visible_to(user: Visitor) -> QuerySet[SavedView]:
    """Return the views that a user's organisations keep; nobody's is empty."""
    own = organisations.visible_to(user)
    return SavedView.objects.filter(organisation__in=own).select_related("organisation", "saved_by")


def may_delete(user: Visitor, view: SavedView) -> bool:
    """Whether a user may delete a view: who saved it, or an administrator of its organisation."""
    is_inside = organisations.visible_to(user).filter(pk=view.organisation_id).exists()
    is_own = is_inside and view.saved_by_id == user.pk
    return is_own or may(user, Right.MANAGE_PEOPLE, organisation=view.organisation.slug)
