"""What an organisation found about signals: for its own people only."""

from __future__ import annotations

from django.db.models import QuerySet

from nhpf_web.organisations import queries as organisations
from nhpf_web.organisations.queries import Visitor
from nhpf_web.profiles.models import LookedAt, SignalDigest


def visible_to(user: Visitor) -> QuerySet[LookedAt]:
    """Return the findings of the organisations that a user belongs to."""
    own = organisations.visible_to(user)
    return LookedAt.objects.filter(organisation__in=own).select_related("organisation", "looked_by")


def found_about(user: Visitor, signal: str) -> QuerySet[LookedAt]:
    """Return what one's own organisations found about a signal."""
    return visible_to(user).filter(signal=signal)


def findings_by_signal(user: Visitor) -> dict[str, list[LookedAt]]:
    """Return one's own organisations' findings by the id of the signal."""
    found: dict[str, list[LookedAt]] = {}
    for each in visible_to(user):
        found.setdefault(each.signal, []).append(each)
    return found


def digests_visible_to(user: Visitor) -> QuerySet[SignalDigest]:
    """Return which of one's own organisations get signals by e-mail."""
    own = organisations.visible_to(user)
    return SignalDigest.objects.filter(organisation__in=own).select_related("organisation")


def digests() -> QuerySet[SignalDigest]:
    """Return every organisation that asked, for the command that sends."""
    return SignalDigest.objects.select_related("organisation")
