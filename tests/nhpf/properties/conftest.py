"""How long simulations run: a seeded slice always, 25 times as long in ``make prove``."""

from __future__ import annotations

import pytest


@pytest.fixture(
    params=[
        pytest.param(1, id="slice"),
        pytest.param(25, id="long", marks=pytest.mark.prove),
    ]
)
def length(request: pytest.FixtureRequest) -> int:
    """Return by how much to multiply the runs of a simulation."""
    found: int = request.param
    return found
