"""An edition written, read and written again is the same bytes, and no value of it is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhpf.errors import EditionFault
from nhpf.framework import (
    Edition,
    EmmiePart,
    Entry,
    Evidence,
    Outcome,
    Rename,
    check_edition,
    compare_editions,
    load_edition,
    read_assessment,
    read_edition,
    read_entry,
    read_source,
    record_text,
    write_edition,
)
from nhpf.framework.entries import KINDS

SIGNS = st.text(max_size=90)  # no lone surrogates, which UTF-8 cannot write
DAY = date(2028, 11, 1)


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def edition() -> Edition:
    return load_edition("2026")


def renamed(edition: Edition, name: str, count: int, suffix: str) -> Edition:
    """Return a later edition in which the first ``count`` entries have another id."""
    ids = {one.id: f"{one.id}-{suffix}" for one in list(edition.entries.values())[:count]}
    entries = {}
    for one in edition.entries.values():
        links: dict[str, Any] = {
            field: tuple(ids.get(id, id) for id in getattr(one, field))
            for field in ("themes", "areas", "toolkits", "interventions", "drivers")
        }
        entries[ids.get(one.id, one.id)] = replace(one, id=ids.get(one.id, one.id), **links)
    new = {old: Rename(old, now, DAY) for old, now in ids.items()}
    return replace(edition, name=name, entries=entries, renames={**edition.renames, **new})


def test_written_read_and_written_again_is_the_same_bytes(edition: Edition, tmp_path: Path) -> None:
    write_edition(edition, tmp_path / "one")
    again = read_edition(tmp_path / "one")
    write_edition(again, tmp_path / "two")
    assert again == edition
    assert list(again.entries) == list(edition.entries)
    assert list(again.sources) == list(edition.sources)
    assert len(bytes_of(tmp_path / "one")) > 80
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")
    assert check_edition(again, today=edition.published) == ()


def test_renames_are_written_too(edition: Edition, tmp_path: Path) -> None:
    later = renamed(edition, "2028", 5, "b")
    write_edition(later, tmp_path / "one")
    again = read_edition(tmp_path / "one")
    assert again.renames == later.renames
    write_edition(again, tmp_path / "two")
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")


def test_every_record_is_read_from_its_own_text(edition: Edition) -> None:
    for entry in edition.entries.values():
        assert read_entry(record_text(entry), kind=entry.kind, where="x") == entry
    for source in edition.sources.values():
        assert read_source(record_text(source), where="x") == source
    for held in edition.assessments.values():
        assert read_assessment(record_text(held), where="x") == held


@given(SIGNS, SIGNS, st.floats(allow_nan=False), st.integers(0, 9), st.booleans())
def test_any_words_and_numbers_come_back(
    words: str, title: str, low: float, studies: int, whole: bool
) -> None:
    row = Outcome(
        words.strip(), title.strip(), "mixed", estimate=studies if whole else low, low=low
    )
    entry = Entry(
        id="iv-x", kind="intervention", title=title.strip(), slug="x", summary=words.strip(),
        order=1, text={"what": words.strip()}, owner="a", checker="b", review_due=DAY,
        partners=(words, title),
        evidence=Evidence(
            "strong", outcomes=(row, row), cost_sources=(words, title),
            emmie=(EmmiePart("effect"), EmmiePart("economics", words.strip(), studies, (title,))),
        ),
    )  # fmt: skip
    assert read_entry(record_text(entry), kind="intervention", where="x") == entry


def test_nothing_is_written_over(edition: Edition, tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("kept")
    with pytest.raises(EditionFault, match="not empty"):
        write_edition(edition, tmp_path)
    assert bytes_of(tmp_path) == {"kept": b"kept"}


def test_an_edition_with_a_doubled_id_is_not_written(edition: Edition, tmp_path: Path) -> None:
    with pytest.raises(EditionFault, match="ar-knife is used more than once"):
        write_edition(replace(edition, duplicates=("ar-knife",)), tmp_path / "one")
    assert not (tmp_path / "one").exists()


def test_a_hundred_permanent_ids_resolve_after_two_rounds_of_renames(edition: Edition) -> None:
    later = renamed(renamed(edition, "2028", 100, "b"), "2030", 100, "c")
    old = list(edition.entries)
    assert len(old) >= 100
    for id in old:
        assert later.entry(id).title == edition.entry(id).title
        assert later.entry(id).kind == edition.entry(id).kind
    assert len(later.renames) >= 200 - len(old)
    assert compare_editions(edition, later).broken == ()


def test_a_rename_that_leads_nowhere_or_in_a_circle_is_a_fault(edition: Edition) -> None:
    bad = {
        "ar-a": Rename("ar-a", "ar-nowhere", DAY),
        "ar-b": Rename("ar-b", "ar-c", DAY),
        "ar-c": Rename("ar-c", "ar-b", DAY),
        "ar-knife": Rename("ar-knife", "ar-gun", DAY),
    }
    found = check_edition(replace(edition, renames=bad), today=edition.published)
    assert [(fault.id, fault.where) for fault in found] == [(id, "renames.toml") for id in bad]


def test_three_editions_compare_field_by_field(edition: Edition) -> None:
    knife, mentor = edition.entry("ar-knife"), edition.entry("iv-mentor")
    assert mentor.evidence is not None
    second = replace(
        renamed(edition, "2028", 1, "b"),
        sources={
            **edition.sources,
            "S_NEW": replace(edition.sources["S_SEED"], id="S_NEW"),
        },
    )
    second = replace(
        second,
        entries=dict(second.entries)
        | {
            "ar-knife": replace(knife, text={**knife.text, "how": "Otherwise."}),
            "iv-mentor": replace(mentor, evidence=replace(mentor.evidence, strength="limited")),
        },
    )
    third = replace(
        second,
        name="2030",
        entries={id: one for id, one in second.entries.items() if id != "ar-gun"},
    )
    one = compare_editions(edition, second)
    first_id = next(iter(edition.entries))
    assert (one.added, one.removed, one.broken) == (("S_NEW",), (), ())
    assert one.renamed == ((first_id, f"{first_id}-b"),)
    words = [(change.id, change.field) for change in one.changed if change.id in KINDS_OF_TWO]
    assert words == [("ar-knife", "text.how"), ("iv-mentor", "evidence.strength")]
    assert [change.id for change in one.evidence_changed] == ["iv-mentor"]
    two = compare_editions(second, third)
    assert (two.removed, two.broken, two.changed) == (("ar-gun",), ("ar-gun",), ())
    both = compare_editions(edition, third)
    assert set(both.removed) == {"ar-gun"}
    assert both.evidence_changed == one.evidence_changed
    assert compare_editions(edition, edition).changed == ()


def test_emmie_compares_part_by_part(edition: Edition) -> None:
    held = edition.entry("iv-cardiff")
    assert held.evidence is not None
    effect, *others = held.evidence.emmie
    better = replace(effect, known="Repeated in three cities.", quality=3)
    changed = replace(held, evidence=replace(held.evidence, emmie=(better, *others)))
    later = replace(edition, name="2028", entries={**edition.entries, held.id: changed})
    found = compare_editions(edition, later)
    assert [(one.field, one.after) for one in found.changed] == [
        ("evidence.emmie.effect.known", "Repeated in three cities."),
        ("evidence.emmie.effect.quality", 3),
    ]
    assert found.evidence_changed == found.changed


KINDS_OF_TWO = {"ar-knife", "iv-mentor"}


def test_every_kind_has_its_place_among_the_files(edition: Edition, tmp_path: Path) -> None:
    write_edition(edition, tmp_path / "one")
    again = read_edition(tmp_path / "one")
    assert {kind: len(again.of_kind(kind)) for kind in KINDS} == {
        kind: len(edition.of_kind(kind)) for kind in KINDS
    }
