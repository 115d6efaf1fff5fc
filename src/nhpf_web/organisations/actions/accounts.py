"""Opening organisations and accounts."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.text import slugify

from nhpf_web.audit.actions import record
from nhpf_web.audit.rules import Verb
from nhpf_web.organisations.actions.memberships import add_membership
from nhpf_web.organisations.models import Membership, Organisation, User
from nhpf_web.organisations.queries import roles_of
from nhpf_web.organisations.rules import OWNER_SLUG, Kind, Right, check_allows

COMMAND_LINE = "command line"
OWNER_NAME = "NPCC Homicide Prevention"


@transaction.atomic
def open_organisation(
    slug: str, *, name: str, kind: str, area_code: str = "", is_demonstration: bool = False
) -> Organisation:
    """Return the organisation of this slug, opened first where there is none."""
    organisation, is_new = Organisation.objects.get_or_create(
        slug=slug,
        defaults={
            "name": name,
            "kind": kind,
            "area_code": area_code,
            "is_demonstration": is_demonstration,
        },
    )
    if is_new:
        record(Verb.COLLECTION, f"organisation:{slug}", who=COMMAND_LINE, organisation=slug)
    return organisation


@transaction.atomic
def appoint(username: str, organisation: Organisation, role: str) -> User:
    """Give a role from the command line, where the right to do so is that of the machine.

    Returns
    -------
    User
        A new account has no password until its link is used.
    """
    user = _account(username)
    _, is_new = Membership.objects.get_or_create(user=user, organisation=organisation, role=role)
    if is_new:
        record(
            Verb.COLLECTION,
            f"membership:{user.username}:{role}",
            who=COMMAND_LINE,
            organisation=organisation.slug,
        )
    return user


@transaction.atomic
def invite(
    username: str, organisation: Organisation, role: str, *, by: User, full_name: str, reason: str
) -> tuple[User, bool]:
    """Give a role to a person; a person without an account gets one without a password.

    Returns
    -------
    tuple
        The person, and whether the account is new. Only then may ``by`` see the link that sets
        its password: an account that exists may belong to somebody of another organisation.

    Raises
    ------
    NotPermitted
        Where ``by`` is no administrator of this organisation.
    InvalidInput
        Where the person holds the role already.
    """
    check_allows(roles_of(by, organisation.slug), Right.MANAGE_PEOPLE)
    is_new = not User.objects.filter(username__iexact=username).exists()
    user = _account(username, full_name=full_name)
    add_membership(user, organisation, role, by=by, reason=reason)
    return user, is_new


def framework_owner() -> Organisation:
    """Return the organisation that answers for the framework, opened first if need be."""
    return open_organisation(OWNER_SLUG, name=OWNER_NAME, kind=Kind.NPCC_PORTFOLIO)


@transaction.atomic
def add_desk(name: str) -> User:
    """Return the account of a drafting desk, which nobody can sign in as."""
    # No person's account begins so: a person's name holds no colon.
    username = f"desk:{slugify(name)}"
    desk, _ = User.objects.get_or_create(
        username=username, defaults={"first_name": name[:150], "password": make_password(None)}
    )
    return desk


def _account(username: str, *, full_name: str = "") -> User:
    user = User.objects.filter(username__iexact=username).first()
    if user is None:
        first, _, last = full_name.partition(" ")
        user = User(username=username, first_name=first[:150], last_name=last[:150])
        user.set_unusable_password()
        user.full_clean(exclude=["password"])
        user.save()
    return user
