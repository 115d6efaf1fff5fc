"""One release of the shipped tables for all tests of the records."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhpf.records import Release, open_release


@pytest.fixture(scope="session")
def data_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("records")


@pytest.fixture(scope="session")
def release(data_root: Path) -> Release:
    return open_release(root=data_root)
