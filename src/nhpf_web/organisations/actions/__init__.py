"""Changes to organisations and memberships: each checks, changes and logs in one transaction."""

from nhpf_web.organisations.actions.accounts import (
    add_desk,
    appoint,
    framework_owner,
    invite,
    open_organisation,
)
from nhpf_web.organisations.actions.demonstration import demonstration_account, make_demonstration
from nhpf_web.organisations.actions.memberships import add_membership, remove_membership

__all__ = [
    "add_desk",
    "add_membership",
    "appoint",
    "demonstration_account",
    "framework_owner",
    "invite",
    "make_demonstration",
    "open_organisation",
    "remove_membership",
]
