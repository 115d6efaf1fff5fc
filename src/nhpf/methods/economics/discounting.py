"""Money of later years in money of this one, at the rates of a named edition of the Green Book."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from nhpf.errors import InvalidInput
from nhpf.numerics import inputs
from nhpf.numerics.inputs import FloatArray

RateKind = Literal["standard", "health", "sensitivity"]
LATEST = "2026-02"


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentValue:
    """The present value of a row of yearly amounts.

    Attributes
    ----------
    value : float
        In the unit and price year of the amounts.
    factors : ndarray, shape (years,)
        What one pound of each year is worth now.
    method : str
        Kind of rate and edition of the Green Book.
    caveats : tuple of str
    """

    value: float
    factors: FloatArray
    method: str
    caveats: tuple[str, ...]

    def __str__(self) -> str:
        """Return the value, the edition and the caveats."""
        head = f"{self.value:,.0f} ({self.method})"
        return "\n".join([head, *(f"  Note: {caveat}" for caveat in self.caveats)])


def present_value(
    amounts: npt.ArrayLike, *, kind: RateKind = "standard", edition: str = LATEST
) -> PresentValue:
    """Return the present value of yearly amounts in real prices.

    Parameters
    ----------
    amounts : array_like, shape (years,)
        The first is this year's and is not discounted; costs may be negative.
    kind : {"standard", "health", "sensitivity"}
        Health for effects measured in life and health; sensitivity for the second test of
        horizons beyond 50 years.
    edition : str
        Edition of the Green Book.

    Raises
    ------
    InvalidInput
        No amounts, NaN, an edition or a kind of rate that is not held.
    """
    yearly = inputs.finite_array(amounts, name="amounts")
    factors = discount_factors(yearly.size, kind=kind, edition=edition)
    held = _edition(edition)
    caveats = [held["note"], "Amounts must be in real prices of one year."]
    if yearly.size > 51 and kind == "standard":
        caveats.append("Beyond 50 years the Green Book asks for the sensitivity rates as well.")
    return PresentValue(
        value=float(yearly @ factors),
        factors=factors,
        method=f"{kind} rate, {held['title']}",
        caveats=tuple(caveats),
    )


def discount_factors(
    years: int, *, kind: RateKind = "standard", edition: str = LATEST
) -> FloatArray:
    """Return what one pound of this year and each later one is worth now.

    Parameters and errors are those of :func:`present_value`.
    """
    years = inputs.whole(years, name="number of years")
    held = _edition(edition)
    if kind not in ("standard", "health", "sensitivity"):
        raise InvalidInput("The kind of rate must be standard, health or sensitivity.")
    band = np.searchsorted(held["until"], np.arange(1, years))
    rates = np.array(held[kind])[band]
    return np.concatenate([[1.0], np.cumprod(1 / (1 + rates))])


def _edition(name: str) -> dict[str, Any]:
    editions = _editions()
    if name not in editions:
        raise InvalidInput(
            "No rates are held for this edition of the Green Book.",
            next_step=f"Use one of {', '.join(sorted(editions))}.",
        )
    return editions[name]


@cache
def _editions() -> dict[str, dict[str, Any]]:
    text = files("nhpf.methods.economics").joinpath("discount_rates.toml").read_text("utf-8")
    held: dict[str, dict[str, Any]] = tomllib.loads(text)["editions"]
    return held
