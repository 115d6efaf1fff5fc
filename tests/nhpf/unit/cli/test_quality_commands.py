"""``nhpf records quality``, ``trace`` and ``revisions`` print tables and JSON, and refuse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from nhpf.cli import main
from nhpf.records import Release


@pytest.fixture(autouse=True)
def held(release: Release, data_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the commands find the release that these tests share."""
    monkeypatch.setenv("NHPF_DATA", str(data_root))


Printed = pytest.CaptureFixture[str]


def printed(capsys: Printed, *words: str) -> dict[str, Any]:
    assert main(["records", *words, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_quality_lists_flags_and_fields(release: Release, capsys: Printed) -> None:
    found = printed(capsys, "quality")
    assert found["release"] == release.id
    assert {"stub month", "padded codes"} <= {each["check"] for each in found["flags"]}
    tables = {each["table"] for each in found["fields"]}
    assert tables == set(release.manifest["tables"])


def test_quality_as_a_table_says_how_many_notes_it_leaves_out(capsys: Printed) -> None:
    assert main(["records", "quality"]) == 0
    out = capsys.readouterr().out
    assert "unfit" in out
    assert "notes are not listed" in out


def test_quality_of_one_table_lists_its_fields(capsys: Printed) -> None:
    assert main(["records", "quality", "--table", "stop_search"]) == 0
    out = capsys.readouterr().out
    assert "Fields of stop_search" in out
    assert "8,189" in out


def test_an_unknown_release_or_table_is_refused(capsys: Printed) -> None:
    assert main(["records", "quality", "nothing"]) == 6
    assert main(["records", "quality", "--table", "nothing"]) == 2
    assert main(["records", "trace", "nothing"]) == 2
    assert "--area" in capsys.readouterr().err


def test_a_table_is_traced_to_its_file(capsys: Printed) -> None:
    (table,) = printed(capsys, "trace", "london_knife_crime_count")["tables"]
    (source,) = table["sources"]
    assert source["files"][0]["rows"] == 59431
    assert "from london_knife_crime" in str(table["counted_by"])
    assert main(["records", "trace", "london_knife_crime_count"]) == 0
    out = capsys.readouterr().out
    assert "59,431" in out
    assert "Counted by:" in out


def test_a_figure_is_traced_by_its_area_and_by_its_document(
    tmp_path: Path, capsys: Printed
) -> None:
    by_area = printed(capsys, "trace", "homicide-by-year", "--area", "Hackney")["tables"]
    document = tmp_path / "profile.json"
    assert main(["profile", "Hackney", "--as", "json", "-o", str(document)]) == 0
    capsys.readouterr()
    by_document = printed(capsys, "trace", "homicide-by-year", "--in", str(document))["tables"]
    assert by_document == by_area
    assert {each["table"] for each in by_area} == {"london_borough_offences"}


def test_a_figure_that_is_not_there_is_refused(tmp_path: Path, capsys: Printed) -> None:
    assert main(["records", "trace", "no-figure", "--area", "Hackney"]) == 2
    assert "no figure of this id" in capsys.readouterr().err
    other = tmp_path / "other.json"
    other.write_text("[]", encoding="utf-8")
    assert main(["records", "trace", "no-figure", "--in", str(other)]) == 2
    assert "no profile or figure as JSON" in capsys.readouterr().err


def test_revisions_list_696_to_684_and_the_breaks(capsys: Printed) -> None:
    found = printed(capsys, "revisions")
    assert (696, 684) in {(each["before"], each["after"]) for each in found["revisions"]}
    assert "connect" in {each["id"] for each in found["breaks"]}


def test_a_release_has_no_revisions_against_itself(release: Release, capsys: Printed) -> None:
    assert printed(capsys, "revisions", release.id, release.id) == {"tables": [], "counts": []}
    assert main(["records", "revisions", release.id]) == 0
    assert "none changed" in capsys.readouterr().out
