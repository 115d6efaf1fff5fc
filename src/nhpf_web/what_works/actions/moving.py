"""What every act on a version does first and last: hold it still, check, move, write the log."""

from __future__ import annotations

from nhpf.errors import InvalidInput, PersonalData
from nhpf.records.importing.screening import personal_value
from nhpf_web.audit.actions import record
from nhpf_web.audit.rules import Verb
from nhpf_web.organisations.queries import Account
from nhpf_web.what_works import queries
from nhpf_web.what_works.models import Version
from nhpf_web.what_works.rules import Act, Move, State, move_of

LONGEST_REASON = 170


def held_for(version: Version, act: Act, *, by: Account) -> tuple[Version, Move]:
    """Return a version held still until the transaction ends, and the move that this person makes.

    Raises
    ------
    NotPermitted
        Where the table has no such move for the version's state and the person's parties.
    """
    held = Version.objects.select_for_update(of=("self",)).select_related(
        "practice__organisation"
    ).get(pk=version.pk)  # fmt: skip
    return held, move_of(held.standing, act, by=queries.parties_of(by, held))


def lead(held: Version, move: Move, *, to: State | None = None) -> None:
    """Bring a version where its move leads, and save it."""
    target = to or move.to[0]
    assert target in move.to, f"{move.act} does not lead to {target}"
    held.state = State.PUBLISHED if target == State.REVIEW_DUE else target
    held.save()


def log(
    held: Version, verb: Verb, *, by: Account, reason: str = "", organisation: str = ""
) -> None:
    """Add to the log what somebody did to a version.

    It stands in the log of the practice's organisation unless another's is given: who assesses
    stands in that of the framework's owner, so that owners of practices do not read the names.
    """
    record(
        verb,
        f"practice:{held.label}",
        who=by.username,
        organisation=organisation or held.practice.organisation.slug,
        reason=reason[:200],
    )


def said(text: str, *, what: str) -> str:
    """Return a person's own words, stripped.

    Raises
    ------
    InvalidInput
        Where there are none.
    PersonalData
        Where they point to a person.
    """
    words = text.strip()
    if not words:
        raise InvalidInput(f"Say {what}.")
    if found := personal_value(words):
        raise PersonalData(
            f"The text seems to hold {found}.", next_step="Describe roles and groups, not people."
        )
    return words
