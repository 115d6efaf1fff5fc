"""``nhpf returns`` from keys to the national tables, with the codes of its refusals."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from nhpf.cli import main
from nhpf.records import Release

HEADER = (
    "case_id,force,recorded_month,offence,victim_age_band,victim_sex,domestic,place_type,method,"
    "alcohol_related,drug_related\n"
)
ROW = "H{n},E23000019,2024-0{month},murder,25 to 34,male,no,public space,sharp instrument,yes,no\n"
CASES = HEADER + "".join(ROW.format(n=n, month=1 + n % 9) for n in range(12))
LINE = "returns make --force E23000019 --period 2024 --issued 2025-02-01T09:00:00+00:00"


@pytest.fixture
def root(
    release: Release, data_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A data root of this test's own, which the open data need not be made for again."""
    monkeypatch.setenv("NHPF_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("NHPF_RETURNS_PASSPHRASE", raising=False)
    monkeypatch.chdir(tmp_path)
    shutil.copytree(data_root / "releases", tmp_path / "data" / "releases")
    return tmp_path


def imported(root: Path, *options: str) -> None:
    (root / "cases.csv").write_text(CASES, encoding="utf-8")
    words = ["records", "import", "homicide_cases", str(root / "cases.csv"), "--synthetic"]
    assert main([*words, *options]) == 0


def test_from_keys_to_the_national_tables(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(root, "--extract-date", "2025-01-20")
    capsys.readouterr()
    assert main(["returns", "keys", "--force", "Nottinghamshire Police", "-o", "own.key"]) == 0
    register = root / "data" / "returns" / "register.toml"
    register.parent.mkdir()
    register.write_text(capsys.readouterr().out, encoding="utf-8")
    assert main([*LINE.split(), "--key", "own.key", "-o", "return.jsonl"]) == 0
    capsys.readouterr()
    assert main(["returns", "verify", "return.jsonl", "--key", "own.key", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["changed"], said["key_registered_for"]) == ("nothing", "E23000019")
    assert (root / "data" / "releases" / said["made_from_release"]).is_dir()
    assert main(["returns", "accept", "return.jsonl", "--json"]) == 0
    done = json.loads(capsys.readouterr().out)
    assert done["returns"][0]["outcome"] == "added"
    (state,) = done["national"]
    assert (state["victims"], state["complete"], state["forces_counted"]) == (12, False, 1)
    assert state["missing"].count(";") == 41
    assert main(["returns", "national", "2024", "--json"]) == 0
    tables = json.loads(capsys.readouterr().out)["tables"]
    assert {row["value"] for row in tables["method"]} == {12, 0}
    assert main(["returns", "national", "2024", "--audience", "restricted"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("OFFICIAL-SENSITIVE")
    assert "12 (incomplete)" in shown


def test_a_changed_return_ends_with_its_own_code(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imported(root, "--extract-date", "2025-01-20")
    main(["returns", "keys", "--force", "E23000019", "-o", "own.key"])
    assert main([*LINE.split(), "--key", "own.key", "-o", "return.jsonl"]) == 0
    path = root / "return.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"E23000019"', b'"E23000021"'))
    capsys.readouterr()
    assert main(["returns", "verify", "return.jsonl"]) == 13
    assert "about.force" in capsys.readouterr().err


def test_the_command_says_which_import_is_missing(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["returns", "keys", "--force", "E23000019", "-o", "own.key"])
    assert main([*LINE.split(), "--key", "own.key"]) == 2
    assert "nhpf records import homicide_cases FILE" in capsys.readouterr().err
    imported(root)
    capsys.readouterr()
    assert main([*LINE.split(), "--key", "own.key"]) == 2
    assert "on which day the cases were extracted" in capsys.readouterr().err
    assert main(["returns", "accept", "return.jsonl"]) == 2
    assert "no register" in capsys.readouterr().err


def _register(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["returns", "keys", "--force", "E23000019", "-o", "own.key"]) == 0
    register = root / "data" / "returns" / "register.toml"
    register.parent.mkdir()
    register.write_text(capsys.readouterr().out, encoding="utf-8")


def test_a_return_says_its_victims_and_the_rows_left_out(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = ROW.format(n=99, month=1).replace("murder", "something else")
    (root / "cases.csv").write_text(CASES + bad, encoding="utf-8")
    words = ["records", "import", "homicide_cases", str(root / "cases.csv"), "--synthetic"]
    assert main([*words, "--extract-date", "2025-01-20", "--allow-rejects", "1"]) == 0
    assert main(["returns", "keys", "--force", "E23000019", "-o", "own.key", "--json"]) == 0
    line = [*LINE.split(), "--key", "own.key", "-o", "return.jsonl"]
    capsys.readouterr()
    assert main(line) == 0
    said = capsys.readouterr().out
    assert "SYNTHETIC, 12 victims counted." in said
    assert "1 row rejected when the cases were imported" in said
    assert main(line) == 2
    assert "--replace" in capsys.readouterr().err
    assert main([*line, "--replace", "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert (made["victims"], made["rows_rejected"]) == (12, 1)
    assert main(["returns", "verify", "return.jsonl"]) == 0
    said = capsys.readouterr().out
    assert "Seal: intact" in said
    assert "Key registered for: not known" in said
    assert "Synthetic: yes" in said
    assert "Rows rejected at import: 1" in said
    assert main(["returns", "verify", "cases.csv"]) == 13
    assert "is not a return" in capsys.readouterr().err


def test_a_period_is_closed_without_those_that_are_missing(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imported(root, "--extract-date", "2025-01-20")
    _register(root, capsys)
    assert main([*LINE.split(), "--key", "own.key", "-o", "return.jsonl"]) == 0
    assert main(["returns", "accept", "return.jsonl"]) == 0
    said = capsys.readouterr().out
    assert "1 force, 12 victims." in said
    assert "\n  missing: Kent\n" in said
    assert main(["returns", "national"]) == 0
    assert "False" not in capsys.readouterr().out
    assert main(["returns", "close", "2024", "--without", "E23000001,E23000002"]) == 2
    refused = capsys.readouterr().err
    assert "\n  E23000032 Kent\n" in refused
    assert "--without-missing" in refused
    codes = [line.split()[0] for line in refused.splitlines() if line.startswith("  ")]
    closing = ["returns", "close", "2024", "--json", "--without"]
    assert main([*closing, ",".join(codes[1:])]) == 2
    capsys.readouterr()
    assert main(["returns", "close", "2024", "--without-missing", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["status"] == "closed"
