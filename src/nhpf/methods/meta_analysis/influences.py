"""What each study does to the result: leave one out, and the usual diagnostics."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nhpf.methods.meta_analysis.many import PooledMany, pool_many
from nhpf.methods.meta_analysis.pooling import Pooled, pool
from nhpf.methods.meta_analysis.studies import effects_and_variances
from nhpf.numerics.estimates import in_words
from nhpf.numerics.inputs import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Influence:
    """What the synthesis would be without each study; arrays in the order of the studies.

    Attributes
    ----------
    pooled : Pooled
        The synthesis of all studies.
    without : PooledMany
        The syntheses that leave one out: estimate, interval, tau2, i2, q.
    hat : ndarray, shape (k,)
        Share of the study in the pooled effect.
    residual : ndarray, shape (k,)
        Distance of the study from the effect of the others, in standard errors.
    cook : ndarray, shape (k,)
        Squared shift of the pooled effect when the study leaves, in standard errors.
    dffits : ndarray, shape (k,)
        The shift in standard errors of what the study itself would be predicted to show.
    covariance_ratio : ndarray, shape (k,)
        Variance of the pooled effect without the study over that with it.
    influential : ndarray of bool, shape (k,)
        Whether dffits is above 3 / sqrt(k - 1) or cook above the middle of chi-squared with one
        degree of freedom, or hat above 3 / k: a study to look at, not one to drop.
    """

    pooled: Pooled
    without: PooledMany
    hat: FloatArray
    residual: FloatArray
    cook: FloatArray
    dffits: FloatArray
    covariance_ratio: FloatArray
    influential: npt.NDArray[np.bool_]
    method: str
    caveats: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return how far the result moves when one study leaves."""
        low, high = self.without.estimate.min(), self.without.estimate.max()
        head = (
            f"{in_words(self.pooled.estimate)} with all {self.hat.size} studies; "
            f"{in_words(low)} to {in_words(high)} when one leaves; "
            f"{int(self.influential.sum())} to look at ({self.method})"
        )
        return "\n".join([head, *(f"  Note: {caveat}" for caveat in self.caveats)])


READ_IT = "A study that moves the result is a reason to read it, not to drop it."
# The middle of chi-squared with one degree of freedom.
MIDDLE = 0.454936423119572


def influence(
    effects: npt.ArrayLike,
    variances: npt.ArrayLike,
    *,
    method: str = "REML",
    hartung_knapp: bool = False,
    level: float = 0.95,
) -> Influence:
    """Return what each study does to the pooled effect (Viechtbauer and Cheung 2010).

    Parameters
    ----------
    effects, variances, method, hartung_knapp, level
        As in :func:`pool`.

    Raises
    ------
    InvalidInput
        As :func:`pool`.
    CannotTell
        Fewer than three studies; Hartung-Knapp with effects that are all alike.

    Notes
    -----
    Cost: in proportion to the square of the number of studies; all are left out at once.
    """
    y, v = effects_and_variances(effects, variances, least=3)
    pooled = pool(y, v, method=method, hartung_knapp=hartung_knapp, level=level)
    kept = ~np.eye(y.size, dtype=bool)
    others_y, others_v = (np.broadcast_to(part, kept.shape)[kept] for part in (y, v))
    shape = (y.size, y.size - 1)
    without = pool_many(
        others_y.reshape(shape),
        others_v.reshape(shape),
        method=method,
        hartung_knapp=hartung_knapp,
        level=level,
    )
    shift = pooled.estimate - without.estimate
    own = v + without.tau2
    cook = (shift / pooled.se) ** 2
    dffits = shift / np.sqrt(pooled.weights * own)
    influential = (
        (np.abs(dffits) > 3 / np.sqrt(y.size - 1)) | (cook > MIDDLE) | (pooled.weights > 3 / y.size)
    )
    return Influence(
        pooled=pooled,
        without=without,
        hat=pooled.weights,
        residual=(y - without.estimate) / np.sqrt(own + without.se**2),
        cook=cook,
        dffits=dffits,
        covariance_ratio=(without.se / pooled.se) ** 2,
        influential=influential,
        method=f"leave one out, {pooled.method}",
        caveats=(READ_IT, *without.caveats),
    )
