"""A wrong code is answered with one that is right, a wrong place with the places that are known."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhpf.errors import RowsRejected
from nhpf.records.importing import import_files, try_files

from .making import SHORT

ROW = "{},E23000028,2024-05,Robbery\n"


def of_codes(folder: Path, *codes: str) -> Path:
    path = folder / "codes.csv"
    path.write_text(SHORT + "".join(ROW.format(each) for each in codes), encoding="utf-8")
    return path


def test_crime_numbers_are_taken(store: Path, tmp_path: Path) -> None:
    path = of_codes(tmp_path, "46/1234/24", "1/5/2024", "E001")
    with try_files("crime_events", [path], root=store) as (account, _):
        assert account.accepted == 3


@pytest.mark.parametrize("code", ["46/1234", "46/1234/24/1", "/1234/24", "46/12 34/24"])
def test_what_is_like_a_crime_number_is_not(code: str, store: Path, tmp_path: Path) -> None:
    with pytest.raises(RowsRejected, match="is not a code like E000001 or 46/1234/24") as raised:
        import_files("crime_events", [of_codes(tmp_path, code)], root=store)
    assert "[0-9]" not in str(raised.value)


def test_places_are_named_in_words(store: Path, tmp_path: Path) -> None:
    path = of_codes(tmp_path, "E1")
    path.write_text(path.read_text("utf-8").replace("E23000028", "Nowhere"), "utf-8")
    with pytest.raises(RowsRejected, match="known among the police force areas"):
        import_files("crime_events", [path], root=store)
