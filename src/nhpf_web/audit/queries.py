"""Reading the log."""

from __future__ import annotations

from django.db.models import QuerySet

from nhpf_web.audit.models import Entry
from nhpf_web.audit.rules import Reader, Verb, organisations_read_by


def visible_to(user: Reader) -> QuerySet[Entry]:
    """Return the entries that a user may read: those of organisations where they are auditor."""
    return Entry.objects.filter(organisation__in=organisations_read_by(user))


def log_of(user: Reader, *, verb: str = "", subject: str = "", who: str = "") -> QuerySet[Entry]:
    """Return the entries that a user may read and asked for."""
    entries = visible_to(user)
    if verb in set(Verb):
        entries = entries.filter(verb=verb)
    if subject:
        entries = entries.filter(subject__icontains=subject)
    if who:
        entries = entries.filter(who__icontains=who)
    return entries
