"""A figure that is built on a flagged cell says so, and no other figure does."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import duckdb
import pytest

from nhpf.framework import Edition
from nhpf.profile import build
from nhpf.records import Release, find_area, open_release
from nhpf.records.adding import add_table
from nhpf.records.staging import staging
from nhpf.reports import figures
from nhpf.reports.tree import Figure

TABLE = "london_borough_offences"
HACKNEY = "E09000012"


@pytest.fixture(scope="module")
def altered(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release in which most of Hackney's offences of September 2022 are missing."""
    root = tmp_path_factory.mktemp("altered")
    shutil.copytree(release.folder.parent, root / "releases")
    held = release.manifest["tables"][TABLE]
    with staging(root) as folder:
        folder_of_table = folder / "table"
        folder_of_table.mkdir()
        duckdb.connect().execute(
            f"copy (select * replace (case when borough_code = '{HACKNEY}' and month ="
            " date '2022-09-01' and category <> 'HOMICIDE' then 1 else offences end as offences)"
            f" from {release.reads(TABLE)}) to '{folder_of_table / 'rows.parquet'}'"
        )
        id_ = add_table(
            TABLE,
            folder_of_table,
            table={key: held[key] for key in ("grain", "unit", "columns", "rows")},
            source=release.manifest["sources"]["london_borough_offences_current"],
            folder=folder,
            root=root,
        )
    return open_release(id_, root=root)


def flagged(release: Release, edition: Edition, place: str) -> Iterator[tuple[Figure, str]]:
    """Yield the figures of a profile that name a flag, with what they say."""
    report = build(find_area(place, release), release=release, edition=edition)
    for each in figures(report):
        for caveat in each.caveats:
            if caveat.startswith("Flagged in the data"):
                yield each, caveat


def test_figures_of_the_area_say_what_is_missing(altered: Release, edition: Edition) -> None:
    found = {
        each.id: said
        for each, said in flagged(altered, edition, HACKNEY)
        if TABLE.replace("_", " ") in said
    }
    assert "homicide-by-year" in found
    assert "Hackney, September 2022: " in found["homicide-by-year"]
    assert "where about 2," in found["homicide-by-year"]


def test_figures_of_other_tables_and_places_do_not(altered: Release, edition: Edition) -> None:
    for each, _ in flagged(altered, edition, HACKNEY):
        assert TABLE in {name for part in each.provenance for name in part.tables}
    assert list(flagged(altered, edition, "Camden")) == []
    assert list(flagged(altered, edition, "Kent")) == []


def test_the_force_that_the_area_lies_in_says_it_too(altered: Release, edition: Edition) -> None:
    said = {each.id: caveat for each, caveat in flagged(altered, edition, "Metropolitan Police")}
    assert "Hackney, September 2022" in said["homicide-by-year"]


def test_without_a_flag_nothing_is_added(release: Release, edition: Edition) -> None:
    assert list(flagged(release, edition, "Hackney")) == []
