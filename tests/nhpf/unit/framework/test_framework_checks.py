"""Each fault that an edition can have is planted in a copy of it, and found."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from nhpf.errors import EditionFault
from nhpf.framework import check_edition, load_edition, read_edition
from nhpf.framework.reading import EDITIONS

DAY = date(2026, 11, 23)
HOT_SPOT = "toolkits/tk-hot-spot.toml"
KNIFE = "areas/ar-knife.toml"
HSP = "interventions/iv-hsp.toml"
SOURCES = "sources.toml"
ASSESSMENT = "assessments/eia-edition-2026.toml"

Rewrite = Callable[[str, str, str], None]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EDITIONS / "2026", tmp_path / "2026"))


@pytest.fixture
def rewrite(copy: Path) -> Rewrite:
    """Replace a pattern, once, in one file of the copy; fail when it is not there."""

    def change(file: str, pattern: str, new: str) -> None:
        path = copy / file
        words, count = re.subn(
            pattern, lambda _: new, path.read_text(encoding="utf-8"), count=1, flags=re.M | re.S
        )
        assert count == 1
        path.write_text(words, encoding="utf-8")

    return change


def faults(folder: Path) -> set[tuple[str, str]]:
    return {(fault.id, fault.what) for fault in check_edition(read_edition(folder), today=DAY)}


def test_the_shipped_edition_has_no_fault_on_the_day_it_is_published() -> None:
    assert check_edition(load_edition("2026"), today=DAY) == ()


def test_the_shipped_edition_falls_overdue_in_time() -> None:
    found = check_edition(load_edition("2026"), today=date(2028, 11, 24))
    assert {fault.id for fault in found} >= set(load_edition("2026").entries)
    assert all(fault.what.startswith("Its review was due on 20") for fault in found)


@pytest.mark.parametrize(
    ("file", "pattern", "new", "id", "what"),
    [
        (HOT_SPOT, '"ar-knife"', '"ar-sword"', "tk-hot-spot", "refers to ar-sword"),
        (HOT_SPOT, '"ar-knife"', '"tk-vru"', "tk-hot-spot", "tk-vru, a toolkit, among its areas"),
        (HOT_SPOT, '^source = "S_GRIP"\n', "", "tk-hot-spot", "A fact has no source: The Grip"),
        (HOT_SPOT, '"S_GRIP"', '"S_RUMOUR"', "tk-hot-spot", "cites S_RUMOUR"),
        (HOT_SPOT, '"S_GRIP"', '"S_GRIP"\nseen = false', "tk-hot-spot", "not seen in its source"),
        (HOT_SPOT, "^risks = '''.*?'''", "risks = ''", "tk-hot-spot", "part 'risks' is missing"),
        (HOT_SPOT, "^risks = '''.*?'''", "", "tk-hot-spot", "part 'risks' is missing"),
        (HOT_SPOT, "^risks = ", "dangers = ", "tk-hot-spot", "no text part 'dangers'"),
        (HOT_SPOT, '"secondary"', '"quaternary"', "tk-hot-spot", "no prevention level"),
        (HOT_SPOT, "2028-06-30", "2026-11-22", "tk-hot-spot", "review was due on 2026-11-22"),
        (
            HOT_SPOT,
            'checker = "[^"]*"',
            'checker = "Framework desk: places and patrol"',
            "tk-hot-spot",
            "Owner and checker are the same",
        ),
        (HOT_SPOT, 'owner = "[^"]*"', 'owner = ""', "tk-hot-spot", "'owner' is empty"),
        (
            HOT_SPOT,
            '"hot-spot-policing"',
            '"big-data"',
            "tk-hot-spot",
            "Another toolkit has the slug",
        ),
        (HOT_SPOT, 'id = "tk-hot-spot"', 'id = "iv-spot"', "iv-spot", "begins with tk-"),
        (HSP, '^strength = "[^"]*"', 'strength = "superb"', "iv-hsp", "strength of evidence must"),
        (HSP, '^direction = "[^"]*"', 'direction = "up"', "iv-hsp", "direction of an outcome must"),
        (HSP, '"favourable"\nstrength = "strong"', '"favourable"\nstrength = "firm"', "iv-hsp",
         "strength of an outcome must"),
        (KNIFE, "46% in the year", "47% in the year", "ar-knife",
         "holds the figure 47 of 'summary'"),
        (KNIFE, "^how = .{4}", "how = '''\nOne falls by £1,500. ", "ar-knife",
         "holds the figure 1,500 of 'text.how'"),
        (HSP, '^part = "mechanism"', 'part = "moderators"', "iv-hsp", "The parts of EMMIE are"),
        (HSP, "^quality = 3", "quality = 5", "iv-hsp", "from 0 to 4"),
        (HSP, "^quality = 3", "quality = 0", "iv-hsp", "words and a quality above 0"),
        (HSP, "^sources = [^\n]*\n", "", "iv-hsp", "both words and a source"),
        (SOURCES, '"https://', '"http://', "S_SEED", "begins with https://"),
        (SOURCES, '"https://[^"]*"', '"https://example.org/x"', "S_SEED", "begins with https://"),
        (SOURCES, "^note = '''No address: read through a lib[^\\n]*\\n", "", "S_DALE",
         "note that says why it has none"),
        (SOURCES, '^publisher = "[^"]*"', 'publisher = ""', "S_SEED", "has no publisher"),
        (SOURCES, '^year = "[^"]*"', 'year = "n.d."', "S_SEED", "is a year, or 'undated'"),
        (ASSESSMENT, '^signed_by = "[^"]*"', 'signed_by = "Equality desk"', "eia-edition-2026",
         "signed by its author"),
        (ASSESSMENT, "^signed_on = [0-9-]*", "", "eia-edition-2026", "both a desk and a day"),
        (ASSESSMENT, "2027-11-23", "2026-11-22", "eia-edition-2026", "review was due"),
        (ASSESSMENT, 'characteristic = "age"', 'characteristic = "wealth"', "eia-edition-2026",
         "nine characteristics"),
        (ASSESSMENT, 'effect = "neutral"', 'effect = "fine"', "eia-edition-2026", "needs one of"),
        (ASSESSMENT, '^outcome = "adjust"', 'outcome = "go"', "eia-edition-2026", "outcome must"),
    ],
)  # fmt: skip
def test_a_planted_fault_is_found(
    copy: Path, rewrite: Rewrite, file: str, pattern: str, new: str, id: str, what: str
) -> None:
    rewrite(file, pattern, new)
    assert [found for found in faults(copy) if found[0] == id and what in found[1]]


def test_a_fault_names_its_file(copy: Path, rewrite: Rewrite) -> None:
    rewrite(HOT_SPOT, '"ar-knife"', '"ar-sword"')
    (fault,) = check_edition(read_edition(copy), today=DAY)
    assert (fault.id, fault.where) == ("tk-hot-spot", HOT_SPOT)


def test_an_id_used_twice_is_found(copy: Path) -> None:
    shutil.copy(copy / HOT_SPOT, copy / "toolkits" / "tk-warm-spot.toml")
    assert ("tk-hot-spot", "This id is used more than once.") in faults(copy)


def test_a_source_listed_twice_is_found(copy: Path) -> None:
    sources = copy / "sources.toml"
    twice = '\n[[sources]]\nid = "S_HMI"\ntitle = "x"\npublisher = "y"\nyear = "2023"\n'
    sources.write_text(sources.read_text(encoding="utf-8") + twice, encoding="utf-8")
    assert ("S_HMI", "This id is used more than once.") in faults(copy)


def test_an_area_without_a_toolkit_is_found(copy: Path) -> None:
    for path in (copy / "toolkits").glob("*.toml"):
        words = path.read_text(encoding="utf-8")
        path.write_text(words.replace('"ar-gun", ', "").replace(', "ar-gun"', ""), encoding="utf-8")
    assert faults(copy) == {("ar-gun", "No toolkit serves this area of focus.")}


def test_evidence_belongs_to_interventions_alone(copy: Path) -> None:
    hot_spot = copy / HOT_SPOT
    added = '\n[evidence]\nstrength = "limited"\n'
    hot_spot.write_text(hot_spot.read_text(encoding="utf-8") + added, encoding="utf-8")
    assert ("tk-hot-spot", "Interventions, and only they, carry evidence.") in faults(copy)


@pytest.mark.parametrize(
    ("file", "pattern", "new", "what"),
    [
        (KNIFE, "^title = ", "titel = ", r"Entry has no field 'titel'.*areas/ar-knife.toml"),
        (KNIFE, "^title = [^\n]*\n", "", r"Entry lacks the field 'title'.*areas/ar-knife.toml"),
        (KNIFE, r"^review_due = [0-9-]*", 'review_due = "2028"', "'review_due' must be a date"),
        (KNIFE, r"^id = ", "id == ", r"not valid TOML.*areas/ar-knife.toml"),
        ("sources.toml", '^title = "[^"]*"', "", r"Source lacks the field 'title'.*sources.toml"),
    ],
)
def test_a_file_of_the_wrong_shape_stops_the_reading_by_name(
    copy: Path, rewrite: Rewrite, file: str, pattern: str, new: str, what: str
) -> None:
    rewrite(file, pattern, new)
    with pytest.raises(EditionFault, match=what):
        read_edition(copy)


def test_a_missing_list_is_named(copy: Path) -> None:
    (copy / "phases.toml").unlink()
    with pytest.raises(EditionFault, match=r"missing.*phases.toml"):
        read_edition(copy)


def test_a_file_that_is_no_text_is_named(copy: Path) -> None:
    (copy / KNIFE).write_bytes(b"\xff\xfe")
    with pytest.raises(EditionFault, match=r"not UTF-8.*ar-knife.toml"):
        read_edition(copy)
