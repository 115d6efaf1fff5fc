"""What is shipped: every file under a contract, attributed, and within its bounds."""

from __future__ import annotations

from nhpf.records.checking import digest
from nhpf.records.open_source import OPEN_DATA, open_sources, shipped

LARGEST = 25 * 1024 * 1024


def files() -> list[str]:
    return sorted(path.name for path in OPEN_DATA.iterdir() if path.name != "README.md")


def test_every_shipped_file_has_a_contract_and_every_contract_its_file() -> None:
    assert files() == sorted(terms.file for terms in shipped().values())
    for terms in shipped().values():
        assert digest(terms.path) == terms.sha256, terms.file


def test_the_readme_attributes_every_file() -> None:
    text = (OPEN_DATA / "README.md").read_text("utf-8")
    for terms in shipped().values():
        assert terms.file in text
        assert terms.attribution in text
        assert terms.licence in text
        assert terms.copied_from in text


def test_the_tables_are_within_their_bound() -> None:
    assert sum((OPEN_DATA / name).stat().st_size for name in files()) < LARGEST


def test_files_of_people_are_never_shipped() -> None:
    restricted = [each for each in open_sources().values() if each.marking != "OFFICIAL"]
    assert {each.source for each in restricted} == {
        "victims_with_status",
        "victims_without_status",
    }
    assert all(each.file == "" for each in restricted)
