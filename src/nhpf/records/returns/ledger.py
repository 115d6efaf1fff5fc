"""Which returns are held, which of them count, and which periods are closed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from nhpf.errors import ContradictsRelease, InvalidInput
from nhpf.records.returns.bundle import Bundle
from nhpf.records.returns.period import period_of


@dataclass(frozen=True, slots=True)
class Held:
    """One return that was accepted; it counts unless a later one replaced it."""

    force: str
    period: str
    sequence: int
    sha256: str
    accepted: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """All returns that were ever accepted.

    Attributes
    ----------
    forces : dict of str to str
        The code and the name of every force that makes returns.
    returns : tuple of Held
        In the order in which they were accepted.
    closed : dict of str to str
        Each closed period, and when it was closed.
    """

    forces: dict[str, str] = field(default_factory=dict)
    returns: tuple[Held, ...] = ()
    closed: dict[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The name of the national release that this ledger is of."""
        return hashlib.sha256(self.as_json().encode()).hexdigest()[:16]

    def as_json(self) -> str:
        """Return the form that is kept."""
        return json.dumps(asdict(self), indent=1, sort_keys=True, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Ledger:
        """Read the form that is kept."""
        raw: dict[str, Any] = json.loads(text)
        returns = tuple(Held(**each) for each in raw.pop("returns"))
        return cls(returns=returns, **raw)

    @property
    def periods(self) -> tuple[str, ...]:
        """Every period of which returns are held, in order."""
        return tuple(sorted({each.period for each in self.returns}))

    def counted(self, period: str) -> dict[str, Held]:
        """Return the return of each force that counts for a period: its last."""
        own = (each for each in self.returns if each.period == period)
        last = {each.force: each for each in sorted(own, key=lambda each: each.sequence)}
        return dict(sorted(last.items()))

    def replaced(self, period: str) -> tuple[Held, ...]:
        """Return the returns of a period that later ones replaced, kept as history."""
        counted = set(self.counted(period).values())
        return tuple(e for e in self.returns if e.period == period and e not in counted)

    def missing(self, period: str) -> dict[str, str]:
        """Return the forces that no return is held of for a period, by code."""
        counted = self.counted(period)
        return {code: name for code, name in self.forces.items() if code not in counted}


def add(ledger: Ledger, bundle: Bundle, *, accepted: str) -> tuple[Ledger, str]:
    """Return the ledger with one more return, and what became of it.

    Raises
    ------
    ContradictsRelease
        If its period is closed or overlaps another, an equal or later one is held already, or two
        different returns have the same number.
    """
    about = bundle.about
    force, period, sequence = about["force"], about["period"], about["sequence"]
    held = ledger.counted(period).get(force)
    if held and held.sha256 == bundle.sha256:
        return ledger, "already held"
    _refuse_closed_or_overlapping(ledger, force, period)
    if held and held.sequence > sequence:
        raise _refused(
            f"A later return of this force is held: {held.sequence}, and this one is {sequence}.",
            force,
            period,
            f"A correction needs a sequence number from {held.sequence + 1}.",
        )
    if held and held.sequence == sequence:
        raise _refused(
            f"Another return of this force has the same sequence number, {sequence}.",
            force,
            period,
            f"A correction needs a sequence number from {sequence + 1}.",
        )
    entry = Held(force, period, sequence, bundle.sha256, accepted)
    outcome = f"replaces return {held.sequence}" if held else "added"
    return replace(ledger, returns=(*ledger.returns, entry)), outcome


def close(ledger: Ledger, period: str, *, closed: str, without: tuple[str, ...] = ()) -> Ledger:
    """Return the ledger with a period closed: no return of it is accepted from then on.

    Raises
    ------
    InvalidInput
        If no return of the period is held, it is closed already, or a force is missing that is not
        named in ``without``.
    """
    if period not in ledger.periods or period in ledger.closed:
        raise InvalidInput("No open period of this name holds returns.", where=period)
    missing = ledger.missing(period)
    if set(missing) != set(without):
        listed = "".join(f"\n  {code} {name}" for code, name in missing.items())
        raise InvalidInput(
            f"These forces are missing:{listed or ' none'}",
            where=period,
            next_step="Wait for them, or close without them: --without with their codes, commas"
            " between, or --without-missing for all of these.",
        )
    return replace(ledger, closed=ledger.closed | {period: closed})


def _refuse_closed_or_overlapping(ledger: Ledger, force: str, period: str) -> None:
    if period in ledger.closed:
        raise _refused(
            "The period is closed.", force, period, "Say the correction in the next period's notes."
        )
    # Two published totals of periods that share months could be subtracted from each other.
    own = period_of(period)
    shared = [each for each in ledger.periods if each != period and own.overlaps(period_of(each))]
    if shared:
        raise _refused(
            f"The period shares months with one that returns are held of: {', '.join(shared)}.",
            force,
            period,
            "Make the return for that period.",
        )


def _refused(what: str, force: str, period: str, next_step: str) -> ContradictsRelease:
    return ContradictsRelease(what, where=f"{force}, {period}", next_step=next_step)
