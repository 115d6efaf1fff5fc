"""Rows in are rows accepted, rejected and repeated; rejects are let through only on request."""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nhpf.cli import main
from nhpf.errors import InvalidInput, PersonalData, RowsRejected
from nhpf.records import Release, open_release
from nhpf.records.importing import Account, import_files, try_files
from nhpf.records.importing.accounting import allowed

from .conftest import contents, held
from .making import HEADER, ROWS, SHORT, sparse_line

GOOD_ROW = "E{n},E23000028,2024-05,Robbery\n"


@pytest.fixture
def root(tmp_path: Path, data_root: Path, release: Release) -> Path:
    place = tmp_path / "data"
    shutil.copytree(data_root, place)
    return place


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Ninety-five good rows, two repeats, two wrong values and a row with too few cells."""
    rows = [GOOD_ROW.format(n=n) for n in range(1, 96)]
    rows[40:40] = ["E900,E23000028,May-24,Robbery\n"]
    rows[60:60] = ["E901,E23000028\n"]
    rows += ["E902,Nowhere,2024-05,Robbery\n", GOOD_ROW.format(n=1), GOOD_ROW.format(n=2)]
    path = tmp_path / "mixed.csv"
    path.write_text(SHORT + "".join(rows), encoding="utf-8")
    return path


def of(error: RowsRejected) -> Account:
    assert isinstance(error.account, Account)
    return error.account


def test_one_rejected_row_stops_the_import(root: Path, mixed: Path) -> None:
    before = contents(root)
    with pytest.raises(RowsRejected) as raised:
        import_files("crime_events", [mixed], root=root)
    account = of(raised.value)
    assert (account.rows, account.accepted, account.rejected, account.duplicates) == (100, 95, 3, 2)
    assert [(each.row, each.column) for each in account.rejects] == [
        (41, "month"), (61, ""), (98, "force")
    ]  # fmt: skip
    assert "--allow-rejects 3" in str(raised.value)
    assert contents(root) == before


@pytest.mark.parametrize("tolerance", [3, 0.03, 5, 0.5])
def test_the_rest_is_let_in_on_request_and_the_manifest_says_so(
    root: Path, mixed: Path, tolerance: float
) -> None:
    done = import_files("crime_events", [mixed], allow_rejects=tolerance, root=root)
    assert (done.account.accepted, done.account.rejected, done.account.duplicates) == (95, 3, 2)
    manifest = open_release(root=root).manifest
    source = manifest["sources"]["crime_events"]
    assert source["allow_rejects"] == tolerance
    assert source["account"]["rejected"] == 3
    assert source["account"]["rejects"][0]["reason"].startswith("is not a month")
    assert "May-24" not in json.dumps(manifest)
    assert manifest["tables"]["crime_events"]["rows"] == 95
    assert len(held(root, "crime_events", "event_id")) == 95


@pytest.mark.parametrize("tolerance", [2, 0.02, 0.0299])
def test_more_than_may_be_rejected_stop_the_import(
    root: Path, mixed: Path, tolerance: float
) -> None:
    before = contents(root)
    with pytest.raises(RowsRejected):
        import_files("crime_events", [mixed], allow_rejects=tolerance, root=root)
    assert contents(root) == before


def test_a_share_is_of_all_rows() -> None:
    assert [allowed(share, 1000) for share in (0, 0.001, 0.0019, 1, 20)] == [0, 1, 1, 1, 20]


def test_no_share_lets_a_person_in(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(SHORT + GOOD_ROW.format(n=1) + "E2,Kent,2024-05,John Smith\n", "utf-8")
    with pytest.raises(PersonalData, match="column category"):
        import_files("crime_events", [path], allow_rejects=1000, root=root)


def test_nothing_but_rejects_is_no_import(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(SHORT + "E2,Nowhere,2024-05,Robbery\n", "utf-8")
    with pytest.raises(RowsRejected):
        import_files("crime_events", [path], allow_rejects=1000, root=root)


def test_no_file_is_no_import(root: Path, tmp_path: Path) -> None:
    for paths in ([], [tmp_path / "missing.csv"]):
        with pytest.raises(InvalidInput):
            import_files("crime_events", paths, root=root)


def test_the_command_prints_the_account(
    root: Path, mixed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NHPF_DATA", str(root))
    assert main(["records", "import", "crime_events", str(mixed), "--json"]) == 5
    out, err = capsys.readouterr()
    refused = json.loads(out)
    assert {"rows", "accepted", "rejected", "duplicates", "rejects"} <= set(refused)
    assert refused["release"] is None
    assert "mixed.csv, row 41, column month" in err
    words = ["records", "import", "crime_events", str(mixed), "--json", "--allow-rejects", "3%"]
    assert main(words) == 0
    taken = json.loads(capsys.readouterr().out)
    assert taken["rows"] == taken["accepted"] + taken["rejected"] + taken["duplicates"] == 100
    assert taken["release"] == open_release(root=root).id
    assert taken["rejects"] == refused["rejects"]


def test_rows_are_named_deep_in_a_file(root: Path, tmp_path: Path) -> None:
    """The engine reads in parallel and skips blank lines; rows are still those of the file."""
    rows = [GOOD_ROW.format(n=n) for n in range(400_000)]
    for at in (1, 199_999, 399_990):
        rows[at] = f"E{at},E23000028,13/13/2024,Robbery\n"
    for at in (7, 250_000, 399_992):
        rows[at] = f"E{at},E23000028\n"
    rows[100] = "\n"
    path = tmp_path / "deep.csv"
    path.write_text(SHORT + "".join(rows), encoding="utf-8")
    with pytest.raises(RowsRejected) as raised:
        import_files("crime_events", [path], root=root)
    account = of(raised.value)
    assert [each.row for each in account.rejects] == [2, 8, 200_000, 250_001, 399_991, 399_993]
    assert (account.rows, account.rejected) == (399_999, 6)


def test_repeats_and_contradictions_across_files(root: Path, tmp_path: Path) -> None:
    (tmp_path / "1.csv").write_text("\n".join((HEADER, *ROWS)) + "\n", "utf-8")
    changed = ROWS[0].replace("Outside a shop", "In a shop")
    (tmp_path / "2.csv").write_text("\n".join((HEADER, ROWS[1], changed)) + "\n", "utf-8")
    with pytest.raises(RowsRejected) as raised:
        import_files("crime_events", [tmp_path / "1.csv", tmp_path / "2.csv"], root=root)
    account = of(raised.value)
    assert (account.rows, account.accepted, account.rejected, account.duplicates) == (5, 2, 2, 1)
    assert [(each.file, each.row) for each in account.rejects] == [("1.csv", 1), ("2.csv", 2)]


def test_a_data_folder_that_looks_like_a_partition(
    tmp_path: Path, data_root: Path, release: Release
) -> None:
    place = tmp_path / "month=5" / "data"
    shutil.copytree(data_root, place)
    path = tmp_path / "a.csv"
    path.write_text(SHORT + GOOD_ROW.format(n=1), "utf-8")
    with try_files("crime_events", [path], root=place) as (account, _):
        assert account.accepted == 1


def test_an_endless_line_takes_neither_memory_nor_time(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from nhpf.records.importing import try_files\n"
        "with try_files('crime_events', [Path(sys.argv[1])], root=Path(sys.argv[2])): pass"
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-c", code, str(sparse_line(tmp_path)), str(tmp_path / "data")],
        capture_output=True,
        text=True,
        check=False,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert "DamagedData: The file holds a NUL byte" in done.stderr
    assert after.ru_utime - before.ru_utime < 10
    assert not list((tmp_path / "data" / "staging").iterdir())


AREA_COUNTS = "area_kind,area,period,category,count\n"


def test_a_blank_in_a_key_is_a_value_like_any_other(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    path.write_text(AREA_COUNTS + "force,,2024-05,Robbery,3\n" * 2, encoding="utf-8")
    account = import_files("area_month_counts", [path], root=root).account
    assert (account.accepted, account.duplicates) == (1, 1)
    path.write_text(AREA_COUNTS + "force,,2024-05,Robbery,3\nforce,,2024-05,Robbery,4\n", "utf-8")
    with pytest.raises(RowsRejected, match="has the key of another row"):
        import_files("area_month_counts", [path], root=root)


def test_the_same_files_make_the_same_release(root: Path, mixed: Path) -> None:
    first = import_files("crime_events", [mixed], allow_rejects=3, root=root).release
    assert import_files("crime_events", [mixed], allow_rejects=3, root=root).release == first
    assert import_files("crime_events", [mixed], allow_rejects=4, root=root).release != first
