"""Poisson counts of clusters that differ by a normal effect each: likelihood by Laplace.

Each cluster's effect is integrated out by Laplace's approximation at its own mode, as lme4 does
with one quadrature point. The gradient is exact, the mode's own movement included.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nhpf.errors import CannotTell
from nhpf.numerics import log_linear
from nhpf.numerics.inputs import FloatArray, IntArray

MOST_STEPS = 200
# Clusters that differ by less than this (on the log scale) are taken not to differ.
SMALLEST_SPREAD = 1e-4


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusteredFit:
    """Coefficients with their covariance, the spread of clusters, and the fit's likelihood."""

    coefficients: FloatArray
    covariance: FloatArray
    spread: float
    log_likelihood: float
    dispersion: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Model:
    counts: FloatArray
    design: FloatArray
    offset: FloatArray
    cluster: IntArray
    clusters: int

    def total(self, values: FloatArray) -> FloatArray:
        return np.bincount(self.cluster, values, self.clusters).astype(np.float64)

    def modes(self, plain: FloatArray, spread: float) -> tuple[FloatArray, FloatArray]:
        """Return the likeliest standardised effect of each cluster, and the means there."""
        effect = np.zeros(self.clusters)
        for _ in range(MOST_STEPS):
            mean = np.exp(plain + spread * effect[self.cluster])
            slope = spread * self.total(self.counts - mean) - effect
            step = slope / (1 + spread**2 * self.total(mean))
            effect = effect + np.clip(step, -2, 2)
            if np.abs(step).max() < 1e-13:
                break
        return effect, np.exp(plain + spread * effect[self.cluster])

    def log_likelihood(self, parameters: FloatArray) -> tuple[float, FloatArray]:
        """Return Laplace's log-likelihood and its gradient; the last parameter is the spread."""
        from scipy.special import gammaln

        spread = float(parameters[-1])
        plain = self.offset + self.design @ parameters[:-1]
        effect, mean = self.modes(plain, spread)
        mass = self.total(mean)
        bend = 1 + spread**2 * mass
        joint = self.counts * (plain + spread * effect[self.cluster]) - mean
        value = float(np.sum(joint - gammaln(self.counts + 1)))
        value -= float(effect @ effect + np.log(bend).sum()) / 2
        lost = (spread**2 / bend**2 / 2)[self.cluster] * mean
        by_coefficient = self.design.T @ (self.counts - mean - lost)
        left = self.total(self.counts - mean)
        moved = (left - spread * mass * effect) / bend
        widened = 2 * spread * mass + spread**2 * mass * (effect + spread * moved)
        return value, np.append(by_coefficient, left @ effect - np.sum(widened / bend) / 2)

    def curvature(self, parameters: FloatArray) -> FloatArray:
        """Return the matrix of second derivatives, by central differences of the gradient."""
        rows = []
        for j in range(parameters.size):
            step = np.zeros(parameters.size)
            step[j] = 1e-5
            up, down = (self.log_likelihood(parameters + sign * step)[1] for sign in (1, -1))
            rows.append((up - down) / 2e-5)
        raw = np.array(rows)
        return (raw + raw.T) / 2


def fit_clusters(
    counts: FloatArray, design: FloatArray, offset: FloatArray, cluster: IntArray
) -> ClusteredFit:
    """Fit log(mean) = offset + design @ coefficients + an effect of the cluster, by likelihood.

    Raises
    ------
    CannotTell
        Effects that the rows cannot tell apart, or without finite estimate.
    """
    from scipy.optimize import minimize

    without = log_linear.fit(counts, design, offset)
    model = _Model(
        counts=counts, design=design, offset=offset, cluster=cluster,
        clusters=int(cluster.max()) + 1,
    )  # fmt: skip

    def loss(parameters: FloatArray) -> tuple[float, FloatArray]:
        value, slope = model.log_likelihood(parameters)
        return -value, -slope

    found = minimize(
        loss, np.append(without.coefficients, _first_guess(model, without)), jac=True,
        method="BFGS", options={"gtol": 1e-5, "maxiter": 500},
    )  # fmt: skip
    at = found.x
    if abs(at[-1]) < SMALLEST_SPREAD:
        return ClusteredFit(
            coefficients=without.coefficients,
            covariance=without.covariance,
            spread=0.0,
            log_likelihood=without.log_likelihood,
            dispersion=without.dispersion,
        )
    return _polished(model, np.asarray(at, dtype=np.float64))


def _first_guess(model: _Model, without: log_linear.Fit) -> float:
    seen, due = model.total(model.counts), model.total(without.mean)
    excess = np.sum((seen - due) ** 2 - due) / np.sum(due**2)
    return float(np.sqrt(max(excess, 0.01)))


def _polished(model: _Model, at: FloatArray) -> ClusteredFit:
    for _ in range(8):
        slope = model.log_likelihood(at)[1]
        curvature = model.curvature(at)
        step = np.linalg.solve(curvature, slope)
        at = at - step
        if np.abs(step).max() < 1e-10:
            break
    if np.linalg.eigvalsh(curvature).max() >= 0 or not np.isfinite(at).all():
        raise CannotTell("How far the clusters differ could not be settled.")
    spread = abs(float(at[-1]))
    _, mean = model.modes(model.offset + model.design @ at[:-1], spread)
    mass = spread**2 * model.total(mean)
    df = model.counts.size - at.size + 1 - float(np.sum(mass / (1 + mass)))
    return ClusteredFit(
        coefficients=at[:-1],
        covariance=np.asarray(-np.linalg.inv(curvature)[:-1, :-1], np.float64),
        spread=spread,
        log_likelihood=model.log_likelihood(at)[0],
        dispersion=float(np.sum((model.counts - mean) ** 2 / mean)) / df,
    )
