"""Which counts an audience may see: one named policy for each kind of data set and audience."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from nhpf.errors import InvalidInput

Audience = Literal["public", "restricted"]


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
        Counts from 1 to one below this are withheld; 0 withholds nothing. A count of zero is shown.
    because : str
        Why the threshold is what it is, in plain words.
    """

    name: str
    audience: Audience
    threshold: int
    because: str

    def withholds(self, count: int) -> bool:
        """Whether this count is too small to be seen."""
        return 0 < count < self.threshold


STRICTEST = 10
"""The principle of the Office for National Statistics' research services; for kinds not named."""

_TOTALS = "Counts of homicides by force, local authority and nation are published officially."
_ATTRIBUTES = "Who was killed, how and by whom can point to a person when counts are small."
_CRIME = "Small counts of other offences can point to a victim who lives there."
_HEALTH = "Health records are confidential, and partners share them on stricter terms."
_NAMED = "A named distribution needs the figure, under a handling instruction."

POLICIES = {
    (policy.name, policy.audience): policy
    for policy in (
        Policy("homicide_total", "public", 0, _TOTALS),
        Policy("homicide_total", "restricted", 0, _TOTALS),
        Policy("homicide_attribute", "public", 10, _ATTRIBUTES),
        Policy("homicide_attribute", "restricted", 0, _NAMED),
        Policy("recorded_crime", "public", 5, _CRIME),
        Policy("recorded_crime", "restricted", 0, _NAMED),
        Policy("health", "public", 10, _HEALTH),
        Policy("health", "restricted", 8, _HEALTH),
    )
}


def policy_for(kind: str, *, audience: Audience) -> Policy:
    """Return the policy of a kind of data set for an audience; the strictest for any other kind.

    Parameters
    ----------
    kind : str
        ``homicide_total`` (force, local authority or nation), ``homicide_attribute``,
        ``recorded_crime`` or ``health``.
    audience : str
        ``public`` or ``restricted``.

    Raises
    ------
    InvalidInput
        If the audience is neither.
    """
    if audience not in get_args(Audience):
        raise InvalidInput("An audience is public or restricted.", where=str(audience))
    strictest = Policy(kind, audience, STRICTEST, "No policy has been agreed for this data set.")
    return POLICIES.get((kind, audience), strictest)
