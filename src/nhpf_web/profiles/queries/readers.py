"""Who may read the restricted profile of a place."""

from __future__ import annotations

from nhpf_web.organisations.queries import Visitor, visible_to
from nhpf_web.organisations.rules import Role
from nhpf_web.profiles.queries.places import Place

RESTRICTED_READERS = (Role.ANALYST, Role.LEAD)


def organisations_reading(user: Visitor, place: Place) -> tuple[str, ...]:
    """Return the organisations of a place in which a user is analyst or lead; else none.

    The organisation is that of the place itself or of the force that the place lies in.
    """
    codes = {place.code}
    if place.kind == "local_authority":
        codes.add(place.area.parent)
    held = visible_to(user).filter(
        area_code__in=codes,
        memberships__user__username=user.get_username(),
        memberships__role__in=RESTRICTED_READERS,
    )
    return tuple(held.values_list("slug", flat=True).distinct())
