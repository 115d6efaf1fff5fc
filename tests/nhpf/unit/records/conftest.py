"""One release for all tests of the records, and the sources where they are here."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from nhpf.records import Release, open_release

REPOSITORY = Path(__file__).parents[4]


@pytest.fixture(scope="session")
def data_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("records")


@pytest.fixture(scope="session")
def release(data_root: Path) -> Release:
    return open_release(root=data_root)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of collected sources, which is not part of the repository."""
    folder = Path(os.environ.get("NHPF_SHARED", REPOSITORY.parent / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip(
            "The collected sources are not on this machine: set NHPF_SHARED to their folder."
        )
    return folder
