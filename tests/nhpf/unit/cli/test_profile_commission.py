"""``nhpf profile --commission``: what is given stands in the document, and a person is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nhpf.cli import main
from nhpf.records import Release


@pytest.fixture(autouse=True)
def held(release: Release, data_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command find the release that these tests share."""
    monkeypatch.setenv("NHPF_DATA", str(data_root))


def test_a_needs_assessment_holds_what_the_commission_gives(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "commission.toml"
    path.write_text('serious_violence = "homicide and wounding"\nreview = 2027-03-31\n', "utf-8")
    assert main(["profile", "Kent", "--kind", "needs", "--commission", str(path), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)["report"]
    assert report["title"].startswith("Strategic needs assessment")
    said = json.dumps(report["sections"])
    assert "as this partnership has agreed it: homicide and wounding" in said
    assert "31 March 2027" in said


def test_a_name_in_the_commission_is_refused_with_the_code_of_personal_data(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "commission.toml"
    path.write_text('author = "Sarah Jones"\n', "utf-8")
    assert main(["profile", "Kent", "--commission", str(path)]) == 11
    shown = capsys.readouterr()
    assert "Name a role" in shown.err
    assert "Jones" not in shown.err


def test_a_fault_of_the_file_is_said_with_its_field(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "commission.toml"
    path.write_text("auther = 'desk'\n", "utf-8")
    assert main(["profile", "Kent", "--commission", str(path)]) == 2
    assert "Did you mean author" in capsys.readouterr().err
