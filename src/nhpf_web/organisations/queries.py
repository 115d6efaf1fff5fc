"""Reading organisations, people and roles: only through ``visible_to``."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.urls import reverse

from nhpf_web.organisations.models import Membership, Notice, Organisation, User
from nhpf_web.organisations.rules import (
    HOLDERS,
    OWNER_SLUG,
    ROLE_MEANINGS,
    SPEAK_FOR_OTHERS,
    Right,
    Role,
    allows,
    check_allows,
)

Account = User
Visitor = Account | AnonymousUser


def visible_to(user: Visitor) -> QuerySet[Organisation]:
    """Return the organisations that a user belongs to; nobody's is empty."""
    if not isinstance(user, User):
        return Organisation.objects.none()
    return Organisation.objects.filter(memberships__user=user).distinct()


def memberships_visible_to(user: Visitor) -> QuerySet[Membership]:
    """Return one's own memberships and, for an administrator, the whole organisation's."""
    if not isinstance(user, User):
        return Membership.objects.none()
    administered = user.organisations_as(Role.ADMINISTRATOR)
    own = Membership.objects.filter(user=user)
    others = Membership.objects.filter(organisation__slug__in=administered)
    return (own | others).select_related("user", "organisation").distinct()


def roles_of(user: Visitor, organisation: str) -> frozenset[str]:
    """Return the roles that a user holds in the organisation of this slug."""
    if not isinstance(user, User):
        return frozenset()
    held = Membership.objects.filter(user=user, organisation__slug=organisation)
    return frozenset(held.values_list("role", flat=True))


def may(user: Visitor, right: Right, *, organisation: str) -> bool:
    """Whether a user may do this in the organisation of this slug."""
    return allows(roles_of(user, organisation), right)


def check_may(user: Visitor, right: Right, *, organisation: str) -> None:
    """Refuse what a user may not do in the organisation of this slug.

    Raises
    ------
    NotPermitted
        With the roles that would allow it.
    """
    check_allows(roles_of(user, organisation), right)


def organisations_where(user: Visitor, right: Right) -> QuerySet[Organisation]:
    """Return the organisations in which a user may do this."""
    if not isinstance(user, User):
        return Organisation.objects.none()
    held = Membership.objects.filter(user=user, role__in=HOLDERS[right])
    return visible_to(user).filter(memberships__in=held)


def is_framework_editor(user: Visitor) -> bool:
    """Whether a user edits what the framework's owner publishes."""
    return may(user, Right.PUBLISH_PRACTICE, organisation=OWNER_SLUG)


def communities_of(user: Visitor) -> QuerySet[Organisation]:
    """Return the organisations of communities and of families for which a user speaks."""
    return visible_to(user).filter(kind__in=SPEAK_FOR_OTHERS)


def assessors_outside(organisation: str) -> QuerySet[User]:
    """Return the people who may assess and do not belong to the organisation of this slug."""
    assessing = Membership.objects.filter(role__in=HOLDERS[Right.ASSESS_PRACTICE])
    inside = Membership.objects.filter(organisation__slug=organisation)
    everybody = User.objects.filter(is_active=True, pk__in=assessing.values("user"))
    return everybody.exclude(pk__in=inside.values("user")).order_by("username")


def organisations_of(person: User) -> list[str]:
    """Return the names of the organisations that a person belongs to."""
    held = Organisation.objects.filter(memberships__user=person).distinct().order_by("name")
    return list(held.values_list("name", flat=True))


def taking_part() -> QuerySet[Organisation]:
    """Return every organisation: that a body takes part is no secret, what it keeps is."""
    return Organisation.objects.all()


def administrators_of(organisation: Organisation) -> int:
    """Return how many people can add people."""
    return organisation.memberships.filter(role=Role.ADMINISTRATOR).count()


def work_of(user: User) -> list[dict[str, Any]]:
    """Return each organisation of a user with the roles held there and, if allowed, its people."""
    memberships = list(memberships_visible_to(user))
    work = []
    for organisation in visible_to(user):
        there = [entry for entry in memberships if entry.organisation_id == organisation.pk]
        own = [Role(entry.role) for entry in there if entry.user_id == user.pk]
        is_administered = allows(own, Right.MANAGE_PEOPLE)
        work.append(
            {
                "organisation": organisation,
                "own": [(role, ROLE_MEANINGS[role]) for role in own],
                "people": there if is_administered else [],
                "is_administered": is_administered,
            }
        )
    return work


def password_path(user: User) -> str:
    """Return the address at which a person sets a first password; it works once, for three days."""
    key = default_token_generator.make_token(user)
    return reverse(
        "account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key}
    )


def account(username: str) -> User | None:
    """Return the account that signs in with this name, for the command line."""
    return User.objects.filter(username__iexact=username).first()


def people_who_may(right: Right, *, organisation: str) -> QuerySet[User]:
    """Return the people who may do this in the organisation of this slug."""
    held = Membership.objects.filter(organisation__slug=organisation, role__in=HOLDERS[right])
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("username")


def people_of(organisation: str) -> QuerySet[User]:
    """Return everybody who belongs to the organisation of this slug."""
    held = Membership.objects.filter(organisation__slug=organisation)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("username")


def notices_of(user: Visitor) -> QuerySet[Notice]:
    """Return a person's own notices, the newest first; nobody reads another's."""
    return Notice.objects.filter(user=user) if isinstance(user, User) else Notice.objects.none()


def unread_of(user: Visitor) -> QuerySet[Notice]:
    """Return a person's own notices that were not marked as read, the newest first."""
    return notices_of(user).filter(read_at__isnull=True)
