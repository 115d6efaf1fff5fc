"""Weighted least squares for many syntheses at once: what every model here is built from.

Studies run down the rows and syntheses across the columns, so that sums over the studies of
thousands of syntheses are sums of whole rows. With W the diagonal matrix of weights,
P = W - WX (X'WX)^-1 X'W; it is never formed, since the traces and products below need only sums
over studies.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nhpf.numerics.inputs import FloatArray


@dataclass(frozen=True, slots=True)
class Weighted:
    """Fits of the syntheses at the weights 1 / (variance + tau2).

    Attributes
    ----------
    weights : ndarray, shape (k, n)
    covariance : ndarray, shape (n, p, p)
        (X'WX)^-1.
    coefficients : ndarray, shape (n, p)
    projected : ndarray, shape (k, n)
        Py: weight times residual.
    q : ndarray, shape (n,)
        y'Py: the weighted sum of squared residuals.
    """

    design: FloatArray
    weights: FloatArray
    covariance: FloatArray
    coefficients: FloatArray
    projected: FloatArray
    q: FloatArray

    def traces(self) -> tuple[FloatArray, FloatArray]:
        """Return tr(P) and tr(PP), each of shape (n,)."""
        power = self.weights * self.weights
        squared = cross_products(self.design, power)
        cubed = cross_products(self.design, power * self.weights)
        twice = _times(self.covariance, squared)
        whole = power.sum(axis=0) - 2 * _trace_of(self.covariance, cubed)
        return (
            self.weights.sum(axis=0) - _trace_of(self.covariance, squared),
            whole + _trace_of(twice, twice),
        )

    def squared(self) -> FloatArray:
        """Return y'PPy."""
        return np.asarray(np.einsum("kn,kn->n", self.projected, self.projected))

    def cubed(self) -> FloatArray:
        """Return y'PPPy."""
        weighted = self.weights * self.projected
        fitted = (self.design.T @ weighted).T
        inner = (fitted * _apply(self.covariance, fitted)).sum(axis=1)
        return np.asarray(np.einsum("kn,kn->n", weighted, self.projected) - inner)


def covariance_of(here: Weighted, *, hartung_knapp: bool) -> FloatArray:
    """Return the covariance of the coefficients, shape (n, p, p), Hartung and Knapp's if asked."""
    if not hartung_knapp:
        return here.covariance
    df = here.design.shape[0] - here.design.shape[1]
    return np.asarray(here.covariance * (here.q / df)[:, None, None])


def has_width(here: Weighted) -> npt.NDArray[np.bool_]:
    """Return which syntheses have residuals at all: without, Hartung and Knapp's error is zero."""
    size = np.abs(here.coefficients).max(axis=1) * np.sqrt(here.weights.max(axis=0))
    return np.asarray(here.q > 1e-20 * np.maximum(size, 1e-5) ** 2)


def fit(y: FloatArray, v: FloatArray, design: FloatArray, tau2: FloatArray) -> Weighted:
    """Fit each synthesis with weights 1 / (v + tau2).

    y and v have shape (k, n), design (k, p), tau2 (n,).
    """
    return fit_with(y, 1 / (v + tau2), design)


def fit_with(y: FloatArray, weights: FloatArray, design: FloatArray) -> Weighted:
    """Fit each synthesis with the weights given."""
    covariance = inverse(cross_products(design, weights))
    coefficients = _apply(covariance, (design.T @ (weights * y)).T)
    residuals = y - design @ coefficients.T
    projected = weights * residuals
    q = np.einsum("kn,kn->n", projected, residuals)
    return Weighted(design, weights, covariance, coefficients, projected, q)


def cross_products(design: FloatArray, weights: FloatArray) -> FloatArray:
    """Return X'WX for each column of weights, shape (n, p, p)."""
    p = design.shape[1]
    if p == 1:
        return np.asarray((design[:, 0] ** 2 @ weights)[:, None, None])
    outer = (design[:, :, None] * design[:, None, :]).reshape(-1, p * p)
    return np.asarray((outer.T @ weights).T.reshape(-1, p, p))


def log_determinant(matrices: FloatArray) -> FloatArray:
    """Return the logarithm of the determinant of each small positive matrix."""
    if matrices.shape[-1] == 1:
        return np.log(matrices[:, 0, 0])
    return np.asarray(np.linalg.slogdet(matrices)[1])


def inverse(matrices: FloatArray) -> FloatArray:
    """Return the inverse of each small symmetric matrix, scaled so that units do not matter."""
    if matrices.shape[-1] == 1:
        return np.asarray(1 / matrices)
    scale = 1 / np.sqrt(np.einsum("npp->np", matrices))
    around = scale[:, :, None] * scale[:, None, :]
    return np.asarray(np.linalg.inv(matrices * around) * around)


def _times(left: FloatArray, right: FloatArray) -> FloatArray:
    return left * right if left.shape[-1] == 1 else left @ right


def _trace_of(left: FloatArray, right: FloatArray) -> FloatArray:
    return np.asarray(np.einsum("npq,nqp->n", left, right))


def _apply(matrices: FloatArray, vectors: FloatArray) -> FloatArray:
    if matrices.shape[-1] == 1:
        return np.asarray(matrices[:, :, 0] * vectors)
    return np.asarray(np.einsum("npq,nq->np", matrices, vectors))
