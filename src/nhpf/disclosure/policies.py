"""Which counts an audience may see: one named policy for each kind of data set and audience."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

from nhpf.errors import InvalidInput

Audience = Literal["public", "restricted"]
Zeros = Literal["shown", "withheld"]


@dataclass(frozen=True, slots=True)
class Policy:
    """The rule for one kind of data set and one audience.

    Attributes
    ----------
    name : str
        The kind of data set.
    audience : str
        Who sees the figures: public or restricted.
    threshold : int
        Counts below it are withheld; 0 withholds nothing.
    because : str
        Why the threshold is what it is, in plain words.
    zeros : str
        ``shown`` leaves a count of zero as it is; ``withheld`` treats it like a small count.
    rounding : int
        Counts that are shown are rounded to the nearest multiple of it; 1 leaves them as they are.
        The same count is always rounded alike, and a tie goes up.
    nation_rounded : bool
        Whether totals of the nation are rounded too.
    smallest_whole : int
        No rate or share is formed on fewer people or events.
    unstable_below : int
        Counts below it are shown with a caveat.
    dominance : tuple of int, optional
        (n, k): a count is withheld if its n largest contributors make more than k% of it.
    p_percent : float, optional
        A count is withheld if the second largest contributor could estimate the largest to within
        this percentage.
    rule, source : str
        The published or agreed rule, and where it is written.
    """

    name: str
    audience: Audience
    threshold: int
    because: str
    zeros: Zeros = "shown"
    rounding: int = 1
    nation_rounded: bool = True
    smallest_whole: int = 0
    unstable_below: int = 0
    dominance: tuple[int, int] | None = None
    p_percent: float | None = None
    rule: str = ""
    source: str = ""

    def withholds(self, count: int) -> bool:
        """Whether this count is too small to be seen."""
        return (count > 0 or self.zeros == "withheld") and count < self.threshold

    @property
    def least_withheld(self) -> int:
        """Return the smallest count that a withheld cell can hold: one where zeros are shown."""
        return 0 if self.zeros == "withheld" else 1

    @property
    def protection(self) -> int:
        """Return the protection interval: how wide a range a reader must be left with.

        It is the whole range of counts that the rule withholds, so that nothing shown tells more
        about a withheld count than the rule itself.
        """
        return max(self.threshold - 1 - self.least_withheld, 0)

    def rounded(self, count: int, *, of_nation: bool = False) -> int:
        """Return a count as it is shown where it is not withheld."""
        base = self._base(of_nation)
        return (count + base // 2) // base * base

    def possible(self, shown: int, *, of_nation: bool = False) -> tuple[int, int]:
        """Return the smallest and the largest count that are shown like this."""
        base = self._base(of_nation)
        low, high = shown - base // 2, shown + (base - 1) // 2
        if shown == 0 and self.zeros == "shown":
            return 0, 0 if self.threshold > 0 else max(high, 0)
        return max(low, self.threshold, 0), high

    def _base(self, of_nation: bool) -> int:
        return self.rounding if self.nation_rounded or not of_nation else 1

    def caveat(self, count: int) -> str:
        """Return what has to be said beside a count, or nothing."""
        return f"unstable: fewer than {self.unstable_below}" if count < self.unstable_below else ""


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(files("nhpf.disclosure").joinpath("policies.toml").read_text("utf-8"))


def rule_named(rule: str, *, audience: Audience, kind: str = "", because: str = "") -> Policy:
    """Return a published rule as a policy, for data sets whose agreement names the rule.

    Parameters
    ----------
    rule : str
        ``ons_10_5``, ``opensafely``, ``nhs_hes``, ``cdc``, ``linked``, ``below_10``, ``below_5``,
        ``nhs_threshold`` or ``shown``.

    Raises
    ------
    InvalidInput
        If the rule or the audience is unknown.
    """
    if audience not in get_args(Audience):
        raise InvalidInput("An audience is public or restricted.", where=str(audience))
    if rule not in _file()["rules"]:
        known = ", ".join(sorted(_file()["rules"]))
        raise InvalidInput("No rule has this name.", where=rule, next_step=f"Known are {known}.")
    fields = dict(_file()["rules"][rule])
    dominance = tuple(fields.pop("dominance")) if "dominance" in fields else None
    policy = Policy(kind or rule, audience, because=because, rule=rule, **fields)
    return replace(policy, dominance=dominance)


def policy_for(kind: str, *, audience: Audience) -> Policy:
    """Return the policy of a kind of data set for an audience; the strictest for any other kind.

    Parameters
    ----------
    kind : str
        ``homicide_total`` (force, local authority or nation), ``homicide_attribute``,
        ``homicide_linked`` (health, earlier contact, care, suicide), ``recorded_crime``,
        ``health``, ``hospital_episodes`` or ``primary_care``.
    audience : str
        ``public`` or ``restricted``.

    Raises
    ------
    InvalidInput
        If the audience is neither.
    """
    strictest = _file()["strictest"]["rule"], _file()["strictest"]["because"]
    rule, because = _file()["kinds"].get(kind, {}).get(audience, strictest)
    return rule_named(rule, audience=audience, kind=kind, because=_file()["because"][because])
