"""Made-up series, and all that is watched in the shipped release."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np
import pytest

from nhpf.indicators import indicator
from nhpf.records import Area, Release, areas
from nhpf.signals import Series, Watched, watch

MET = Area("E23000001", "Metropolitan Police", "force", "K04000001")
HACKNEY = Area("E09000012", "Hackney", "local_authority", "E23000001")

Made = Callable[..., Series]


@pytest.fixture(scope="session")
def made() -> Made:
    def make(
        counts: Sequence[int] | np.ndarray,
        *,
        of: str = "robbery",
        area: Area = HACKNEY,
        step: str = "month",
    ) -> Series:
        return Series(
            indicator=indicator(of),
            area=area,
            step=step,  # type: ignore[arg-type]
            first=date(2010, 1, 1),
            counts=np.asarray(counts, dtype=np.int64),
        )

    return make


@pytest.fixture(scope="session")
def watched(release: Release) -> Watched:
    return watch(areas(release), release=release)
