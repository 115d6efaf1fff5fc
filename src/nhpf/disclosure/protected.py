"""A table that may leave: every cell shown, or withheld with a reason, in the forms others need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nhpf.disclosure.dimensions import Dimension, Position
from nhpf.disclosure.policies import Policy
from nhpf.disclosure.values import Disclosed

REASON = "withheld because it is small, or so that a small count cannot be worked out"
"""One reason for all: which of the withheld cells are the small ones would itself tell much."""


@dataclass(frozen=True, slots=True)
class InformationLost:
    """What protection cost. For the publisher: how many cells are small is not for the reader.

    Attributes
    ----------
    cells, small, companions : int
        Cells withheld, and of these the ones unsafe by themselves and the ones beside them.
    value : int
        The sum of the counts withheld.
    share_of_cells, share_of_value : float
        Of all cells that are not zero, totals included.
    """

    cells: int
    small: int
    companions: int
    value: int
    share_of_cells: float
    share_of_value: float


@dataclass(frozen=True, slots=True)
class ProtectedTable:
    """A table as an audience may see it.

    Attributes
    ----------
    subject : str
        What is counted.
    dimensions : tuple of Dimension
    policy : Policy
    cells : mapping of position to Disclosed
        Every position, totals included, in the order of the dimensions' labels.
    already_public : tuple of positions
        Cells withheld here that earlier publications have laid open: they stay public.
    lost : InformationLost
    margins : str
        ``independent``: each total is rounded by itself, so that rounded parts need not add up to
        it; ``added``: each total is the sum of its rounded parts. The same without rounding.
    official : frozenset of positions
        Cells shown exactly, because they are published elsewhere.
    """

    subject: str
    dimensions: tuple[Dimension, ...]
    policy: Policy
    cells: Mapping[Position, Disclosed]
    already_public: tuple[Position, ...]
    lost: InformationLost
    margins: str = "independent"
    official: frozenset[Position] = frozenset()

    def rows(self) -> list[dict[str, str | int | None]]:
        """Return one row for each cell: its labels, ``count`` (None if withheld), ``withheld``."""
        names = [each.name for each in self.dimensions]
        return [
            {
                **dict(zip(names, position, strict=True)),
                "count": None if cell.value is None else int(cell.value),
                "withheld": cell.withheld or None,
            }
            for position, cell in self.cells.items()
        ]

    def arrays(self) -> tuple[NDArray[np.float64], NDArray[np.str_]]:
        """Return counts (NaN where withheld) and reasons, one axis for each dimension's labels."""
        shape = tuple(len(each.labels) for each in self.dimensions)
        cells = self.cells.values()
        values = [np.nan if cell.value is None else cell.value for cell in cells]
        reasons = [cell.withheld for cell in cells]
        return np.reshape(np.array(values, float), shape), np.reshape(np.array(reasons), shape)

    def as_json(self) -> dict[str, object]:
        """Return the table with each cell as null and a flag where it is withheld."""
        names = [each.name for each in self.dimensions]
        return {
            "subject": self.subject,
            "audience": self.policy.audience,
            "policy": self.policy.name,
            "because": self.policy.because,
            "rounded_to": self.policy.rounding,
            "margins": self.margins,
            "cells": [
                {**dict(zip(names, position, strict=True)), **cell.as_json()}
                for position, cell in self.cells.items()
            ],
        }
