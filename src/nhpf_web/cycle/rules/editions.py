"""When an edition may be frozen, which revision counts on a day, and the parts of an entry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from nhpf.errors import InvalidInput, NotPermitted


class Standing(StrEnum):
    """Whether an edition is still written or stands for ever."""

    DRAFT = "draft"
    FROZEN = "frozen"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an entry: a page of its form."""

    slug: str
    title: str
    why: str


ENTRY_PARTS = (
    Part("words", "Words", "What readers see first. Markdown is allowed in the longer texts."),
    Part(
        "links", "Links", "A link is said once, here or on the other side; readers see it on both."
    ),
    Part("facts", "Facts", "One fact a line, with the id of its source in square brackets."),
    Part("evidence", "Evidence", "How strong it is, its harms and its cost."),
    Part("emmie", "EMMIE", "What is known of each of the five parts, and how good that is."),
    Part(
        "keeping", "Who keeps it", "An entry without an owner and a review date grows old unseen."
    ),
)


def entry_part(slug: str) -> Part | None:
    """Return the part with this name, or None."""
    return next((part for part in ENTRY_PARTS if part.slug == slug), None)


class Dated(Protocol):
    """A revision, as far as its day matters."""

    @property
    def publish_on(self) -> date | None:
        """The day from which it counts; None until somebody says."""


Held = TypeVar("Held", bound=Dated)


def in_edition(revisions: Sequence[Held], *, published: date) -> Held | None:
    """Return the revision that an edition takes: the last that is not scheduled for later."""
    ready = [one for one in revisions if one.publish_on is None or one.publish_on <= published]
    return ready[-1] if ready else None


def shown_on(revisions: Sequence[Held], *, on: date, since: date) -> Held | None:
    """Return the last revision published between an edition and a day, or None."""
    out = [one for one in revisions if one.publish_on and since < one.publish_on <= on]
    return out[-1] if out else None


def check_can_freeze(
    *, faults: Iterable[str], broken: Iterable[str], is_assessed: bool, is_taken: bool
) -> None:
    """Refuse to freeze an edition that could not be relied on.

    Raises
    ------
    NotPermitted
        Where no signed equality assessment of it stands, or the name was used before.
    InvalidInput
        Where the check finds faults, or an id of an earlier edition would lead nowhere.
    """
    if is_taken:
        raise NotPermitted("An edition of this name stands already, and is not written over.")
    if not is_assessed:
        raise NotPermitted(
            "No signed equality assessment of this edition stands.",
            next_step="Begin one, and let somebody else sign it.",
        )
    if lost := sorted(broken):
        raise InvalidInput(
            f"Ids of an earlier edition would lead nowhere: {', '.join(lost)}.",
            next_step="Say what each was renamed to.",
        )
    if found := list(faults):
        raise InvalidInput(f"The check finds {len(found)} faults: {found[0]}")


def check_can_schedule(day: date, *, today: date, is_assessed: bool) -> None:
    """Refuse a publication in the past, or without an equality assessment.

    Raises
    ------
    InvalidInput
        Where the day has passed.
    NotPermitted
        Where neither the entry nor its edition has a signed assessment.
    """
    if day < today:
        raise InvalidInput("The day has passed: what readers saw then is not changed now.")
    if not is_assessed:
        raise NotPermitted("No signed equality assessment of this entry or its edition stands.")
