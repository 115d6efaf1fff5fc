"""What every act on the register does: number it, hold it still, check, move, log, tell."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from nhpf.errors import InvalidInput, PersonalData
from nhpf.records.importing.screening import personal_value
from nhpf_web.audit.actions import record
from nhpf_web.audit.rules import LONGEST_REASON, Verb
from nhpf_web.organisations.actions import notify
from nhpf_web.organisations.queries import Account
from nhpf_web.organisations.queries import visible_to as organisations_of
from nhpf_web.organisations.rules import NoticeKind
from nhpf_web.what_works.models import Registered
from nhpf_web.what_works.queries import research as queries
from nhpf_web.what_works.rules.research.moves import Move, Moves

Record = TypeVar("Record", bound=Registered)
State = TypeVar("State", bound=StrEnum)
Act = TypeVar("Act", bound=StrEnum)
SUBJECT = ("title", "area", "subtype", "level")
LONGEST_IN_A_NOTICE = 90


def registered(
    model: type[Record], organisation: Any, values: Mapping[str, Any], *, by: Account
) -> Record:
    """Write a new record under the next number of its kind."""
    fields = {**values, "organisation": organisation, "begun_by": by}
    try:
        with transaction.atomic():
            return _numbered(model, fields)
    except IntegrityError:
        # Somebody registered another at the same moment: its number is known by now.
        return _numbered(model, fields)


def _numbered(model: type[Record], fields: Mapping[str, Any]) -> Record:
    highest = model._default_manager.aggregate(highest=Max("number"))["highest"] or 0
    return model._default_manager.create(number=highest + 1, **fields)


def own_organisation(slug: str, *, by: Account) -> Any:
    """Return the organisation of this slug, to which the person belongs."""
    return organisations_of(by).get(slug=slug)


def held_still(held: Record) -> Record:
    """Return a record held still until the transaction ends."""
    manager = type(held)._default_manager
    fresh = manager.select_for_update(of=("self",)).select_related("organisation")
    return fresh.get(pk=held.pk)


def move_of(
    held: Registered, moves: Moves[State, Act], state: State, act: Act, *, by: Account
) -> Move[State, Act]:
    """Return the move that a person makes with a record.

    Raises
    ------
    NotPermitted
        Where the table has no such move for its state and the person's parts.
    """
    return moves.find(state, act, by=queries.parts_of(by, held))


def log(held: Registered, verb: Verb, *, by: Account, reason: str = "") -> None:
    """Add to the log of the record's organisation what somebody did to it."""
    record(
        verb,
        f"research:{held.reference}",
        who=by.username,
        organisation=held.organisation.slug,
        reason=reason[:LONGEST_REASON],
    )


def decided(held: Registered, reason: str, *, by: Account) -> None:
    """Set who decided on a record, when and why, and tell whoever put it in."""
    held.reason, held.decided_by, held.decided_on = reason, by, timezone.localdate()
    tell(held, by=by)


def tell(held: Registered, *, by: Account) -> None:
    """Tell whoever put a record in that something was decided about it."""
    title = held.title[:LONGEST_IN_A_NOTICE]
    notify(
        [held.begun_by], NoticeKind.DECIDED, f"Research: a decision on “{title}”.",
        address=held.path, but=by,
    )  # fmt: skip


def words(text: object, *, what: str, longest: int = 5000) -> str:
    """Return a person's own words, stripped.

    Raises
    ------
    InvalidInput
        Where there are none, or too many.
    PersonalData
        Where they point to a person.
    """
    said = str(text or "").replace("\r\n", "\n").strip()
    if not said:
        raise InvalidInput(f"Say {what}.")
    if len(said) > longest:
        raise InvalidInput(f"At most {longest} characters: {what}.")
    check_nobody(said)
    return said


def check_nobody(text: str) -> None:
    """Refuse words that point to a person.

    Raises
    ------
    PersonalData
    """
    if found := personal_value(text):
        raise PersonalData(
            f"The text seems to hold {found}.", next_step="Describe roles and groups, not people."
        )


def subject(values: Mapping[str, Any]) -> dict[str, str]:
    """Return title, area of focus, sub-type and level as they are kept.

    Raises
    ------
    InvalidInput
        Where there is no title, or one of the others is not known.
    """
    held = {name: str(values.get(name) or "") for name in SUBJECT}
    held["title"] = words(held["title"], what="a title", longest=200)
    for name, offered in queries.subjects().items():
        if held[name] and held[name] not in offered:
            raise InvalidInput(f"There is no {name} “{held[name][:40]}”.")
    return held
