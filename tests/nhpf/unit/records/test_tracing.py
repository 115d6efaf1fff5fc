"""Every figure leads back to the SQL, the files and the rows that were counted."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from nhpf.errors import InvalidInput
from nhpf.records import Release, open_release
from nhpf.records.importing import Terms, import_files
from nhpf.records.tracing import trace

KEPT = [
    "series",
    "licence",
    "regime",
    "marking",
    "extract_date",
    "vintage",
    "rows",
    "grain",
    "unit",
]
COUNTS = "area_kind,area,period,category,measure,count\n" + "".join(
    f"force,E23000032,2024-{month:02},Robbery,offences,{100 + month}\n" for month in range(1, 13)
)


def test_every_table_leads_to_files_rows_and_terms(release: Release) -> None:
    for table in release.manifest["tables"]:
        found = trace(release, table)
        assert found.release == release.id
        assert found.code_version
        assert found.hashes
        assert all(len(each) == 64 for each in found.hashes.values())
        assert all(found.held[key] not in ("", None) for key in KEPT), table
        assert found.counted_by.startswith("-- grain: "), table
        for source in found.sources:
            assert source.account is None
            for file in source.files:
                assert file["rows"] > 0
                assert len(file["sha256"]) == 64


def test_a_table_names_the_queries_that_read_it(release: Release) -> None:
    found = trace(release, "london_knife_crime_count")
    assert any(each.startswith("knife_crime_by_month: ") for each in found.queries)
    assert not any("population" in each for each in found.queries)
    assert any("end" in fault and "blank" in fault for fault in found.faults)


def test_an_unknown_table_is_refused_with_those_there_are(release: Release) -> None:
    with pytest.raises(InvalidInput, match="london_knife_crime_count"):
        trace(release, "nothing")


@pytest.fixture(scope="module")
def imported(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Release:
    folder: Path = tmp_path_factory.mktemp("traced")
    shutil.copytree(release.folder.parent, folder / "releases")
    path = folder / "counts.csv"
    path.write_text(COUNTS, encoding="utf-8")
    terms = Terms(
        publisher="Kent Police",
        licence="Open Government Licence v3.0",
        extract_date="2025-01-20",
        vintage="January 2025",
    )
    done = import_files("area_month_counts", [path], terms=terms, root=folder)
    return open_release(done.release, root=folder)


def test_an_import_carries_all_that_a_manifest_must(imported: Release) -> None:
    found = trace(imported, "area_month_counts")
    assert all(found.held[key] not in ("", None) for key in KEPT)
    assert found.held["extract_date"] == "2025-01-20"
    assert found.held["vintage"] == "January 2025"
    assert found.held["regime"] == "not personal"
    assert found.held["marking"] == "OFFICIAL"
    assert found.held["rows"] == 12
    assert found.made
    assert found.code_version
    assert found.counted_by == ""
    imported.verify()


def test_an_import_leads_to_its_file_and_its_account(imported: Release) -> None:
    (source,) = trace(imported, "area_month_counts").sources
    (file,) = source.files
    assert (file["name"], file["rows"]) == ("counts.csv", 12)
    assert source.account == {"rows": 12, "accepted": 12, "rejected": 0, "duplicates": 0}
    assert source.terms["contract"].startswith("area_month_counts ")
    assert source.terms["publisher"] == "Kent Police"
    assert "account" not in source.terms
