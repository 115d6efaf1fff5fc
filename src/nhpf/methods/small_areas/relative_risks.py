"""Relative risk of many small areas, each leaning on its neighbours and on the whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell
from nhpf.methods.small_areas.designs import standardised
from nhpf.numerics import Estimate, graphs, inputs
from nhpf.numerics.estimates import in_words, percent
from nhpf.numerics.inputs import FloatArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from nhpf.methods.small_areas.propagation import Areas

FEWEST_AREAS = 10
METHOD = "BYM2 by expectation propagation"

SHRUNK = (
    "Each risk is drawn towards its neighbours and the whole: an area on its own with an extreme "
    "risk and few events will not show."
)
NO_RANKING = "Not for ranking: read the interval, or the chance that a risk lies above a level."
EXPECTED_MATTERS = "A risk is only as good as the expected count that it is relative to."


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallAreas:
    """Relative risks with what the areas share.

    Attributes
    ----------
    relative_risk, sd : ndarray, shape (n,)
        Posterior mean and standard deviation of each area's rate over the expected one.
    low, high : ndarray, shape (n,)
        Limits of its central interval.
    exceedance : ndarray, shape (n,)
        Chance that the relative risk lies above ``above``.
    above : float
    log_risk, log_risk_sd : ndarray, shape (n,)
        Posterior mean and standard deviation on the log scale.
    spread : Estimate
        Standard deviation of the log risks that covariates leave.
    mixing : Estimate
        Share of that variance which neighbours have in common: 0 none, 1 all of it.
    whole : Estimate
        Relative risk at the mean of all covariates, effects of areas apart.
    effects : tuple of Estimate
        Ratio of risks for one unit more of each covariate.
    scales : ndarray
        Geometric mean of the variances of the spatial effects before scaling, for each connected
        piece of the map.
    level : float
    method : str
    caveats : tuple of str
    """

    relative_risk: FloatArray
    sd: FloatArray
    low: FloatArray
    high: FloatArray
    exceedance: FloatArray
    above: float
    log_risk: FloatArray
    log_risk_sd: FloatArray
    spread: Estimate
    mixing: Estimate
    whole: Estimate
    effects: tuple[Estimate, ...]
    scales: FloatArray
    level: float
    method: str
    caveats: tuple[str, ...]

    def __str__(self) -> str:
        """Return what the areas share, and the range of their risks."""
        sure = int(np.sum(self.exceedance >= self.level))
        head = (
            f"{self.relative_risk.size:,} areas: relative risks from "
            f"{in_words(float(self.relative_risk.min()))} to "
            f"{in_words(float(self.relative_risk.max()))}; {sure:,} with at least "
            f"{percent(self.level)} chance of lying above {in_words(self.above)} ({self.method})"
        )
        shared = (
            f"Standard deviation of log risks {in_words(self.spread.estimate)} "
            f"({self.spread.interval_in_words()}); share that neighbours have in common "
            f"{percent(self.mixing.estimate)} ({self.mixing.interval_in_words()})"
        )
        return "\n".join([head, shared, *(f"  Note: {caveat}" for caveat in self.caveats)])


def bym2(
    counts: npt.ArrayLike,
    expected: npt.ArrayLike,
    graph: csr_array,
    *,
    covariates: npt.ArrayLike | None = None,
    above: float = 1.0,
    level: float = 0.95,
) -> SmallAreas:
    """Return the relative risk of each area by the model of Besag, York and Mollie as of 2016.

    log(risk) = a level + covariates + sd * (sqrt(mixing) * spatial + sqrt(1 - mixing) * own), with
    counts Poisson around expected times risk, spatial effects scaled to a typical variance of 1
    (Riebler and others 2016). Priors: half normal with scale 1 for the sd, Beta(1/2, 1/2) for the
    mixing, normal with standard deviation 10 for the level and each standardised covariate. There
    is no sampling: risks come from expectation propagation at each point of a lattice of sd and
    mixing. Cost: about areas to the power 1.5, for each of some 50 points.

    Parameters
    ----------
    counts : array_like, shape (n,)
        Whole numbers of events of each area.
    expected : array_like, shape (n,)
        Events expected from the population at the common rate, above zero.
    graph : csr_array, shape (n, n)
        Neighbours, symmetric; weights only say who is a neighbour.
    covariates : array_like, shape (n, k), optional
        Known features of the areas.
    above : float
        Level of the relative risk for ``exceedance``.
    level : float
        Chance that an interval holds.

    Raises
    ------
    InvalidInput
        Negative, broken or missing counts, an expected count of zero, a graph that does not fit or
        is not symmetric.
    CannotTell
        Fewer than ten areas, no event at all, no neighbours at all, or covariates that vary
        together or not at all.
    """
    y = inputs.event_array(counts, name="counts")
    due = inputs.positive_array(expected, name="expected counts")
    inputs.same_length(counts=y, expected_counts=due)
    inputs.share(level, name="level")
    border = inputs.positive(above, name="level of the relative risk")
    clean = graphs.checked(graph, areas=y.size)
    if y.size < FEWEST_AREAS:
        raise CannotTell(f"Fewer than {FEWEST_AREAS} areas cannot show how areas differ.")
    if y.sum() == 0:
        raise CannotTell("There is no event in any area.")
    design, unit = standardised(covariates, y.size)

    # Imported here, as compiling comes with it.
    from nhpf.methods.small_areas.neighbours import structure_of
    from nhpf.methods.small_areas.propagation import Areas

    areas = Areas(counts=y, expected=due, covariates=design, structure=structure_of(clean))
    return _result(areas, unit, above=border, level=level)


def _result(areas: Areas, unit: FloatArray, *, above: float, level: float) -> SmallAreas:
    from nhpf.methods.small_areas import summaries
    from nhpf.methods.small_areas.lattice import explore

    posterior = explore(areas)
    sd, mixing = (
        summaries.of_lattice(values, posterior.weights, scale=scale, level=level, method=METHOD)
        for values, scale in ((posterior.sds, "log"), (posterior.mixings, "angle"))
    )
    whole, *effects = summaries.ratios(posterior, unit, level=level, method=METHOD)
    return SmallAreas(
        **summaries.risks(areas, posterior, above=above, level=level),
        above=above,
        spread=sd,
        mixing=mixing,
        whole=whole,
        effects=tuple(effects),
        scales=areas.structure.scales,
        level=level,
        method=METHOD,
        caveats=_caveats(areas.structure.islands, mixing),
    )


def _caveats(islands: int, mixing: Estimate) -> tuple[str, ...]:
    said = [SHRUNK, NO_RANKING, EXPECTED_MATTERS]
    if islands:
        named = "1 area has" if islands == 1 else f"{islands:,} areas have"
        said.append(f"{named} no neighbour and lean on the whole alone.")
    if mixing.high - mixing.low > 0.8:
        said.append("How much neighbours have in common can hardly be told from these counts.")
    return tuple(said)
