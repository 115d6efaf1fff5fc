"""What an effect is measured in: how it is named, shown, and where no effect lies."""

from __future__ import annotations

import math
from dataclasses import dataclass

from nhpf.errors import InvalidInput

# Beyond this the exponential is no number any more.
LARGEST_LOGARITHM = 709.0


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of effect.

    Attributes
    ----------
    code : str
        "OR", "RR", "RD", "SMD", or "" for effects whose measure nobody has stated.
    name : str
    ratio : bool
        Ratios are pooled as logarithms and shown as ratios.
    worthwhile : float or None
        The smallest difference from no effect that we take as worth having, on the scale that is
        pooled: an editorial choice, a tenth for ratios and for a standardised difference. None
        where it depends on the outcome and has to be stated.
    """

    code: str
    name: str
    ratio: bool
    worthwhile: float | None

    @property
    def no_effect(self) -> float:
        """Where no effect lies, as shown."""
        return 1.0 if self.ratio else 0.0

    def shown(self, value: float) -> float:
        """Return a value of the pooled scale as it is shown."""
        if not self.ratio:
            return value
        return math.exp(value) if value < LARGEST_LOGARITHM else math.inf

    def pooled(self, value: float) -> float:
        """Return a shown value on the scale that is pooled."""
        if not self.ratio:
            return value
        return math.log(value) if value > 0 else -math.inf


MEASURES = {
    each.code: each
    for each in (
        Measure("OR", "odds ratio", ratio=True, worthwhile=math.log(1 / 0.9)),
        Measure("RR", "risk ratio", ratio=True, worthwhile=math.log(1 / 0.9)),
        Measure("RD", "risk difference", ratio=False, worthwhile=None),
        Measure("SMD", "standardised mean difference", ratio=False, worthwhile=0.1),
        Measure("", "effect as given", ratio=False, worthwhile=None),
    )
}


def measure_called(code: str) -> Measure:
    """Return the measure of this code.

    Raises
    ------
    InvalidInput
        There is none.
    """
    if code not in MEASURES:
        raise InvalidInput(
            f"There is no measure called {code}.",
            next_step=f"Use one of {', '.join(each for each in MEASURES if each)}.",
        )
    return MEASURES[code]
