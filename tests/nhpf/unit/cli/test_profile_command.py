"""``nhpf profile``: the summary, the document, and what goes wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from nhpf.cli import main
from nhpf.records import Release

NAMED = ["--distribution", "Head of Crime; to agree the plan"]
SOURCE = Path(__file__).parents[4] / "src"


@pytest.fixture(autouse=True)
def held(release: Release, data_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command find the release that these tests share."""
    monkeypatch.setenv("NHPF_DATA", str(data_root))


def test_the_summary_says_what_how_sure_and_what_next(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["profile", "E23000001"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("OFFICIAL\n")
    assert "Homicide in London fell: 311" in out
    assert "Confidence moderate" in out
    assert "What these figures point to" in out
    assert "nhpf profile E23000001 --as html -o profile.html" in out


def test_a_name_serves_as_well_as_a_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["profile", "kent police", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["report"]["area_code"] == "E23000032"


def test_an_unknown_area_ends_with_its_code_and_the_nearest_names(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["profile", "Hackny"]) == 3
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "Error: " in shown.err
    assert "Next:  " in shown.err
    assert "Hackney" in shown.err


def test_a_name_of_several_areas_is_refused_with_their_codes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["profile", "City of London"]) == 4
    err = capsys.readouterr().err
    assert "E09000001" in err
    assert "E23000034" in err


def test_the_document_takes_its_form_from_the_files_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "hackney.html"
    assert main(["profile", "Hackney", "-o", str(page)]) == 0
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert "OFFICIAL" in capsys.readouterr().err
    assert [each.name for each in tmp_path.iterdir()] == ["hackney.html"]


def test_a_folder_gives_the_document_a_name_with_its_marking(tmp_path: Path) -> None:
    assert main(["profile", "Hackney", "--as", "json", "-o", str(tmp_path)]) == 0
    (only,) = tmp_path.iterdir()
    assert only.name.startswith("OFFICIAL_NHPF_profile_E09000012_public_")


def test_a_restricted_document_must_be_named_for_its_marking(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = tmp_path / "hackney.json"
    arguments = ["profile", "Hackney", "--audience", "restricted", *NAMED, "-o"]
    assert main([*arguments, str(plain)]) == 2
    assert not plain.exists()
    assert "OFFICIAL-SENSITIVE" in capsys.readouterr().err
    assert main([*arguments, str(tmp_path / "OFFICIAL-SENSITIVE hackney.json")]) == 0


def test_an_ending_that_names_no_form_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["profile", "Hackney", "-o", str(tmp_path / "hackney.doc")]) == 2
    assert "--as html" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["profile", "Hackney", "-o", str(tmp_path / "no" / "hackney.json")]) == 2
    assert "hackney.json" in capsys.readouterr().err


def test_html_and_json_at_once_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["profile", "Hackney", "--as", "html", "--json"]) == 2
    assert "one form" in capsys.readouterr().err


def test_an_option_that_is_not_known_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["profile", "Hackney", "--colour"]) == 2
    assert "--colour" in capsys.readouterr().err


def test_it_works_where_django_is_not_installed(data_root: Path) -> None:
    """Every import of Django fails in this process, as it would where it is not installed."""
    script = (
        "import sys; sys.modules['django'] = None\n"
        "from nhpf.cli import main\n"
        "sys.exit(main(['profile', 'E23000001']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={"NHPF_DATA": str(data_root), "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Homicide problem profile: Metropolitan Police" in done.stdout


def test_the_document_says_whose_the_equality_assessments_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["profile", "E23000001", "--as", "html"]) == 0
    page = capsys.readouterr().out
    assert "eia-profile-unsolved, this project&#39;s own assessment, signed within it" in page
    assert "A force that relies on this figure must complete and sign its own." in page


@pytest.mark.parametrize(
    ("form", "start"), [("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK"), ("html", b"<!DOC")]
)
def test_a_document_is_written_in_each_form(tmp_path: Path, form: str, start: bytes) -> None:
    assert main(["profile", "Kent Police", "--as", form, "-o", str(tmp_path)]) == 0
    (only,) = tmp_path.iterdir()
    assert only.name.startswith("OFFICIAL_NHPF_profile_E23000032_public_")
    assert only.suffix == f".{form}"
    assert only.read_bytes().startswith(start)


def test_a_file_is_not_thrown_at_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["profile", "Kent Police", "--as", "pdf"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "Add -o" in shown.err


@pytest.mark.parametrize("more", [[], ["--as", "pdf", "-o", "."], ["--json"]])
def test_a_restricted_profile_is_refused_without_a_named_distribution(
    capsys: pytest.CaptureFixture[str], more: list[str]
) -> None:
    assert main(["profile", "Kent Police", "--audience", "restricted", *more]) == 8
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "--distribution" in shown.err


def test_a_distribution_that_names_no_purpose_is_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    arguments = ["profile", "Kent Police", "--audience", "restricted", "--distribution", "Me"]
    assert main(arguments) == 2
    assert "what for" in capsys.readouterr().err


def test_a_restricted_profile_says_who_is_given_it(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["profile", "Kent Police", "--audience", "restricted", *NAMED, "--json"]
    assert main(arguments) == 0
    report = json.loads(capsys.readouterr().out)["report"]
    assert report["distribution"] == {"recipients": "Head of Crime", "purpose": "to agree the plan"}


def test_as_at_a_day_is_the_release_of_that_day_or_none(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["profile", "Kent Police", "--as-at", "2001-01-01"]) == 6
    assert "No release of the data was held on that day." in capsys.readouterr().err
    assert main(["profile", "Kent Police", "--json", "--as-at", "2100-01-01"]) == 0
    then = capsys.readouterr().out
    assert main(["profile", "Kent Police", "--json"]) == 0
    now = json.loads(capsys.readouterr().out)["report"]
    assert json.loads(then)["report"]["release"] == now["release"]
