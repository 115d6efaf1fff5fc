"""Homicide cases of 43 forces, made up with a seed, and the returns made of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import numpy as np
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from nhpf.records import Release, areas
from nhpf.records.engine import connect, quoted, reader
from nhpf.records.returns import Origin, Period, make
from nhpf.records.returns.keys import public_of

FINANCIAL = Period(2021, 4, 3)
ISSUED = datetime(2024, 5, 1, 9, tzinfo=UTC)
VICTIMS_A_YEAR = 640
LARGEST, SMALLEST = "E23000001", "E23000034"
COLUMNS = (
    "case_id", "force", "recorded_month", "offence", "victim_age_band", "victim_sex", "domestic",
    "place_type", "method", "alcohol_related", "drug_related",
)  # fmt: skip


def _draw(rng: np.random.Generator, n: int, **shares: float) -> np.ndarray:
    labels = [label.replace("_", " ") for label in shares]
    weights = np.array(list(shares.values()))
    return rng.choice(labels, n, p=weights / weights.sum())


def cases(forces: list[str], *, period: Period = FINANCIAL, seed: int = 1) -> list[tuple[str, ...]]:
    """Return one row a victim: about 640 a year, 41% by sharp instrument; nobody of them lived.

    The largest force has a sixth of them, the smallest two victims, every other at least three.
    """
    rng = np.random.default_rng(seed)
    others = [force for force in forces if force not in (LARGEST, SMALLEST)]
    total = VICTIMS_A_YEAR * period.years
    weights = rng.lognormal(0, 0.5, len(others))
    left = total - total // 6 - 2 - 3 * len(others)
    spread = 3 + rng.multinomial(left, weights / weights.sum())
    force = np.repeat([LARGEST, SMALLEST, *others], [total // 6, 2, *spread])
    n = len(force)
    sex = _draw(rng, n, male=0.715, female=0.28, not_known=0.005)
    # A band before a number needs a letter in front of it to be a keyword.
    age = np.char.lstrip(
        _draw(
            rng, n, under_1=0.03, a1_to_4=0.02, a5_to_9=0.01, a13_to_15=0.03, a13_to_19=0.01,
            a16_to_17=0.04, a18_to_24=0.17, a25_to_34=0.22, a35_to_44=0.18, a45_to_54=0.12,
            a55_to_64=0.08, a65_to_74=0.05, a75_and_over=0.03, not_known=0.01,
        ),
        "a",
    )  # fmt: skip
    domestic = np.where(rng.random(n) < np.where(sex == "female", 0.6, 0.12), "yes", "no")
    public = rng.random(n) < np.where(domestic == "yes", 0.1, 0.5)
    indoors = _draw(rng, n, residential=0.8, other=0.17, not_known=0.03)
    place = np.where(public, "public space", indoors)
    method = _draw(
        rng, n, sharp_instrument=0.41, blunt_instrument=0.07, shooting=0.05,
        hitting_or_kicking=0.2, strangulation_or_asphyxiation=0.07, other=0.15, not_known=0.05,
    )  # fmt: skip
    alcohol = _draw(rng, n, yes=0.25, no=0.6, not_known=0.15)
    drug = _draw(rng, n, yes=0.4, no=0.45, not_known=0.15)
    month = rng.choice(period.months, n)
    number = [f"H{i:05d}" for i in range(n)]
    offence = _draw(rng, n, murder=0.7, manslaughter=0.3)
    fields = (number, force, month, offence, age, sex, domestic, place, method, alcohol, drug)
    return [tuple(map(str, row)) for row in zip(*fields, strict=True)]


def write_cases(rows: list[tuple[str, ...]], path: Path) -> Path:
    with connect() as con:
        con.execute(f"create table cases ({', '.join(f'{name} varchar' for name in COLUMNS)})")
        con.executemany(f"insert into cases values ({', '.join('?' * len(COLUMNS))})", rows)
        con.execute(f"copy cases to {quoted(path)} (format parquet)")
    return path


@dataclass(frozen=True)
class Nation:
    """Forty-three forces, their cases in one file, their keys, and the register."""

    names: dict[str, str]
    rows: list[tuple[str, ...]]
    path: Path
    keys: dict[str, Ed25519PrivateKey]

    @property
    def register(self) -> dict[str, str]:
        return {public_of(key): force for force, key in self.keys.items()}

    def bundle(
        self,
        force: str,
        *,
        sequence: int = 1,
        period: Period = FINANCIAL,
        table: Path | duckdb.DuckDBPyRelation | None = None,
        key: Ed25519PrivateKey | None = None,
    ) -> bytes:
        return make(
            table or self.path,
            force=force,
            period=period,
            key=key or self.keys[force],
            sequence=sequence,
            origin=Origin("0123456789abcdef", "ab" * 32, date(2024, 4, 20), synthetic=True),
            issued=ISSUED,
        )

    def bundles(self, table: Path) -> dict[str, bytes]:
        """The return of each force, from one connection."""
        with connect() as con:
            rows = con.sql(f"select * from {reader(table)}")
            return {force: self.bundle(force, table=rows) for force in self.names}


@pytest.fixture(scope="session")
def nation(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Nation:
    names = {area.code: area.name for area in areas(release, "force")}
    assert len(names) == 43
    rows = cases(sorted(names))
    path = write_cases(rows, tmp_path_factory.mktemp("cases") / "homicide_cases.parquet")
    seeds = {force: bytes([i]) * 32 for i, force in enumerate(sorted(names), 1)}
    keys = {force: Ed25519PrivateKey.from_private_bytes(seed) for force, seed in seeds.items()}
    return Nation(names, rows, path, keys)


@pytest.fixture(scope="session")
def bundles(nation: Nation) -> dict[str, bytes]:
    return nation.bundles(nation.path)


@pytest.fixture
def sent(bundles: dict[str, bytes], tmp_path: Path) -> dict[str, Path]:
    """The first return of each force, as the files that the recipient gets."""
    folder = tmp_path / "sent"
    folder.mkdir()
    for force, data in bundles.items():
        (folder / f"{force}.jsonl").write_bytes(data)
    return {force: folder / f"{force}.jsonl" for force in bundles}


@pytest.fixture
def table_of(tmp_path: Path) -> Callable[[list[tuple[str, ...]]], Path]:
    """Write cases as a table."""
    return lambda rows: write_cases(rows, tmp_path / "own_cases.parquet")


@pytest.fixture
def cases_of(nation: Nation) -> Callable[[int], list[tuple[str, ...]]]:
    """Make up the cases of another seed."""
    return lambda seed: cases(sorted(nation.names), seed=seed)
