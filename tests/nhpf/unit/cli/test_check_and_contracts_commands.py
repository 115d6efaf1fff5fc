"""``records check`` lists what breaks a contract; ``records contracts`` says all that one asks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nhpf.cli import main
from nhpf.records import Release
from nhpf.records.contract import contracts

BAD = "area_kind,area,period,category,count\n" + "".join(
    f"force,E23000028,2024-{month:02},Robbery,eleven\n" for month in (5, 6, 7)
)


@pytest.fixture(autouse=True)
def root(monkeypatch: pytest.MonkeyPatch, data_root: Path, release: Release) -> None:
    monkeypatch.setenv("NHPF_DATA", str(data_root))


def test_a_check_lists_all_rejects(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "counts.csv"
    path.write_text(BAD, encoding="utf-8")
    assert main(["records", "check", "area_month_counts", str(path)]) == 5
    said = "".join(capsys.readouterr())
    assert all(f"counts.csv, row {row}, column count" in said for row in (1, 2, 3))
    assert said.count("row 1 is line 2 of the file") == 1
    assert "3 of 3 rows break the contract" in said
    assert "imported" not in said
    assert "--allow-rejects" not in said
    assert "eleven" not in said


def test_a_check_prints_the_account_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "counts.csv"
    path.write_text(BAD, encoding="utf-8")
    assert main(["records", "check", "area_month_counts", str(path), "--json"]) == 5
    account = json.loads(capsys.readouterr().out)
    assert (account["rows"], account["rejected"]) == (3, 3)
    assert [each["row"] for each in account["rejects"]] == [1, 2, 3]


@pytest.mark.parametrize("source", contracts())
def test_a_contract_is_shown_whole_in_a_narrow_terminal(
    source: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    assert main(["records", "contracts", source]) == 0
    out = capsys.readouterr().out
    assert all(len(line) <= 40 or " " not in line.strip() for line in out.splitlines())
    said, held = " ".join(out.split()), contracts()[source]
    assert " ".join(held.licence.split()) in said
    for field in held.fields:
        assert f"{field.name}: " in said
        assert " ".join(field.meaning.split()) in said
    for row in held.example:
        assert all(" ".join(value.split()) in said for value in row.values())
    for layout in held.layouts:
        assert all(" ".join(header.split()) in said for header in layout.columns)
        assert all(form in said for form in layout.dates.values())
