"""Whatever a file holds, an import ends in an error in words or in an account that adds up."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nhpf.errors import DamagedData, NhpfError, PersonalData, RowsRejected
from nhpf.records.contract import contract
from nhpf.records.importing import Account, try_files
from nhpf.records.importing.decoding import decoded
from nhpf.records.importing.dialect import dialect_of
from nhpf.records.importing.matching import match
from nhpf.records.importing.opening import opened
from nhpf.records.importing.screening import personal_header, personal_value

HEADER = b"event_id,force,month,category\n"
GOOD = HEADER + b"".join(
    b"E%d,E23000028,2024-0%d,Robbery\n" % (number, number) for number in range(1, 8)
)
TODAY = dt.date(2026, 1, 1)
CELLS = st.sampled_from(
    [
        "E1", "E2", "E3", "E23000028", "E23000001", "Kent", "2024-05", "2024-13", "May-24", "",
        " ", '"', '""', "a,b", "x\ny", "Robbery", "=1+1", "\u200b", "é", "-1", "1e3", "\t", "\x00",
    ]
)  # fmt: skip
FEW = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
MANY = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder to import into; when all is done, nothing may be left in it."""
    root = tmp_path_factory.mktemp("room")
    yield root
    assert not list((root / "staging").iterdir())
    assert not (root / "releases").exists()


def outcome(content: bytes, room: Path) -> Account | None:
    """Return the account of a file, or None where it is refused in words."""
    path = room / "fuzzed.csv"
    path.write_bytes(content)
    try:
        with try_files("crime_events", [path], root=room, today=TODAY) as (found, kept):
            assert kept.rows == found.accepted
            account = found
    except RowsRejected as error:
        account = cast("Account", error.account)
    except (DamagedData, PersonalData):
        return None
    assert account.rows == account.accepted + account.rejected + account.duplicates > 0
    assert len(account.rejects) == account.rejected
    return account


@FEW
@given(rows=st.lists(st.lists(CELLS, min_size=3, max_size=5), max_size=6))
def test_any_table_is_refused_in_words_or_adds_up(rows: list[list[str]], room: Path) -> None:
    path = room / "table.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        file.write(HEADER.decode())
        csv.writer(file, lineterminator="\n").writerows(rows)
    account = outcome(path.read_bytes(), room)
    assert account is None or account.rows == len(rows)


@FEW
@given(
    at=st.integers(0, len(GOOD)),
    cut=st.integers(0, 12),
    put=st.one_of(
        st.binary(max_size=6),
        st.sampled_from([b'"', b"\r", b"\n", b"\xe9", b"\xef\xbb\xbf", b",", b"\0", b"\n\n"]),
    ),
)
def test_a_spoilt_good_file_is_refused_in_words_or_adds_up(
    at: int, cut: int, put: bytes, room: Path
) -> None:
    account = outcome(GOOD[:at] + put + GOOD[at + cut :], room)
    assert account is None or 5 <= account.rows <= 13


@FEW
@given(lines=st.lists(st.sampled_from(["", "E1", "E2,E23000028,2024-05,Robbery",
    "E3,x,2024-05,Robbery", 'E4,E23000028,2024-05,"a\n\nb"', "E5,E23000028,,c", "1,2,3,4,5",
    'E6,E23000028,2024-05,5" x']), max_size=12))  # fmt: skip
def test_rejects_name_their_rows(lines: list[str], room: Path) -> None:
    account = outcome(HEADER + "\n".join(lines).encode(), room)
    wrong = [
        row
        for row, line in enumerate(lines, 1)
        if line in ("E1", "1,2,3,4,5") or line.startswith(("E3", "E5"))
    ]
    if account is not None:
        assert sorted(each.row for each in account.rejects if "differs" not in each.reason) == wrong


@MANY
@given(content=st.binary(max_size=300))
def test_any_bytes_are_opened_and_decoded_or_refused(
    content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("bytes")
    path = folder / "any"
    path.write_bytes(content)
    staging = folder / "staging"
    staging.mkdir()
    with suppress(NhpfError):
        for file in opened([path], staging):
            if file.kind == "text":
                text = decoded(file.path, file.name, staging)
                assert b"\r" not in text.path.read_bytes().replace(b"\r\n", b"")
                found = dialect_of(text.path, file.name)
                match(contract("crime_events"), found.header, file.name)


@MANY
@given(
    rows=st.lists(st.text(st.characters(exclude_characters="\0\r\n"), max_size=20), min_size=2),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_a_text_is_the_same_in_every_encoding(
    rows: list[str], encoding: str, end: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("text")
    if rows[0].startswith("\ufeff"):
        rows[0] = "x"
    (folder / "any").write_bytes(end.join(rows).encode(encoding, "replace"))
    text = decoded(folder / "any", "any", folder)
    expected = "\n".join(rows).encode("utf-8", "replace")
    assert text.path.read_bytes().replace(b"\r\n", b"\n") == expected


@MANY
@given(text=st.text(max_size=80))
def test_screening_takes_any_text(text: str) -> None:
    assert isinstance(personal_value(text), str)
    assert isinstance(personal_header(text), str)


@MANY
@given(
    before=st.text("abc ,.", max_size=20),
    after=st.text(" ,.", max_size=5),
    name=st.sampled_from(["John Smith", "SMITH, John", "Mrs Okonkwo", "07700 900123", "a@b.org"]),
    blank=st.sampled_from([" ", "\u00a0", "\u2003"]),
)
def test_a_person_is_found_wherever_it_stands(
    before: str, after: str, name: str, blank: str
) -> None:
    assert personal_value(f"{before} {name.replace(' ', blank)}{after}")
