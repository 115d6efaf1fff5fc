"""An import says what it replaced and left out, what is invented, and what may be doubled."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from nhpf.cli import main
from nhpf.errors import DamagedData, InvalidInput
from nhpf.records import Release, open_release
from nhpf.records.contract import contract
from nhpf.records.importing import Terms, import_files, try_files

from .making import GOOD_PARQUET, SHORT, SHORT_ROWS, folder_of

PLAIN = (SHORT + SHORT_ROWS).encode()
OTHER = b"event_id,force,month,category\nE9,E23000028,2024-07,Robbery\n"


@pytest.fixture
def root(tmp_path: Path, data_root: Path, release: Release) -> Path:
    place = tmp_path / "data"
    shutil.copytree(data_root, place)
    return place


def written(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def marked_parquet(folder: Path, value: str) -> Path:
    import duckdb

    path = folder / "table.parquet"
    duckdb.sql(
        f"copy ({GOOD_PARQUET}) to '{path}' (format parquet, kv_metadata {{synthetic: '{value}'}})"
    )
    return path


def test_what_is_replaced_is_said(root: Path, tmp_path: Path) -> None:
    first = import_files("crime_events", [written(tmp_path / "a.csv", PLAIN)], root=root)
    assert first.replaced is None
    assert first.account.cautions == ()
    then = import_files("crime_events", [written(tmp_path / "b.csv", OTHER)], root=root)
    assert then.replaced is not None
    assert (then.replaced.rows, then.replaced.release) == (2, first.release)
    assert then.built_on == first.release
    (caution,) = then.account.cautions
    assert "2 months that were held before (2024-05 to 2024-06) are no longer" in caution


def test_the_command_says_what_is_replaced(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NHPF_DATA", str(root))
    path = written(tmp_path / "a.csv", PLAIN)
    first = import_files("crime_events", [path], root=root)
    assert main(["records", "import", "crime_events", str(written(path, OTHER)), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["replaced"] == {"rows": 2, "release": first.release}
    assert said["built_on"] == first.release
    assert main(["records", "import", "crime_events", str(written(path, PLAIN))]) == 0
    out = capsys.readouterr().out
    assert f"Replaced: 1 rows imported before (release {said['release']})" in out
    assert f"Built on: release {said['release']}" in out
    assert main(["records", "import", "crime_events", str(path)]) == 0
    assert "Replaced" not in capsys.readouterr().out


def test_documents_beside_tables_are_left_out_and_named(root: Path, tmp_path: Path) -> None:
    folder = folder_of({"a.csv": PLAIN, "README.md": b"# Words", "more/notes.PDF": b"%PDF"})(
        tmp_path
    )
    with try_files("crime_events", [folder], root=root) as (account, _):
        assert [each.name for each in account.files] == ["sent/a.csv"]
        named = " ".join(account.cautions)
        assert "sent/README.md" in named
        assert "sent/more/notes.PDF" in named
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.csv", PLAIN)
        archive.writestr("words.docx", b"x")
    with try_files("crime_events", [tmp_path / "a.zip"], root=root) as (account, _):
        assert account.accepted == 2
        assert "a.zip/words.docx" in account.cautions[0]


def test_a_document_named_itself_is_no_table(root: Path, tmp_path: Path) -> None:
    path = written(tmp_path / "only" / "README.md", b"# Words")
    for given in (path, path.parent):
        with (
            pytest.raises(DamagedData),
            try_files("crime_events", [given], root=root),
        ):
            pass


def synthetic(root: Path) -> object:
    return open_release(root=root).manifest["sources"]["crime_events"]["synthetic"]


def test_what_is_marked_is_imported_as_synthetic(root: Path, tmp_path: Path) -> None:
    paths = (
        written(tmp_path / "one" / "events_SYNTHETIC.csv", PLAIN),
        marked_parquet(tmp_path, "true"),
        folder_of({"a.csv": PLAIN, "SYNTHETIC.txt": b"made up"})(tmp_path),
        tmp_path / "sent" / "a.csv",
    )
    for path in paths:
        done = import_files("crime_events", [path], root=root)
        assert synthetic(root) is True, path.name
        assert any("marked as synthetic" in each for each in done.account.cautions)
        import_files("crime_events", [written(tmp_path / "real.csv", PLAIN)], root=root)
        assert synthetic(root) is False
    import_files("crime_events", [marked_parquet(tmp_path, "false")], root=root)
    assert synthetic(root) is False


def test_synthetic_and_real_files_are_never_put_together(root: Path, tmp_path: Path) -> None:
    paths = [written(tmp_path / "real.csv", OTHER), written(tmp_path / "SYNTHETIC.csv", PLAIN)]
    with pytest.raises(InvalidInput, match=r"real\.csv is not"):
        import_files("crime_events", paths, root=root)
    import_files("crime_events", paths, root=root, terms=Terms(synthetic=True))
    assert synthetic(root) is True


def test_the_same_file_twice_is_refused_with_both_names(root: Path, tmp_path: Path) -> None:
    paths = [written(tmp_path / "a.csv", PLAIN), written(tmp_path / "b.csv", PLAIN)]
    with pytest.raises(InvalidInput, match=r"a\.csv and b\.csv"):
        import_files("crime_events", paths, root=root)


@pytest.mark.parametrize(("times", "cautions"), [(1, 0), (2, 1), (3, 0)])
def test_rows_that_are_all_doubled_give_a_caution(
    times: int, cautions: int, root: Path, tmp_path: Path
) -> None:
    agreed = contract("homicide_cases")
    header = sorted({name for row in agreed.example for name in row})
    rows = [",".join(row.get(name, "") for name in header) for row in agreed.example]
    path = tmp_path / "cases.csv"
    path.write_text("\n".join([",".join(header), *(rows * times)]) + "\n", encoding="utf-8")
    done = import_files("homicide_cases", [path], root=root)
    assert len([each for each in done.account.cautions if "exactly twice" in each]) == cautions
    account = open_release(root=root).manifest["sources"]["homicide_cases"]["account"]
    assert len(account["cautions"]) == cautions


@pytest.mark.parametrize("text", ["31/05/2024", "2024-13", "2093-01-01", "2093", "yesterday"])
def test_a_date_of_extraction_is_a_date(text: str) -> None:
    with pytest.raises(InvalidInput, match="2024-05-31, 2024-05 or 2024") as raised:
        Terms(extract_date=text)
    assert text not in str(raised.value)


@pytest.mark.parametrize("text", ["", "2024", "2024-05", "2024-02-29"])
def test_a_date_of_extraction_may_be_less_exact(text: str) -> None:
    assert Terms(extract_date=text).extract_date == text
