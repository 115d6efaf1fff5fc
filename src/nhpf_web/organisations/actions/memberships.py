"""Adding and removing one role of one person."""

from __future__ import annotations

from django.db import transaction

from nhpf.errors import InvalidInput
from nhpf_web.audit.actions import record
from nhpf_web.audit.rules import Verb
from nhpf_web.organisations.models import Membership, Organisation, User
from nhpf_web.organisations.queries import administrators_of, roles_of
from nhpf_web.organisations.rules import Right, check_allows, check_can_remove


@transaction.atomic
def add_membership(
    user: User, organisation: Organisation, role: str, *, by: User, reason: str = ""
) -> Membership:
    """Give a person a role.

    Raises
    ------
    NotPermitted
        Where ``by`` is no administrator of this organisation.
    InvalidInput
        Where the person holds the role already.
    """
    check_allows(roles_of(by, organisation.slug), Right.MANAGE_PEOPLE)
    membership, is_new = Membership.objects.get_or_create(
        user=user, organisation=organisation, role=role
    )
    if not is_new:
        raise InvalidInput("This person has this role already.")
    _log(Verb.COLLECTION, membership, by=by, reason=reason)
    return membership


@transaction.atomic
def remove_membership(membership: Membership, *, by: User, reason: str = "") -> None:
    """Take a role away.

    Raises
    ------
    NotPermitted
        Where ``by`` is no administrator of this organisation, or nobody would be left who is.
    """
    organisation = Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    check_allows(roles_of(by, organisation.slug), Right.MANAGE_PEOPLE)
    check_can_remove(membership.role, holders=administrators_of(organisation))
    _log(Verb.ERASURE, membership, by=by, reason=reason)
    membership.delete()


def _log(verb: Verb, membership: Membership, *, by: User, reason: str) -> None:
    record(
        verb,
        f"membership:{membership.user.username}:{membership.role}",
        who=by.username,
        organisation=membership.organisation.slug,
        reason=reason,
    )
