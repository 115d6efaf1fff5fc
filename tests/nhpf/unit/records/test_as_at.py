"""The release and the edition that were the newest on a day."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from nhpf.errors import EditionFault, UnknownRelease
from nhpf.framework import load_edition
from nhpf.records import Release
from nhpf.records.editions import edition_as_at, edition_digest
from nhpf.records.release_history import release_as_at


def held(root: Path, release: Release, *, name: str, day: str) -> None:
    """Hold a copy of a release's manifest as if it had been made on a day."""
    folder = root / "releases" / name
    folder.mkdir(parents=True)
    manifest = folder / "manifest.json"
    manifest.write_bytes((release.folder / "manifest.json").read_bytes())
    made = datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC).timestamp()
    os.utime(manifest, (made, made))


def test_the_newest_release_of_that_day_is_found(release: Release, tmp_path: Path) -> None:
    for name, day in (("aaaa", "2026-03-03"), ("bbbb", "2026-05-01"), ("cccc", "2026-07-09")):
        held(tmp_path, release, name=name, day=day)
    found = {
        day: release_as_at(date.fromisoformat(day), root=tmp_path).id
        for day in ("2026-03-03", "2026-04-30", "2026-05-01", "2027-01-01")
    }
    assert found == {
        "2026-03-03": "aaaa",
        "2026-04-30": "aaaa",
        "2026-05-01": "bbbb",
        "2027-01-01": "cccc",
    }


def test_a_day_before_every_release_is_refused_with_the_oldest(
    release: Release, tmp_path: Path
) -> None:
    held(tmp_path, release, name="aaaa", day="2026-03-03")
    with pytest.raises(UnknownRelease) as refused:
        release_as_at(date(2026, 3, 2), root=tmp_path)
    assert "2026-03-03" in refused.value.next_step


def test_where_no_release_is_held_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnknownRelease) as refused:
        release_as_at(date(2026, 3, 2), root=tmp_path)
    assert refused.value.next_step == "None is held."


def test_the_edition_of_a_day_is_the_newest_published_by_then() -> None:
    first = load_edition("2026")
    assert edition_as_at(first.published).name == "2026"
    before = date.fromordinal(first.published.toordinal() - 1)
    with pytest.raises(EditionFault) as refused:
        edition_as_at(before)
    assert first.published.isoformat() in refused.value.next_step


def test_a_frozen_edition_counts_from_its_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nhpf.framework.reading import EDITIONS

    monkeypatch.setenv("NHPF_DATA", str(tmp_path))
    folder = tmp_path / "editions" / "2027"
    for path in (EDITIONS / "2026").rglob("*.toml"):
        copy = folder / path.relative_to(EDITIONS / "2026")
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    text = (folder / "edition.toml").read_text("utf-8")
    published = load_edition("2026").published.isoformat()
    (folder / "edition.toml").write_text(
        text.replace('"2026"', '"2027"').replace(published, "2027-02-01"), "utf-8"
    )
    assert edition_as_at(date(2027, 1, 31)).name == "2026"
    assert edition_as_at(date(2027, 2, 1)).name == "2027"
    assert edition_digest("2026") != edition_digest("2027")
    before = edition_digest("2027")
    some = next((folder / "areas").glob("*.toml"))
    some.write_text(some.read_text("utf-8") + "\n", "utf-8")
    assert edition_digest("2027") != before
