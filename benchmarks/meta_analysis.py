"""10,000 syntheses of 8 studies by REML, beside PyMARE; ours with Hartung-Knapp and prediction."""

from __future__ import annotations

import numpy as np

from measuring import finish, first_calls, report, seconds
from nhpf.methods.meta_analysis import pool, pool_many


def made_up_studies(syntheses: int, studies: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(1)
    variances = rng.gamma(2, 0.05, (syntheses, studies))
    return rng.normal(0.2, np.sqrt(variances + 0.05)), variances


def slope_of_likelihood(y: np.ndarray, v: np.ndarray, tau2: np.ndarray) -> np.ndarray:
    """The restricted likelihood's slope in units of its information: 0 at a top, below at zero."""
    w = 1 / (v + tau2[:, None])
    total = w.sum(axis=1)
    residual = y - ((w * y).sum(axis=1) / total)[:, None]
    trace = total - (w**2).sum(axis=1) / total
    return (((w * residual) ** 2).sum(axis=1) - trace) / trace


def main() -> None:
    from pymare.estimators import VarianceBasedLikelihoodEstimator

    y, v = made_up_studies(10_000, 8)
    first_calls(
        "from nhpf.methods.meta_analysis import pool_many",
        "pool_many([[0.1, 0.5, 0.2]], [[0.1, 0.1, 0.1]])",
    )
    found = pool_many(y, v, hartung_knapp=True)

    def theirs():
        peer = VarianceBasedLikelihoodEstimator(method="REML")
        return peer.fit(y.T.copy(), v.T.copy(), np.ones((8, 1)))

    gap = np.abs(theirs().params_["tau2"].ravel() - found.tau2).max()
    slope = slope_of_likelihood(y, v, found.tau2)
    open_ = (np.where(found.tau2 > 0, np.abs(slope), slope) > 1e-7).sum()
    print(f"largest difference in tau2 from PyMARE {gap:.1e}; not converged: {open_}")
    assert gap < 1e-6
    assert open_ == 0
    met = report(
        "10,000 syntheses of 8",
        ours=seconds(lambda: pool_many(y, v, hartung_knapp=True), repeats=9),
        peer=seconds(theirs, repeats=9),
        peer_name="PyMARE (REML alone)",
        goal=2,
    )
    print("  metafor, recorded, REML with Hartung-Knapp: 24.3 s, 61 not converged")
    for syntheses, studies in ((10_000, 8), (40_000, 8), (10_000, 32)):
        more = made_up_studies(syntheses, studies)
        taken = seconds(lambda more=more: pool_many(*more))
        print(f"  {syntheses:,} syntheses of {studies}: {taken:.3f} s")
    print(f"  one synthesis of 8: {1000 * seconds(lambda: pool(y[0], v[0]), repeats=50):.2f} ms")
    finish(met)


if __name__ == "__main__":
    main()
