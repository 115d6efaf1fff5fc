"""Telling people: a notice is written inside the transaction of the act that it tells of."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from nhpf.errors import NotPermitted
from nhpf_web.audit.actions import record
from nhpf_web.audit.rules import Verb
from nhpf_web.organisations.models import Notice, User
from nhpf_web.organisations.queries import unread_of, visible_to
from nhpf_web.organisations.rules import SAID_ONCE, NoticeKind, check_notice


@transaction.atomic
def notify(
    people: Iterable[User], kind: NoticeKind, text: str, *, address: str, but: User | None = None
) -> int:
    """Tell people something, in the transaction of whoever calls.

    Parameters
    ----------
    people : iterable of User
        Each is told once; who has the same notice unread is not told again.
    kind : NoticeKind
    text : str
        One sentence with the title of what it is about and no word about a person.
    address : str
        The page of this service that it is about; the page itself checks who may read it.
    but : User, optional
        Who acted, and knows.

    Returns
    -------
    int
        How many were told.

    Raises
    ------
    InvalidInput
        Where the text is empty or too long, or the address leads elsewhere.
    """
    check_notice(text, address=address)
    told = {one.pk for one in people if but is None or one.pk != but.pk}
    held = Notice.objects.filter(kind=kind, text=text, address=address, user__in=told)
    if kind not in SAID_ONCE:
        held = held.filter(read_at__isnull=True)
    told -= set(held.values_list("user", flat=True))
    # Somebody else may tell them the same at this moment: that is no fault.
    Notice.objects.bulk_create(
        [Notice(user_id=one, kind=kind, text=text, address=address) for one in sorted(told)],
        ignore_conflicts=True,
    )
    return len(told)


@transaction.atomic
def mark_read(user: User, notices: QuerySet[Notice]) -> int:
    """Mark those of these notices that are this person's own as read; return how many."""
    return unread_of(user).filter(pk__in=notices.values("pk")).update(read_at=timezone.now())


@transaction.atomic
def choose_email(user: User, *, address: str) -> None:
    """Have notices sent to this address, or to none where it is empty.

    Raises
    ------
    NotPermitted
        Where the person belongs to no organisation: nobody would be told of anything.
    """
    home = visible_to(user).first()
    if home is None:
        raise NotPermitted("Only people of an organisation get notices.")
    user.email, user.is_emailed = address, bool(address)
    user.save(update_fields=["email", "is_emailed"])
    record(
        Verb.ALTERATION,
        f"account:{user.username}",
        who=user.username,
        organisation=home.slug,
        reason="Notices by e-mail" if address else "No notices by e-mail",
    )
