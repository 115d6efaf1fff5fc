"""Risks at one standard deviation and mixing, by expectation propagation.

Each Poisson count is stood in for by a normal one, chosen so that with everything else it gives
the mean and variance that the count itself gives (Minka 2001). Unlike Laplace's approximation this
keeps the mean and the spread of areas with a handful of events right.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from nhpf.errors import CannotTell
from nhpf.methods.small_areas import sites
from nhpf.methods.small_areas.neighbours import Structure
from nhpf.methods.small_areas.sparse_cholesky import factorise
from nhpf.numerics.inputs import FloatArray

MOST_ROUNDS = 60
# Rounds end when no mean moves by more than this share of its standard deviation.
STILL = 1e-3
# Variance that the prior gives each coefficient: next to none is known beforehand.
PRIOR_VARIANCE = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Areas:
    """The data: counts, what is expected, covariates (a column of ones first) and the map."""

    counts: FloatArray
    expected: FloatArray
    covariates: FloatArray
    structure: Structure


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Normal stand-ins of the counts: precision, and precision times mean, on the log scale."""

    precision: FloatArray
    pull: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """What is known at one standard deviation and mixing.

    Attributes
    ----------
    log_evidence : float
        Logarithm of the chance of the counts, up to a constant.
    stand : Stand
    cavity_mean, cavity_variance : ndarray, shape (n,)
        What all other areas say of each log risk.
    log_mass : ndarray, shape (n,)
        Logarithm of cavity times likelihood, integrated.
    mean, variance : ndarray, shape (n,)
        Of each log risk.
    coefficients, covariance : ndarray, shape (p,), (p, p)
    """

    log_evidence: float
    stand: Stand
    cavity_mean: FloatArray
    cavity_variance: FloatArray
    log_mass: FloatArray
    mean: FloatArray
    variance: FloatArray
    coefficients: FloatArray
    covariance: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class _Normal:
    """Posterior of the smooth part of the log risks, given the stand-ins."""

    mean: FloatArray
    variance: FloatArray
    log_part: float
    coefficients: FloatArray
    covariance: FloatArray


def first_stand(areas: Areas) -> Stand:
    """Return stand-ins to begin with: each count shrunk a little towards the whole."""
    whole = areas.counts.sum() / areas.expected.sum()
    weight = areas.counts + 1.0
    risk = weight / (areas.expected + 1 / whole)
    return Stand(precision=weight, pull=weight * np.log(risk))


def fit_at(areas: Areas, *, sd: float, mixing: float, stand: Stand) -> Fit:
    """Return the fit at one standard deviation and mixing, from the stand-ins of another.

    Raises
    ------
    CannotTell
        Rounds that do not settle.
    """
    spatial, own = sd * math.sqrt(mixing), sd * sd * (1 - mixing)
    before = np.full(areas.counts.size, np.inf)
    for _ in range(MOST_ROUNDS):
        weight = stand.precision / (1 + own * stand.precision)
        pull = stand.pull / (1 + own * stand.precision)
        smooth = _normal(areas, spatial, weight, pull)
        room = np.maximum(1 / smooth.variance - weight, 1e-10)
        cavity_mean = (smooth.mean / smooth.variance - pull) / room
        cavity_variance = 1 / room + own
        variance = 1 / (1 / cavity_variance + stand.precision)
        mean = variance * (cavity_mean / cavity_variance + stand.pull)
        log_mass, new_mean, new_variance = sites.tilted_moments(
            areas.counts, areas.expected, cavity_mean, cavity_variance, mean, variance,
            sites.NODES, sites.LOG_WEIGHTS,
        )  # fmt: skip
        still = float(np.max(np.abs(new_mean - before) / np.sqrt(variance))) < STILL
        if still:
            break
        before = new_mean
        precision = np.maximum(1 / new_variance - 1 / cavity_variance, 1e-10)
        stand = Stand(
            precision=precision,
            pull=new_mean * (precision + 1 / cavity_variance) - cavity_mean / cavity_variance,
        )
    else:
        raise CannotTell("The risks of these areas did not settle.")
    shape = -np.log1p(cavity_variance * stand.precision)
    shape += mean**2 / variance - cavity_mean**2 / cavity_variance
    widened = 1 + own * stand.precision
    evidence = log_mass - shape / 2 - np.log(widened) / 2 + own * stand.pull**2 / widened / 2
    return Fit(
        log_evidence=float(evidence.sum()) + smooth.log_part,
        stand=stand,
        cavity_mean=cavity_mean,
        cavity_variance=cavity_variance,
        log_mass=log_mass,
        mean=new_mean,
        variance=new_variance,
        coefficients=smooth.coefficients,
        covariance=smooth.covariance,
    )


def _normal(areas: Areas, spatial: float, weight: FloatArray, pull: FloatArray) -> _Normal:
    structure, design = areas.structure, areas.covariates
    p = design.shape[1]
    tied = spatial * weight[:, None] * design
    factor = factorise(structure.pattern, structure.entries, spatial**2 * weight)
    solved = factor.solve(np.column_stack([spatial * pull, tied, structure.sums]))
    raw, toward, along = solved[:, 0], solved[:, 1 : p + 1], solved[:, p + 1 :]
    inner = design.T @ (weight[:, None] * design) + np.eye(p) / PRIOR_VARIANCE
    precision = inner - tied.T @ toward
    spread = np.linalg.inv(precision)
    coefficients = spread @ (design.T @ pull - tied.T @ raw)
    effects = raw - toward @ coefficients
    # Now hold each piece of the map to a sum of zero.
    crossed = -spread @ (toward.T @ structure.sums)
    effects_with_sums = along - toward @ crossed
    sums = structure.sums.T @ effects_with_sums
    shift = np.linalg.solve(sums, structure.sums.T @ effects)
    effects = effects - effects_with_sums @ shift
    coefficients = coefficients - crossed @ shift
    mean = spatial * effects + design @ coefficients
    left = design - spatial * toward
    moved = spatial * effects_with_sums + design @ crossed
    variance = spatial**2 * factor.inverse_diagonal()
    variance += np.einsum("ij,jk,ik->i", left, spread, left)
    variance -= np.einsum("ij,ij->i", moved, np.linalg.solve(sums, moved.T).T)
    log_part = float(pull @ mean - weight @ mean**2 / 2 - effects @ structure.times(effects) / 2)
    log_part -= float(coefficients @ coefficients) / PRIOR_VARIANCE / 2
    log_part -= factor.log_determinant / 2
    log_part -= float(np.linalg.slogdet(precision)[1] + np.linalg.slogdet(sums)[1]) / 2
    return _Normal(
        mean=mean,
        variance=variance,
        log_part=log_part,
        coefficients=coefficients,
        covariance=np.asarray(spread - crossed @ np.linalg.solve(sums, crossed.T), np.float64),
    )
