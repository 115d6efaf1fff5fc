"""Capture of London's homicides by wards, to the three decimals of two published checks.

Source: the proof files kept beside the Metropolitan Police tables that the release ships
(``proof_ward_hotspot_capture.csv``, ``proof_knife_to_homicide_capture.csv``): 679 wards, 68 of
them for 10% and 136 for 20%, wards with equal scores in ascending order of their codes; the score
is the count of the 24 months before the window. The tables come from the release itself.
"""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import numpy as np
import pytest

from nhpf.methods.hot_spots import Capture, capture
from nhpf.records import Release, open_release

WINDOWS = {
    "2018 and 2019": ("2016-01-01", "2018-01-01", "2020-01-01", 287),
    "2020 and 2021": ("2018-01-01", "2020-01-01", "2022-01-01", 263),
    "2022 and 2023": ("2020-01-01", "2022-01-01", "2024-01-01", 217),
    "2024 to February 2026": ("2022-01-01", "2024-01-01", "2026-03-01", 201),
}
PUBLISHED = {
    ("2018 and 2019", "VIOLENCE WITH INJURY"): (0.233, 0.362),
    ("2018 and 2019", "ROBBERY OF PERSONAL PROPERTY"): (0.226, 0.362),
    ("2018 and 2019", "POSSESSION OF WEAPONS"): (0.209, 0.376),
    ("2020 and 2021", "VIOLENCE WITH INJURY"): (0.179, 0.342),
    ("2020 and 2021", "ROBBERY OF PERSONAL PROPERTY"): (0.163, 0.297),
    ("2020 and 2021", "POSSESSION OF WEAPONS"): (0.198, 0.357),
    ("2022 and 2023", "VIOLENCE WITH INJURY"): (0.194, 0.373),
    ("2022 and 2023", "ROBBERY OF PERSONAL PROPERTY"): (0.18, 0.304),
    ("2022 and 2023", "POSSESSION OF WEAPONS"): (0.217, 0.364),
    ("2024 to February 2026", "VIOLENCE WITH INJURY"): (0.254, 0.393),
    ("2024 to February 2026", "ROBBERY OF PERSONAL PROPERTY"): (0.234, 0.408),
    ("2024 to February 2026", "POSSESSION OF WEAPONS"): (0.224, 0.403),
}
COUNTS = """
    select ward.code, coalesce(sum(offences), 0)::integer as offences
    from ward left join london_ward_offences as counted
      on counted.ward_code = ward.code and category = $category
      and month >= $start::date and month < $stop::date
    group by all order by ward.code
"""
PUBLISHED_KNIFE = {
    "Knife Crime": (0.245, 0.415),
    "Knife Crime with Injury": (0.266, 0.426),
    "Knife Injury Victims (1-24)": (0.245, 0.394),
}
KNIFE_COUNTS = """
    select ward.code, coalesce(sum(offences), 0)::integer as offences
    from ward left join london_knife_crime_count as counted
      on counted.area_code = ward.code and area_kind = 'ward'
      and subtype = $subtype and measure = 'Offences'
      and month >= '2022-03-01' and month < '2024-03-01'
    group by all order by ward.code
"""


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return open_release(root=tmp_path_factory.mktemp("capture"))


@pytest.fixture(scope="module")
def tables(release: Release) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        for name in release.manifest["tables"]:
            connection.read_parquet(str(release.folder / f"{name}.parquet")).create_view(name)
        yield connection


def by_ward(
    tables: duckdb.DuckDBPyConnection, sql: str, **parameters: str
) -> tuple[list[str], np.ndarray]:
    found = tables.execute(sql, parameters).fetchnumpy()
    return found["code"].tolist(), np.asarray(found["offences"])


@pytest.mark.parametrize(("window", "category"), list(PUBLISHED))
def test_recorded_crime_captures_what_was_published(
    tables: duckdb.DuckDBPyConnection, window: str, category: str
) -> None:
    before, start, stop, homicides = WINDOWS[window]
    wards, score = by_ward(tables, COUNTS, category=category, start=before, stop=start)
    _, later = by_ward(tables, COUNTS, category="HOMICIDE", start=start, stop=stop)
    found = capture(score, later, None, (0.1, 0.2), order=wards)
    assert (found.places, found.events) == (679, homicides)
    assert [part.places for part in found.at] == [68, 136]
    assert tuple(round(part.estimate, 3) for part in found.at) == PUBLISHED[window, category]
    assert_averaged_share_lies_in_tie_range(score, later, found)


def assert_averaged_share_lies_in_tie_range(
    score: np.ndarray, later: np.ndarray, by_code: Capture
) -> None:
    averaged = capture(score, later, None, (0.1, 0.2))
    for ours, theirs in zip(averaged.at, by_code.at, strict=True):
        assert ours.tie_low <= ours.estimate <= ours.tie_high
        assert ours.tie_low <= theirs.estimate <= ours.tie_high
        assert 1.4 < ours.pai < 2.8  # about twice chance, and no more


@pytest.mark.parametrize("subtype", list(PUBLISHED_KNIFE))
def test_knife_crime_captures_what_was_published(
    tables: duckdb.DuckDBPyConnection, subtype: str
) -> None:
    """Knife crime of March 2022 to February 2024, homicides of March 2024 to February 2026."""
    wards, score = by_ward(tables, KNIFE_COUNTS, subtype=subtype)
    _, later = by_ward(tables, COUNTS, category="HOMICIDE", start="2024-03-01", stop="2026-03-01")
    found = capture(score, later, None, (0.1, 0.2), order=wards)
    assert (found.places, found.events) == (679, 188)
    assert tuple(round(part.estimate, 3) for part in found.at) == PUBLISHED_KNIFE[subtype]
    assert_averaged_share_lies_in_tie_range(score, later, found)
