"""Names and homes in free text stop an import; places and bodies named after people do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhpf.errors import PersonalData
from nhpf.records.importing import try_files
from nhpf.records.importing.screening import home_address, personal_value

from .making import HEADER

ROW = "E001,E23000028,2024-05,8N,Violence with injury,,,,{}\n"


def described(folder: Path, text: str) -> Path:
    path = folder / "texts.csv"
    path.write_text(f"{HEADER}\n{ROW.format(text)}", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("outside John Smith house", "a name"),
        ("seen by John Smith in the park", "a name"),
        ("at 12 Acacia Avenue flat 3", "a home address"),
        ("9a Old Mill Lane", "a home address"),
        ("behind 104 high road and 7 St Mary's road", "a home address"),
    ],
)
def test_a_person_or_a_home_stops_the_import(
    text: str, what: str, store: Path, tmp_path: Path
) -> None:
    path = described(tmp_path, text)
    with (
        pytest.raises(PersonalData, match=what) as raised,
        try_files("crime_events", [path], root=store),
    ):
        pass
    assert text.split()[1] not in str(raised.value)


@pytest.mark.parametrize(
    "text",
    ["James Cook University Hospital", "JAMES COOK UNIVERSITY HOSPITAL", "near George Street",
     "Outside a shop on Victoria Road", "On or near 12 Acacia Avenue", "2 miles along the A27"],
)  # fmt: skip
def test_places_are_taken(text: str, store: Path, tmp_path: Path) -> None:
    with try_files("crime_events", [described(tmp_path, text)], root=store) as (account, _):
        assert account.accepted == 1


def test_a_house_is_a_home_only_where_texts_are_about_people() -> None:
    assert home_address("at 12 Acacia Avenue")
    assert personal_value("at 12 Acacia Avenue") == ""
