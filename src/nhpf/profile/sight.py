"""Could a trial by the forces that use a practice see an effect on what it aims at?"""

from __future__ import annotations

from dataclasses import dataclass

from nhpf.errors import CannotTell
from nhpf.methods.evaluation import Detectable, detectable
from nhpf.profile.wording import percent
from nhpf.reports.words import in_words, number

YEARS = 2
"""Years on each side of the start: what a trial within one cycle can wait for."""
PLAUSIBLE = 0.2
"""A fall that prevention could bring about; a design that sees only larger ones is hopeless."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """The smallest fall in one outcome that a trial would see; None where it sees none at all."""

    outcome: str
    baseline: float
    forces: int
    smallest: float | None
    method: str

    @property
    def is_enough(self) -> bool:
        """Whether a fall of a fifth would be seen."""
        return self.smallest is not None and self.smallest <= PLAUSIBLE

    @property
    def words(self) -> str:
        """What would be seen, in a sentence."""
        who = f"{in_words(self.forces)} force{'' if self.forces == 1 else 's'}"
        trial = f"with {who} and as many for comparison, {in_words(YEARS)} years on each side"
        if self.smallest is None:
            return f"{self.outcome}: {trial}, not even a fall to nothing would be seen."
        seen = f"a fall of {percent(self.smallest)} or more would be seen"
        about = f"about {number(self.baseline, 1 if self.baseline < 10 else 0)} in a force a year"
        return f"{self.outcome} ({about}): {trial}, {seen}."


def sight(outcome: str, baseline: float, *, forces: int, dispersion: float = 1.0) -> Sight:
    """Return the smallest fall that a trial with comparison forces would see.

    Parameters
    ----------
    outcome : str
        What is counted.
    baseline : float
        Events that one force records in a year.
    forces : int
        Forces with the practice, at least one; as many again are compared with them.
    dispersion : float
        Variance of the counts over their mean.
    """
    found = _smallest(baseline, forces=forces, dispersion=dispersion)
    return Sight(
        outcome=outcome,
        baseline=baseline,
        forces=forces,
        smallest=None if found is None else -found.change,
        method="none" if found is None else found.method,
    )


def _smallest(baseline: float, *, forces: int, dispersion: float) -> Detectable | None:
    try:
        return detectable(
            baseline, periods=YEARS, units=forces, dispersion=dispersion, design="comparison"
        )
    except CannotTell:
        return None
