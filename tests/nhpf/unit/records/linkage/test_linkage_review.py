"""The clerical-review sheet: who may read it, how long it lives, and how decisions come back."""

from __future__ import annotations

import csv
import io
import shutil
import stat
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from nhpf.errors import DamagedData, InvalidInput
from nhpf.records.agreements import Agreement, Signatory
from nhpf.records.linkage import Linkage, decide, link_events, purge
from nhpf.records.linkage.sources import Source

POST = "Analyst, violence reduction unit"


@pytest.fixture(scope="module")
def once(
    sources: tuple[Source, Source], tmp_path_factory: pytest.TempPathFactory, today: date
) -> Linkage:
    root = tmp_path_factory.mktemp("once")
    return link_events(*sources, on=today, reviewers=[POST], root=root)


@pytest.fixture
def found(once: Linkage, tmp_path: Path) -> Linkage:
    """One run's result, with its folder copied to each test's own data root."""
    assert once.sheet is not None
    run = once.sheet.parent
    shutil.copytree(run.parents[1], tmp_path / "restricted")
    return replace(once, sheet=tmp_path / "restricted" / "linkage" / run.name / once.sheet.name)


def rows_of(sheet: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(sheet.read_text("utf-8-sig"))))


def filled(sheet: Path, answers: dict[str, str], folder: Path) -> Path:
    """Return the sheet as a person sends it back, under another name."""
    rows = rows_of(sheet)
    for row in rows:
        if row and row[0] in answers:
            row[-1] = answers[row[0]]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    path = folder / "filled.csv"
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def asked(sheet: Path) -> list[str]:
    return [row[0] for row in rows_of(sheet) if len(row) > 10 and row[0] != "pair"]


def agreement(today: date, *reviewers: str) -> Agreement:
    parties = ("Anyshire Police", "Anyshire Hospitals")
    return Agreement(
        "Anyshire", parties, ("crime_events", "hospital_assaults"),
        ("law enforcement (Part 3)", "UK GDPR"), "prevention", "public task",
        today, today + timedelta(days=10), today + timedelta(days=300),
        tuple(Signatory(each, "Owner of information risk", today) for each in parties), reviewers,
    )  # fmt: skip


def test_the_sheet_is_marked_named_and_dated(found: Linkage, today: date) -> None:
    assert found.sheet is not None
    assert found.expires == today + timedelta(days=30)
    assert found.sheet.name.startswith("OFFICIAL-SENSITIVE_")
    assert found.sheet.name.endswith("delete-by-2026-12-26.csv")
    rows = rows_of(found.sheet)
    assert rows[0] == rows[-1] == ["OFFICIAL-SENSITIVE"]
    assert ["For", POST, "and nobody else"] in rows
    assert ["Delete by", "2026-12-26"] in rows


def test_only_its_owner_may_look_into_the_folder(found: Linkage, tmp_path: Path) -> None:
    assert found.sheet is not None
    assert tmp_path / "restricted" in found.sheet.parents
    for folder in (found.sheet.parent, found.sheet.parent.parent, tmp_path / "restricted"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for path in found.sheet.parent.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


def test_only_doubtful_pairs_are_asked_about_the_hardest_first(found: Linkage) -> None:
    assert found.sheet is not None
    by_name = dict(zip(found.pairs.pair, found.pairs.probability, strict=True))
    p = np.array([by_name[pair] for pair in asked(found.sheet)])
    assert 10 < p.size <= 200
    assert p.min() >= 0.2
    assert p.max() <= 0.9
    assert (np.diff(np.abs(p - 0.5)) >= -1e-9).all()


def test_an_agreement_says_who_may_read_and_ends_the_sheet(
    sources: tuple[Source, Source], tmp_path: Path, today: date
) -> None:
    made = agreement(today, POST)
    found = link_events(*sources, on=today, agreements=[made], reviewers=[POST], root=tmp_path)
    assert found.agreement == "Anyshire"
    assert found.expires == made.end
    with pytest.raises(InvalidInput, match="does not let read"):
        link_events(*sources, on=today, agreements=[made], reviewers=["Anyone"], root=tmp_path)


@pytest.mark.parametrize("days", [0, 91])
def test_a_sheet_lives_ninety_days_at_most(
    sources: tuple[Source, Source], tmp_path: Path, today: date, days: int
) -> None:
    with pytest.raises(InvalidInput):
        link_events(*sources, on=today, reviewers=[POST], days=days, root=tmp_path)


def test_what_is_past_its_day_is_deleted_even_if_unreadable(
    found: Linkage, tmp_path: Path, today: date
) -> None:
    assert found.sheet is not None
    assert found.expires is not None
    (found.sheet.parent / "run.json").write_bytes(b"\xff broken")
    assert purge(on=found.expires, root=tmp_path) == ()
    assert found.sheet.is_file()
    assert len(purge(on=found.expires + timedelta(days=1), root=tmp_path)) == 1
    assert list((tmp_path / "restricted" / "linkage").iterdir()) == []


def test_each_use_deletes_what_is_due(
    found: Linkage, sources: tuple[Source, Source], tmp_path: Path, today: date
) -> None:
    assert found.sheet is not None
    link_events(*sources, on=today + timedelta(days=31), root=tmp_path)
    assert not found.sheet.exists()


def test_decisions_are_honoured(found: Linkage, tmp_path: Path, today: date) -> None:
    assert found.sheet is not None
    linked = dict(zip(found.pairs.pair, found.linked, strict=True))
    doubtful = asked(found.sheet)
    refused = [pair for pair in doubtful if linked[pair]][:5]
    by_name = {pair: n for n, pair in enumerate(found.pairs.pair)}
    accepted = next(pair for pair in doubtful if not linked[pair])
    answers = dict.fromkeys(refused, "no match") | {accepted: " Match "}
    settled = decide(filled(found.sheet, answers, tmp_path), on=today, root=tmp_path)
    assert settled.decisions == 6
    for pair in refused:
        assert settled.pairs.probability[by_name[pair]] == 0
        assert not settled.linked[by_name[pair]]
    assert settled.linked[by_name[accepted]]
    assert settled.pairs.probability[by_name[accepted]] == 1
    for events in (settled.pairs.police, settled.pairs.hospital):
        taken = events[settled.linked]
        assert len(set(taken)) == taken.size


def test_an_untouched_sheet_changes_nothing(found: Linkage, tmp_path: Path, today: date) -> None:
    assert found.sheet is not None
    same = decide(found.sheet, on=today, root=tmp_path)
    assert (same.linked == found.linked).all()
    assert same.decisions == 0
    assert same.estimate().estimate == pytest.approx(found.estimate().estimate)


def test_two_matches_of_one_event_are_refused(found: Linkage, tmp_path: Path, today: date) -> None:
    assert found.sheet is not None
    event = dict(zip(found.pairs.pair, found.pairs.police, strict=True))
    by_event: dict[str, list[str]] = {}
    for pair in asked(found.sheet):
        by_event.setdefault(event[pair], []).append(pair)
    rivals = next(pairs for pairs in by_event.values() if len(pairs) > 1)
    sheet = filled(found.sheet, dict.fromkeys(rivals, "match"), tmp_path)
    with pytest.raises(InvalidInput, match="at most") as refused:
        decide(sheet, on=today, root=tmp_path)
    rows = [n for n, row in enumerate(rows_of(sheet), 1) if row and row[0] in rivals]
    assert refused.value.where == f"filled.csv, rows {' and '.join(map(str, rows))}"


def test_a_sheet_saved_with_semicolons_is_read(found: Linkage, tmp_path: Path, today: date) -> None:
    assert found.sheet is not None
    first = asked(found.sheet)[0]
    rows = rows_of(filled(found.sheet, {first: "match"}, tmp_path))
    width = max(map(len, rows))
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerows([*row, *[""] * (width - len(row))] for row in rows)
    path = tmp_path / "semicolons.csv"
    path.write_text(text.getvalue(), encoding="utf-8")
    assert decide(path, on=today, root=tmp_path).decisions == 1


def test_wrong_sheets_are_refused(found: Linkage, tmp_path: Path, today: date) -> None:
    assert found.sheet is not None
    first = asked(found.sheet)[0]
    with pytest.raises(InvalidInput, match="match, no match or unsure"):
        decide(filled(found.sheet, {first: "maybe"}, tmp_path), on=today, root=tmp_path)
    stranger = tmp_path / "stranger.csv"
    stranger.write_text(found.sheet.read_text("utf-8-sig").replace(first, "P0"), encoding="utf-8")
    with pytest.raises(InvalidInput, match="not of its run"):
        decide(stranger, on=today, root=tmp_path)
    stranger.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match="not a sheet"):
        decide(stranger, on=today, root=tmp_path)
    stranger.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DamagedData):
        decide(stranger, on=today, root=tmp_path)


def test_a_sheet_that_outlived_its_run_is_refused(
    found: Linkage, tmp_path: Path, today: date
) -> None:
    assert found.sheet is not None
    late = filled(found.sheet, {}, tmp_path)
    with pytest.raises(InvalidInput, match="deleted on its day"):
        decide(late, on=today + timedelta(days=31), root=tmp_path)
