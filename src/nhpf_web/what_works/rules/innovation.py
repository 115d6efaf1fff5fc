"""Where a published practice stands between an idea and what is done everywhere, and what it needs.

The stage is never set by hand: it follows from what assessors found, from who else tried it and
from the studies that are registered about it. The ladder below is the table; what failed leaves it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from nhpf_web.what_works.rules.findings import BY_CODE

#: Ours, and arbitrary: about a quarter of the 43 forces, and more than one repeat elsewhere.
SCALED_FORCES, SCALED_REPEATS = 10, 2


class Innovation(StrEnum):
    """The stages, in order; what is stopped has left the ladder."""

    IDEA = "idea"
    IN_TEST = "in test"
    PROMISING = "promising"
    TRIED_AND_TESTED = "tried and tested"
    SCALED = "scaled"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a practice.

    Attributes
    ----------
    finding : str
        What assessors found, as a code of the findings.
    forces : int
        Forces that do it: its owner where that is one, those that adopted it or repeated it.
    others : int
        Organisations elsewhere, of every sector, that adopted it or repeated it.
    repeats : int
        Organisations elsewhere that repeated it and found it promising or that it worked.
    studies : int
        Studies registered under a call about it that were not stopped.
    stopped_because : str
        Why it is no longer done, in its owner's words; empty where nothing is said.
    """

    finding: str
    forces: int
    others: int
    repeats: int
    studies: int
    stopped_because: str = ""


@dataclass(frozen=True, slots=True)
class Rung:
    """One stage: what it means, what it takes to get there, and whether that is there."""

    stage: Innovation
    means: str
    needs: str
    is_met: Callable[[Known], bool]


def _label(known: Known) -> str:
    return known.finding.partition("-")[0]


def _is_tested(known: Known) -> bool:
    return bool(known.others or known.studies) or known.finding.endswith(("local", "independent"))


def _is_promising(known: Known) -> bool:
    return _label(known) in ("promising", "worked")


def _is_tried(known: Known) -> bool:
    return known.finding == "worked-independent"


def _is_scaled(known: Known) -> bool:
    enough = known.forces >= SCALED_FORCES and known.repeats >= SCALED_REPEATS
    return _is_tried(known) and enough


LADDER = (
    Rung(
        Innovation.IDEA,
        "Described and published; nobody else has tried it and no study is registered.",
        "a description that others can repeat, two assessors and a signed equality assessment.",
        lambda _: True,
    ),
    Rung(
        Innovation.IN_TEST,
        "Somebody else tries it, or a study of it is registered or done.",
        "another organisation that adopts it and logs what happens, or a registered trial.",
        _is_tested,
    ),
    Rung(
        Innovation.PROMISING,
        "Assessors found results that point the right way and do not settle it.",
        "results, with what else could explain them, that two assessors find promising.",
        _is_promising,
    ),
    Rung(
        Innovation.TRIED_AND_TESTED,
        "Somebody independent evaluated it and assessors agree that it worked.",
        "an evaluation with a comparison group by somebody independent, and two assessors who"
        " agree that it worked.",
        _is_tried,
    ),
    Rung(
        Innovation.SCALED,
        f"It worked when tested, at least {SCALED_FORCES} forces do it, and it was repeated"
        " elsewhere.",
        f"{SCALED_FORCES} forces that do it, and {SCALED_REPEATS} organisations elsewhere that"
        " repeated it and found the same.",
        _is_scaled,
    ),
)
STOPPED_MEANS = "It was tried and assessors agree that it did not work. That is as useful to know."
NO_REASON = "Its owner has not said why yet."


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a practice stands: its stage and meaning, the next rung, or why it was stopped."""

    stage: Innovation
    means: str
    following: Rung | None
    because: str = ""


def stage_of(known: Known) -> Stage:
    """Return where a practice stands.

    The furthest rung whose condition is met; of what failed, that it was stopped and why.
    """
    if known.finding and _label(known) == "failed":
        return Stage(
            Innovation.STOPPED, STOPPED_MEANS, None, known.stopped_because.strip() or NO_REASON
        )
    at = max(place for place, rung in enumerate(LADDER) if rung.is_met(known))
    return Stage(LADDER[at].stage, LADDER[at].means, next(iter(LADDER[at + 1 :]), None))


def is_reached(rung: Rung, stage: Stage) -> bool:
    """Whether a practice has reached a rung; what is stopped has left the ladder."""
    order = [one.stage for one in LADDER]
    return stage.stage in order and order.index(rung.stage) <= order.index(stage.stage)


#: What the radar watches: stages before anybody independent has tested it.
WATCHED = (Innovation.IDEA, Innovation.IN_TEST, Innovation.PROMISING)
WATCHED_FINDINGS = tuple(
    code for code in BY_CODE if code != "worked-independent" and not code.startswith("failed")
)
