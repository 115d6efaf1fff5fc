"""The sources that the shipped tables were made from, where they are here."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[4]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of collected sources, which is not part of the repository."""
    folder = Path(os.environ.get("NHPF_SHARED", REPOSITORY.parent / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip(
            "The collected sources are not on this machine: set NHPF_SHARED to their folder."
        )
    return folder
