"""Made-up people of every role, so that a newcomer can see each one's pages."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from nhpf.errors import NotPermitted
from nhpf_web.organisations.actions.accounts import OWNER_NAME, appoint, open_organisation
from nhpf_web.organisations.models import Organisation, User
from nhpf_web.organisations.rules import OWNER_SLUG, Kind, Role


@dataclass(frozen=True, slots=True)
class Cast:
    """An organisation of the demonstration and who plays which role in it."""

    slug: str
    name: str
    kind: Kind
    roles: tuple[Role, ...]
    area_code: str = ""
    # Stands in the names of its accounts, where others play the same roles elsewhere.
    label: str = ""


CASTS = (
    Cast(
        OWNER_SLUG,
        OWNER_NAME,
        Kind.NPCC_PORTFOLIO,
        (
            Role.EDITOR,
            Role.EQUALITY_LEAD,
            Role.ASSESSOR,
            Role.DATA_STEWARD,
            Role.ADMINISTRATOR,
            Role.AUDITOR,
        ),
    ),
    Cast(
        "metropolitan-police",
        "Metropolitan Police Service",
        Kind.FORCE,
        (Role.ANALYST, Role.LEAD, Role.CONTRIBUTOR, Role.READER),
        area_code="E23000001",
    ),
    Cast("london-vru", "London’s Violence Reduction Unit", Kind.VRU, (Role.PARTNER,)),
    Cast("london-mopac", "Mayor’s Office for Policing and Crime", Kind.PCC, (Role.COMMISSIONER,)),
    Cast("university", "A university", Kind.ACADEMIA, (Role.RESEARCHER,)),
    Cast("inspectorate", "HMICFRS", Kind.INSPECTORATE, (Role.INSPECTOR,)),
    # Made-up bodies, so that no real one seems to have written the example practices.
    Cast(
        "example-constabulary",
        "Example Constabulary (made up)",
        Kind.FORCE,
        (Role.CONTRIBUTOR, Role.EQUALITY_LEAD),
        label="example",
    ),
    Cast(
        "second-constabulary",
        "Second Constabulary (made up)",
        Kind.FORCE,
        (Role.CONTRIBUTOR, Role.LEAD),
        label="second",
    ),
    Cast(
        "second-university",
        "Second University (made up)",
        Kind.ACADEMIA,
        (Role.ASSESSOR,),
        label="second",
    ),
    Cast(
        "third-university",
        "Third University (made up)",
        Kind.ACADEMIA,
        (Role.ASSESSOR,),
        label="third",
    ),
    Cast(
        "families",
        "Families’ Voice (made up)",
        Kind.FAMILIES,
        (Role.PARTNER,),
        label="families",
    ),
)


@dataclass(frozen=True, slots=True)
class DemonstrationAccount:
    """One account as the command prints it."""

    username: str
    role: str
    organisation: str


@transaction.atomic
def make_demonstration(*, renew: bool = False) -> tuple[tuple[DemonstrationAccount, ...], str]:
    """Make an account for every role, all with one new password.

    Parameters
    ----------
    renew : bool
        Whether accounts that exist get a new password.

    Returns
    -------
    tuple
        The accounts, and the password: empty where it was printed before and not renewed.

    Raises
    ------
    NotPermitted
        In production.
    """
    if settings.NHPF_IS_PRODUCTION:
        raise NotPermitted("Demonstration accounts are refused where NHPF_ENV is production.")
    password = secrets.token_urlsafe(12)
    # One hash for all: hashing is slow on purpose, and these accounts protect nothing.
    hashed = make_password(password)
    accounts, is_new = [], False
    for cast in CASTS:
        organisation = open_organisation(
            cast.slug,
            name=cast.name,
            kind=cast.kind,
            area_code=cast.area_code,
            is_demonstration=True,
        )
        for role in cast.roles:
            name = _username(role, cast.label)
            is_new |= _play(name, role, organisation, hashed=hashed, renew=renew)
            accounts.append(DemonstrationAccount(name, role, organisation.name))
    return tuple(accounts), password if is_new or renew else ""


def _username(role: Role, label: str = "") -> str:
    return "-".join(filter(None, ("demo", label, role.replace(" ", "-"))))


def _play(name: str, role: Role, organisation: Organisation, *, hashed: str, renew: bool) -> bool:
    """Make or renew one account; return whether its password is the new one."""
    user = appoint(name, organisation, role)
    if user.is_demonstration and not renew:
        return False
    user.first_name, user.last_name = "Demonstration", role
    user.is_demonstration = True
    user.password = hashed
    user.save()
    return True


def demonstration_account(role: Role, *, label: str = "") -> User | None:
    """Return the demonstration account of a role, or None where there is none."""
    return User.objects.filter(username=_username(role, label), is_demonstration=True).first()
