"""One release of the shipped tables and one edition for the tests that build upon them."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhpf.framework import Edition, load_edition
from nhpf.records import Release, open_release


@pytest.fixture(scope="session")
def data_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="session")
def release(data_root: Path) -> Release:
    return open_release(root=data_root)


@pytest.fixture(scope="session")
def edition() -> Edition:
    return load_edition()
