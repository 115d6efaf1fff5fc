"""Releases: made once, the same each time, whole or not there, and never changed."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from nhpf.errors import DamagedData, InvalidInput, UnknownRelease
from nhpf.records import Release, open_release, releases, use
from nhpf.records.making import make_release, release_id
from nhpf.records.statement import parse, statements
from nhpf.records.store import Pointer, data_root, move_pointer, read_pointer

KEPT = (
    "sha256",
    "rows",
    "licence",
    "regime",
    "marking",
    "extract_date",
    "vintage",
    "grain",
    "unit",
)


@pytest.fixture
def copied(release: Release, tmp_path: Path) -> Path:
    """A data root of its own that holds the release, so that a test may spoil it."""
    shutil.copytree(release.folder.parent, tmp_path / "releases")
    return tmp_path


def test_every_table_says_where_it_comes_from(release: Release) -> None:
    for name, table in release.manifest["tables"].items():
        assert all(table[key] not in ("", None) for key in KEPT), name
        assert table["sources"], name
        assert table["marking"] == "OFFICIAL", name
    traps = {trap["id"] for trap in release.manifest["traps"]}
    for table in release.manifest["tables"].values():
        assert set(table["traps"]) <= traps


def test_opening_again_makes_nothing(release: Release, data_root: Path) -> None:
    before = (release.folder / "manifest.json").stat().st_mtime_ns
    assert open_release(root=data_root).id == release.id
    assert (release.folder / "manifest.json").stat().st_mtime_ns == before
    assert releases(root=data_root) == (release.id,)


OPEN_AND_PRINT = """
import pathlib, sys
from nhpf.records import open_release
print(open_release(root=pathlib.Path(sys.argv[1])).id)
"""


def test_first_use_by_several_at_once_makes_one_release(release: Release, tmp_path: Path) -> None:
    """Another process and this one make the release at the same time; it is the same as ever."""
    source = Path(__file__).parents[4] / "src"
    other = subprocess.Popen(
        [sys.executable, "-c", OPEN_AND_PRINT, str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": str(source), "PATH": ""},
    )
    opened = open_release(root=tmp_path)
    printed, _ = other.communicate(timeout=120)
    assert printed.strip() == opened.id == release.id == release_id()
    assert opened.manifest == release.manifest
    left = [path.name for path in (tmp_path / "releases").iterdir()]
    assert sorted(left) == sorted([release_id(), "current"])


def test_the_loser_of_a_race_keeps_the_winners_release(copied: Path) -> None:
    before = (copied / "releases" / release_id() / "manifest.json").stat().st_mtime_ns
    assert make_release(copied) == release_id()
    assert (copied / "releases" / release_id() / "manifest.json").stat().st_mtime_ns == before


def test_a_half_made_release_is_not_listed(copied: Path) -> None:
    half = copied / "releases" / ".making-x"
    half.mkdir()
    (half / "manifest.json").write_text("{}")
    (copied / "releases" / "empty").mkdir()
    assert releases(root=copied) == (release_id(),)


def test_the_files_of_a_release_are_read_only(release: Release) -> None:
    modes = {path.stat().st_mode & 0o222 for path in release.folder.iterdir()}
    assert modes == {0}


def test_a_changed_table_is_found(copied: Path) -> None:
    opened = open_release(release_id(), root=copied)
    opened.verify()
    path = opened.folder / "area.parquet"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes() + b"\0")
    with pytest.raises(DamagedData, match=r"area\.parquet"):
        opened.verify()


def test_a_chosen_release_stays_current(copied: Path) -> None:
    older = copied / "releases" / "0123456789abcdef"
    shutil.copytree(copied / "releases" / release_id(), older)
    use("0123456789abcdef", root=copied)
    assert open_release(root=copied).id == "0123456789abcdef"
    assert read_pointer(copied).chosen
    use(release_id(), root=copied)
    assert open_release(root=copied).id == release_id()


def test_a_release_of_older_code_is_replaced_unless_chosen(copied: Path) -> None:
    move_pointer(copied, Pointer("gone", "another recipe"))
    assert open_release(root=copied).id == release_id()
    assert read_pointer(copied) == Pointer(
        release_id(), open_release(root=copied).manifest["recipe"]
    )


@pytest.mark.parametrize("name", ["nothing", "../releases", "", "."])
def test_an_unknown_release_is_refused(copied: Path, name: str) -> None:
    with pytest.raises(UnknownRelease, match=release_id()):
        open_release(name, root=copied)
    with pytest.raises(UnknownRelease):
        use(name, root=copied)


def test_the_data_root_comes_from_the_setting(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NHPF_DATA", str(tmp_path / "x"))
    assert data_root() == tmp_path / "x"
    monkeypatch.delenv("NHPF_DATA")
    assert data_root() == Path(__file__).parents[4] / "var"


def test_an_unknown_query_or_parameter_is_refused(release: Release) -> None:
    with pytest.raises(InvalidInput, match="no query of this name"):
        release.query("nothing")
    with pytest.raises(InvalidInput, match="other parameters"):
        release.query("areas", code="x")
    with pytest.raises(InvalidInput, match="other parameters"):
        release.query("crime_severity")
    with pytest.raises(InvalidInput):
        release.provenance("nothing", period="2019")
    with pytest.raises(InvalidInput):
        release.trap("nothing")


def test_a_parameter_is_a_value_and_never_sql(release: Release) -> None:
    found = release.query("crime_severity", area="E23000001' or '1' = '1")
    assert found["score"].size == 0


def test_provenance_names_source_terms_and_release(release: Release) -> None:
    found = release.provenance("london_ward_offences", period="April 2010 to February 2026")
    assert len(found) == 2
    for each in found:
        assert each.tables == ("london_ward_offences",)
        assert "Metropolitan Police Service data via the London Datastore" in each.source
        assert each.licence == "Open Government Licence v2.0"
        assert each.period == "April 2010 to February 2026"
        assert each.release == release.id
        assert len(each.sha256[0]) == 64


def test_threads_may_ask_at_once(release: Release) -> None:
    found: list[int] = []

    def ask() -> None:
        totals = (release.query("london_homicide_by_year")["homicides"].sum() for _ in range(5))
        found.extend(int(total) for total in totals)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [1833] * 20


TAKEN = {
    "area": "E23000001",
    "borough": "E09000012",
    "category": "ROBBERY OF PERSONAL PROPERTY",
    "categories": ["HOMICIDE", "VIOLENCE WITH INJURY"],
    "first": "2022-03-01",
    "first_year": 2020,
    "force": "E23000001",
    "kind": "force",
    "last": "2024-02-01",
    "offence": "Stalking",
    "subtype": "Knife Crime with Injury",
    "year": 2019,
}


# Those of tables that a force imports are run where such a release is made.
OF_SHIPPED = sorted(name for name, each in statements("sql").items() if "needs" not in each.notes)


@pytest.mark.parametrize("name", OF_SHIPPED)
def test_every_query_states_its_grain_and_runs(release: Release, name: str) -> None:
    statement = statements("sql")[name]
    assert statement.grain.startswith("one row ")
    found = release.query(name, **{key: TAKEN[key] for key in statement.listed("takes")})
    sizes = {values.size for values in found.values()}
    assert len(sizes) == 1
    for values in found.values():
        assert not isinstance(values, np.ma.MaskedArray)


@pytest.mark.parametrize("folder", ["tables", "traps", "reductions", "victim_counts"])
def test_every_statement_states_its_grain(folder: str) -> None:
    assert statements(folder)
    for statement in statements(folder).values():
        assert statement.grain.startswith("one row ")


def test_sql_without_a_grain_is_refused() -> None:
    with pytest.raises(InvalidInput, match="grain"):
        parse("nothing", "-- all rows\nselect 1")


def test_no_query_orders_areas_by_what_is_counted() -> None:
    """No list of forces, boroughs or wards comes in the order of a count, a rate or a score."""
    counted = {"homicides", "offences", "victims", "score", "residents", "searches"}
    for folder in ("sql", "tables"):
        for statement in statements(folder).values():
            for ordered in re.findall(r"order by ([^\n]*)", statement.sql.lower()):
                assert not {key.strip(" )") for key in ordered.split(",")} & counted, statement.name
                assert " desc" not in ordered, statement.name
