"""Send e-mails one by one: what the mail server refuses goes the next time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.conf import settings

from nhpf.errors import NotPermitted

One = TypeVar("One")


def send_each(due: Iterable[One], send: Callable[[One], int]) -> tuple[int, int]:
    """Send what is due to each, and go on where one cannot be handed over.

    Parameters
    ----------
    due : iterable
        To whom, or what, something may be due.
    send : callable
        Sends what is due to one, and returns how many messages that were.

    Returns
    -------
    tuple of int
        How many messages were handed over, and for how many they could not be.

    Raises
    ------
    NotPermitted
        Where this installation has no way of outgoing e-mail.
    """
    if not settings.NHPF_SENDS_EMAIL:
        raise NotPermitted(
            "This installation sends no e-mail.",
            next_step="Set NHPF_EMAIL_URL and NHPF_EMAIL_FROM.",
        )
    sent = failed = 0
    for one in due:
        try:
            sent += send(one)
        except OSError:  # the mail server's refusals are of this kind too
            failed += 1
    return sent, failed
