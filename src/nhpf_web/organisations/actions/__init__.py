"""Changes to organisations and memberships: each checks, changes and logs in one transaction."""

from nhpf_web.organisations.actions.accounts import (
    add_desk,
    appoint,
    framework_owner,
    invite,
    open_organisation,
)
from nhpf_web.organisations.actions.demonstration import demonstration_account, make_demonstration
from nhpf_web.organisations.actions.digests import send_digests
from nhpf_web.organisations.actions.mailing import send_each
from nhpf_web.organisations.actions.memberships import add_membership, remove_membership
from nhpf_web.organisations.actions.notices import choose_email, mark_read, notify

__all__ = [
    "add_desk",
    "add_membership",
    "appoint",
    "choose_email",
    "demonstration_account",
    "framework_owner",
    "invite",
    "make_demonstration",
    "mark_read",
    "notify",
    "open_organisation",
    "remove_membership",
    "send_digests",
    "send_each",
]
