"""The writes of this app: that a restricted profile was looked at, or that a file left."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from nhpf_web.audit.actions import record
from nhpf_web.audit.rules import Verb
from nhpf_web.profiles.queries import Place


@transaction.atomic
def consult(place: Place, *, what: str, by: AbstractBaseUser, organisation: str) -> None:
    """Write to the log that ``by`` looked at a part of a place's restricted profile."""
    who = by.get_username()
    record(Verb.CONSULTATION, _subject(place, what), who=who, organisation=organisation)


@transaction.atomic
def consult_table(release: str, table: str, *, by: AbstractBaseUser, organisation: str) -> None:
    """Write to the log that ``by`` looked at where a restricted table comes from."""
    subject = f"table:{release}:{table}"
    record(Verb.CONSULTATION, subject, who=by.get_username(), organisation=organisation)


@transaction.atomic
def disclose(place: Place, *, what: str, by: AbstractBaseUser, organisation: str) -> None:
    """Write to the log that a file of a place's restricted profile was given to ``by``."""
    who = by.get_username()
    record(
        Verb.DISCLOSURE, _subject(place, what), who=who, organisation=organisation, recipient=who
    )


@transaction.atomic
def give(
    place: Place, *, what: str, to: str, why: str, by: AbstractBaseUser, organisation: str
) -> None:
    """Write to the log that ``by`` gave a restricted document ``to`` somebody, and ``why``."""
    record(
        Verb.DISCLOSURE,
        _subject(place, what),
        who=by.get_username(),
        organisation=organisation,
        recipient=to,
        reason=why,
    )


def _subject(place: Place, what: str) -> str:
    return f"profile:{place.code}:restricted:{what}"
