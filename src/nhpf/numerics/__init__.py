"""Intervals, the shape of an estimate and checks of arrays, shared by the methods."""

from nhpf.numerics.estimates import Estimate

__all__ = ["Estimate"]
