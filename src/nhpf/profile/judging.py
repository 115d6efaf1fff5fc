"""The rules by which figures become judgements, and how sure each is.

The rules are printed in every profile as they stand here, so that a reader can apply them too.
"""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import TYPE_CHECKING

from nhpf.indicators import change
from nhpf.profile.wording import big, change_in_words, verb
from nhpf.profile.yardstick import term
from nhpf.reports.tree import Confidence, Judgement
from nhpf.reports.words import in_words, number

if TYPE_CHECKING:
    from nhpf.indicators import Change

FIRM_LEVEL = 0.99
ENOUGH = 100
NARROW = 1.5
"""An interval of "no change" that rules out a rise by half or a fall by a third is narrow."""

CHANGE_RULE = (
    "A change is called a rise or a fall where the 95% interval of the ratio of the two periods, "
    "widened for months that scatter more than independent events would, leaves out no change. "
    "Confidence is high where the 99% interval does so too and each period has at least 100 "
    "events, else moderate."
)
NO_CHANGE_RULE = (
    "Otherwise the change cannot be told from chance. Confidence that there was no large change "
    "is moderate where the interval rules out a rise by half and a fall by a third, else low."
)
PLACE_RULE = (
    "An area is higher or lower where it lies outside the 99.8% limits of the funnel, else in "
    "line. For homicide the limits are those of chance alone; for other harm, whose counts are "
    "large, they are widened for the spread between areas that chance does not explain. "
    "Confidence is moderate where at least 20 events were expected, else low: one period, with "
    "residents as the only denominator, never gives high confidence."
)
SHARE_RULE = (
    "A share is judged by its Wilson 95% interval. Confidence is high where the interval is no "
    "wider than 12 percentage points and the years are complete, else moderate; low below 50 cases."
)
RULES = (CHANGE_RULE, NO_CHANGE_RULE, PLACE_RULE, SHARE_RULE)


def change_confidence(found: Change) -> Confidence:
    """Return how sure a judgement on a change is, by the rules above."""
    counts = (found.comparison.count_1, found.comparison.count_2)
    if found.told_from_chance:
        return "high" if _is_firm(found) and min(counts) >= ENOUGH else "moderate"
    within = math.isfinite(found.high) and found.high <= NARROW and found.low >= 1 / NARROW
    return "moderate" if within else "low"


def _is_firm(found: Change) -> bool:
    made = found.comparison
    return change(
        made.count_1,
        made.time_1,
        made.count_2,
        made.time_2,
        dispersion=found.dispersion,
        level=FIRM_LEVEL,
    ).told_from_chance


def change_sentence(what: str, found: Change, *, earlier: str, later: str) -> str:
    """Say whether something has changed between two periods.

    Parameters
    ----------
    what : str
        As a sentence begins: "Homicide in London".
    found : Change
    earlier, later : str
        The periods in words.
    """
    made = found.comparison
    counts = f"{number(made.count_2)} in {later}, {number(made.count_1)} in {earlier}"
    if found.told_from_chance:
        return f"{what} {verb(found)}: {counts}"
    return f"{what} has not changed detectably: {counts}"


def change_because(found: Change) -> str:
    """Say why a judgement on a change is as sure as it is."""
    scatter = (
        f" The limits allow for months that scatter {found.dispersion:.2f} times as much as "
        "independent events would."
        if found.widened
        else ""
    )
    if found.told_from_chance:
        return (
            f"The later rate is {change_in_words(found)}, which can be told from chance.{scatter}"
        )
    return (
        f"The later rate is {change_in_words(found)}, which cannot be told from chance.{scatter} "
        f"A true change between those limits could be hidden. {direction_in_words(found)}"
    )


def likelihood_of_rise(found: Change) -> float:
    """Return the probability that the later true rate is above the earlier.

    The later period's share of all events has a beta distribution, from Jeffreys' prior and the
    counts divided by the dispersion; its probability above the share that equal rates would give.
    """
    from scipy.special import betainc

    made = found.comparison
    later, earlier = made.count_2 / found.dispersion, made.count_1 / found.dispersion
    share = made.time_2 / (made.time_1 + made.time_2)
    return float(1 - betainc(later + 0.5, earlier + 0.5, share))


def direction_in_words(found: Change) -> str:
    """Say, with a term of the probability yardstick, which way the true rate went."""
    rise = likelihood_of_rise(found)
    way = "higher" if rise >= 0.5 else "lower"
    return f"{big(term(max(rise, 1 - rise)).said)} the true rate is {way} than before."


def of_change(
    id: str, what: str, found: Change, *, earlier: str, later: str, figures: tuple[str, ...]
) -> Judgement:
    """Make the judgement on a change between two periods."""
    return Judgement(
        id=id,
        sentence=change_sentence(what, found, earlier=earlier, later=later) + ".",
        confidence=change_confidence(found),
        because=change_because(found),
        figures=figures,
    )


def place_confidence(expected: float) -> Confidence:
    """Return how sure a judgement on a place in a funnel is."""
    return "moderate" if expected >= 20 else "low"


def share_confidence(low: float, high: float, cases: float) -> Confidence:
    """Return how sure a judgement on a share is."""
    if cases < 50:
        return "low"
    return "high" if high - low <= 0.12 else "moderate"


def years_to_see(per_year: float, *, fall: float = 0.2) -> float:
    """Return the years of counts, before and again after, that would show a fall.

    Two Poisson counts of equal length, compared by the logarithm of their ratio (Wald): power 80%,
    two-sided level 5%.

    Parameters
    ----------
    per_year : float
        Events a year before the fall, above zero.
    fall : float
        The true fall as a share.
    """
    ratio = 1 - fall
    spread = (1.959964 + 0.841621) ** 2
    events = spread * (1 + 1 / ratio) / math.log(ratio) ** 2
    return events / per_year


YEARS_OF_A_TRIAL = 2


def chance_to_see(per_year: float, *, years: float = YEARS_OF_A_TRIAL, fall: float = 0.2) -> float:
    """Return the probability that a true fall would be told from chance.

    The same comparison as `years_to_see`: years of counts before and as many after, two-sided
    level 5%.

    Parameters
    ----------
    per_year : float
        Events a year before the fall, not below zero.
    years : float
        Years on each side.
    fall : float
        The true fall as a share.
    """
    ratio = 1 - fall
    error = math.sqrt((1 + 1 / ratio) / (per_year * years)) if per_year > 0 else math.inf
    distance = abs(math.log(ratio)) / error
    normal = NormalDist()
    return normal.cdf(distance - 1.959964) + normal.cdf(-distance - 1.959964)


def chance_in_words(per_year: float) -> str:
    """Say, with a term of the probability yardstick, whether a fall of a fifth would be seen."""
    years = in_words(YEARS_OF_A_TRIAL)
    return (
        f"{big(term(chance_to_see(per_year)).said)} such a fall would be told from chance by the "
        f"counts of {years} years before and {years} years after."
    )
