"""The type that carries a figure out: shown, or withheld with its reason, never zero instead."""

from __future__ import annotations

from dataclasses import dataclass

from nhpf.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Disclosed:
    """One figure as an audience may see it.

    Attributes
    ----------
    value : float or None
        The figure, or None where it is withheld.
    withheld : str
        Why it is withheld, in plain words; empty where it is shown.
    """

    value: float | None
    withheld: str = ""

    def __post_init__(self) -> None:
        """Refuse a figure that is both shown and withheld, or neither."""
        if (self.value is None) != bool(self.withheld):
            raise InvalidInput("A figure is either shown, or withheld with a reason.")

    @property
    def is_withheld(self) -> bool:
        """Whether the figure may not be seen."""
        return self.value is None

    def as_json(self) -> dict[str, float | str | bool | None]:
        """Return the form that every export uses: null and a flag."""
        return {"value": self.value, "withheld": self.is_withheld, "reason": self.withheld or None}
