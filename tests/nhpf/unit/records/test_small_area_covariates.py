"""What is known of small areas and wards: made again by hand from the shipped files."""

from __future__ import annotations

import csv
import gzip
from typing import Any

import numpy as np
import pytest
from pyarrow import parquet

from nhpf.records import Release
from nhpf.records.engine import connect
from nhpf.records.open_source import OPEN_DATA

WARD = "E05009317"


def _rows(name: str) -> list[dict[str, str]]:
    with gzip.open(OPEN_DATA / name, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _by_code(name: str, key: str = "lsoa21_code") -> dict[str, dict[str, Any]]:
    return {row[key]: row for row in parquet.read_table(OPEN_DATA / name).to_pylist()}


def test_a_ward_is_the_mean_of_its_small_areas_by_residents(release: Release) -> None:
    lookup = _rows("lookup_lsoa21_ward24_ltla24_csp24_pfa24.csv.gz")
    inside = sorted({row["lsoa21_code"] for row in lookup if row["ward24_code"] == WARD})
    people = _by_code("census2021_residents_lsoa21.parquet")
    deprived = _by_code("imd2025_lsoa21.parquet")
    ground = _by_code("small_area_points_lsoa21.parquet")
    weights = np.array([people[code]["residents"] for code in inside], float)
    found = release.query("wards_covariates")
    at = found["code"].tolist().index(WARD)
    names = {"barriers": "barriers_score", "environment": "environment_score"}
    names |= {"income": "income_score", "employment": "employment_score"}
    names |= {"education": "education_score", "health": "health_score"}
    for name, column in names.items():
        values = np.array([deprived[code][column] for code in inside])
        assert found[name][at] == pytest.approx(values @ weights / weights.sum(), rel=1e-12)
    hectares = sum(ground[code]["hectares"] for code in inside)
    assert found["density"][at] == pytest.approx(weights.sum() / hectares, rel=1e-12)


def test_the_young_of_split_areas_are_shared_and_none_is_lost(release: Release) -> None:
    whole = _by_code("population_mid2020_young_lsoa11.parquet", "lsoa11_code")
    with connect() as con:
        found = con.execute(
            "select sum(share_young * residents) / sum(residents), count(*) - count(share_young)"
            f" from {release.reads('small_area_covariate')}"
        ).fetchone()
    share = sum(row["aged_15_to_24"] for row in whole.values()) / sum(
        row["residents"] for row in whole.values()
    )
    # Weighed by other residents (2021 for 2020), the nation's share moves a little, no more.
    assert found == (pytest.approx(share, rel=0.02), 0)


def test_deprivation_is_blank_in_wales_and_says_nothing_of_crime(release: Release) -> None:
    essex = release.query("small_areas_covariates", force="E23000028")
    gwent = release.query("small_areas_covariates", force="W15000002")
    assert not np.isnan(essex["income"].astype(float)).any()
    assert np.isnan(gwent["income"].astype(float)).all()
    assert not np.isnan(gwent["density"].astype(float)).any()
    columns = parquet.read_schema(OPEN_DATA / "imd2025_lsoa21.parquet").names
    assert not any("crime" in name.lower() for name in columns)
    assert list(essex["code"]) == sorted(essex["code"])
