"""Notices by e-mail, to those who asked: titles and addresses in one message, nothing else."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from nhpf_web.organisations.actions.mailing import send_each
from nhpf_web.organisations.models import Notice, User
from nhpf_web.organisations.queries import unread_of

END = "You get this because you asked for it. To stop it: "


def send_digests() -> tuple[int, int]:
    """Send each person who asked what they have not read and were not sent before.

    Returns
    -------
    tuple of int
        How many messages were handed over, and how many could not be: those go the next time.

    Raises
    ------
    NotPermitted
        Where this installation has no way of outgoing e-mail.
    """
    return send_each(User.objects.filter(is_emailed=True, is_active=True).order_by("pk"), _send)


@transaction.atomic
def _send(user: User) -> bool:
    # Held still, so that a second run at the same moment does not send them again.
    due = list(unread_of(user).filter(sent_at__isnull=True).select_for_update().order_by("pk"))
    if not due:
        return False
    Notice.objects.filter(pk__in=[one.pk for one in due]).update(sent_at=timezone.now())
    count = len(due)
    subject = f"National Homicide Prevention Framework: {count} notice{'s' * (count > 1)}"
    EmailMessage(subject, _text(due), to=[user.email]).send()
    return True


def _text(due: list[Notice]) -> str:
    lines = [f"{one.text}\n{settings.NHPF_ADDRESS}{one.address}\n" for one in due]
    return "\n".join((*lines, f"{END}{settings.NHPF_ADDRESS}/organisations/notices/by-e-mail/\n"))
