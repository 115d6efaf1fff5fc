"""Adding to the log; called inside the transaction of the act that is logged."""

from __future__ import annotations

from nhpf_web.audit.models import Entry
from nhpf_web.audit.rules import Verb, check_entry


def record(
    verb: Verb,
    subject: str,
    *,
    who: str,
    organisation: str,
    recipient: str = "",
    reason: str = "",
) -> None:
    """Write one entry: ``who``, of ``organisation``, did ``verb`` to ``subject``.

    Parameters
    ----------
    verb : Verb
        One of the six.
    subject : str
        The record's kind and id, as "assessment:eia-2026"; never a value of a row.
    who : str
        The user's name for signing in, or the command that acted.
    organisation : str
        The organisation's slug.
    recipient : str, optional
        Who received the record, where it was disclosed.
    reason : str, optional
        The user's own words, at most 200 characters; never inferred.
    """
    check_entry(who=who, organisation=organisation, subject=subject, reason=reason)
    Entry.objects.create(
        verb=verb,
        subject=subject,
        who=who,
        organisation=organisation,
        recipient=recipient,
        reason=reason,
    )
