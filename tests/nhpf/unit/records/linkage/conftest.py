"""One synthetic world with known truth for the tests of linkage."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pytest

from nhpf.records.engine import connect
from nhpf.records.linkage import World, synthetic_world
from nhpf.records.linkage.events import prepare, read_events
from nhpf.records.linkage.matching import Matched, match
from nhpf.records.linkage.sources import Source, from_file


@pytest.fixture(scope="session")
def today() -> date:
    return date(2026, 11, 26)


@pytest.fixture(scope="session")
def world() -> World:
    return synthetic_world(2500, rng=1)


@pytest.fixture(scope="session")
def files(world: World, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return world.write(tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="session")
def sources(files: tuple[Path, Path]) -> tuple[Source, Source]:
    return from_file(files[0]), from_file(files[1])


@pytest.fixture(scope="session")
def match_files() -> Callable[[Path, Path], Matched]:
    def matched(police: Path, hospital: Path) -> Matched:
        with connect() as con:
            prepare(con)
            read_events(con, "police", from_file(police))
            read_events(con, "hospital", from_file(hospital))
            return match(con)

    return matched


@pytest.fixture(scope="session")
def matched(files: tuple[Path, Path], match_files: Callable[[Path, Path], Matched]) -> Matched:
    return match_files(*files)


@pytest.fixture(scope="session")
def is_match() -> Callable[[World, Matched], np.ndarray]:
    """Whether each candidate pair is one event."""

    def of(world: World, matched: Matched) -> np.ndarray:
        police = world.police_truth[matched.pairs.police - 1]
        return np.asarray(police == world.hospital_truth[matched.pairs.hospital - 1])

    return of


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with connect() as made:
        prepare(made)
        yield made
