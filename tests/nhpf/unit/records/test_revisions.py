"""Revisions of published figures and between releases, and the breaks in series."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from nhpf.records import Release, open_release, use
from nhpf.records.contract import contracts
from nhpf.records.importing import import_files
from nhpf.records.revisions import (
    PeriodChange,
    breaks,
    breaks_of,
    changed_counts,
    changed_tables,
    published_revisions,
)


def test_696_homicides_became_684(release: Release) -> None:
    (found,) = (
        each for each in published_revisions(release)
        if (each.period, each.breakdown) == ("year ending March 2022", "total")
    )  # fmt: skip
    assert (found.before, found.after, found.change) == (696, 684, -12)
    assert found.before_vintage == "year ending March 2022 release"
    assert found.after_vintage == "year ending March 2023 release"


def test_every_revision_changes_something(release: Release) -> None:
    found = published_revisions(release)
    assert len(found) == 13
    assert all(each.change for each in found)


def written(path: Path, counts: dict[str, int]) -> Path:
    lines = [f"force,E23000032,{period},Robbery,offences,{n}" for period, n in counts.items()]
    path.write_text(
        "\n".join(["area_kind,area,period,category,measure,count", *lines]) + "\n", "utf-8"
    )
    return path


@pytest.fixture(scope="module")
def pair(release: Release, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """Two releases of one table: a month removed, one re-stated, one added."""
    root = tmp_path_factory.mktemp("pair")
    shutil.copytree(release.folder.parent, root / "releases")
    first = written(root / "first.csv", {"2024-01": 50, "2024-02": 61, "2024-03": 70})
    second = written(root / "second.csv", {"2024-02": 60, "2024-03": 70, "2024-04": 44})
    ids = [import_files("area_month_counts", [path], root=root).release for path in (first, second)]
    return root, ids[0], ids[1]


def test_counts_that_changed_between_releases_are_listed(pair: tuple[Path, str, str]) -> None:
    root, first, second = pair
    before, after = (open_release(each, root=root) for each in (first, second))
    assert [each.table for each in changed_tables(before, after)] == ["area_month_counts"]
    table, layer, area = "area_month_counts", "force, offences", "E23000032"
    found = changed_counts(before, after, table)
    assert found == (
        PeriodChange(table, layer, area, "2024-01", 50, None),
        PeriodChange(table, layer, area, "2024-02", 61, 60),
        PeriodChange(table, layer, area, "2024-04", None, 44),
    )
    assert [each.kind for each in found] == ["removed", "changed", "added"]


def test_a_release_is_no_revision_of_itself(pair: tuple[Path, str, str]) -> None:
    root, _, second = pair
    held = open_release(second, root=root)
    assert changed_tables(held, held) == ()
    assert changed_counts(held, held, "area_month_counts") == ()


def test_an_added_table_is_listed_with_its_rows(
    release: Release, pair: tuple[Path, str, str]
) -> None:
    root, first, _ = pair
    (found,) = changed_tables(release, open_release(first, root=root))
    assert (found.kind, found.rows_before, found.rows_after) == ("added", None, 3)


def test_an_earlier_release_can_be_used_again(pair: tuple[Path, str, str]) -> None:
    root, first, second = pair
    assert open_release(root=root).id == second
    use(first, root=root)
    assert open_release(root=root).id == first
    use(second, root=root)


def test_breaks_name_tables_that_exist(release: Release) -> None:
    known = {*release.manifest["tables"], *contracts()}
    for each in breaks():
        assert known.issuperset(each.tables), each.id
    assert len({each.id for each in breaks()}) == len(breaks())


def test_the_breaks_that_must_be_known_are(release: Release) -> None:
    since = {each.id: each.since for each in breaks()}
    assert since["connect"] == "2024-02"
    assert {"recorded-and-index", "small-areas-2021", "wards-2022"} <= set(since)
    assert "connect" in {each.id for each in breaks_of("london_borough_offences")}


def test_the_break_between_kinds_of_year_is_where_the_table_has_it(release: Release) -> None:
    found = release.query("national_homicide_recorded")
    financial = found["year"][found["kind"] == "financial year"]
    (held,) = (each for each in breaks() if each.id == "recorded-year")
    assert held.since == f"{financial.min()}-04"
