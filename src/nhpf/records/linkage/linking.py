"""Link the events of two partners, and take back what people decided about doubtful pairs."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from nhpf.errors import CannotTell, InvalidInput
from nhpf.methods.capture_recapture import CaptureRecapture, chapman_linked
from nhpf.records.agreements import Agreement, may_join
from nhpf.records.contract import contract
from nhpf.records.engine import connect, quoted, reader
from nhpf.records.linkage.clerical import (
    NamedPairs,
    pseudonymised,
    read_decisions,
    write_sheet,
)
from nhpf.records.linkage.events import SIDES, Read, prepare, read_events
from nhpf.records.linkage.matching import Matched, Pairs, match
from nhpf.records.linkage.resolving import decided, one_to_one
from nhpf.records.linkage.restricted import find_run, new_run, purge
from nhpf.records.linkage.sources import Source

if TYPE_CHECKING:
    import duckdb

FEWEST_LINKS = 10
LONGEST_DAYS = 90


@dataclass(frozen=True, slots=True)
class Linkage:
    """Two partners' events, linked. Pairs are for the restricted store: show `outcome` instead.

    Attributes
    ----------
    police, hospital : Read
        What was read of each file.
    pairs : NamedPairs
        Every candidate pair under names of this run.
    linked : ndarray of bool
        Which of them are links; each event is in one at most.
    chance_links : float
        Links that the same model finds among pairs two weeks apart, which cannot be one event, for
        as many pairs.
    agreement : str
        The sharing agreement's title; empty for synthetic data.
    synthetic : bool
    decisions : int
        Pairs that people have decided.
    sheet : Path or None
        The clerical-review sheet, where one was written.
    expires : date or None
        The day by which it is deleted.
    """

    police: Read
    hospital: Read
    pairs: NamedPairs
    linked: np.ndarray
    chance_links: float
    agreement: str
    synthetic: bool
    decisions: int = 0
    sheet: Path | None = None
    expires: date | None = None

    @property
    def links(self) -> int:
        """Pairs that are linked."""
        return int(self.linked.sum())

    @property
    def expected_false(self) -> float:
        """Links that are no match, as their probabilities say."""
        return float((1 - self.pairs.probability[self.linked]).sum())

    @property
    def expected_missed(self) -> float:
        """Matches among the pairs compared that are not linked."""
        return float(self.pairs.probability[~self.linked].sum())

    def estimate(self, *, level: float = 0.95) -> CaptureRecapture:
        """Estimate all events from those that could be compared.

        Raises
        ------
        CannotTell
            If the overlap is too small.
        """
        return chapman_linked(
            self.police.comparable,
            self.hospital.comparable,
            self.pairs.probability,
            level=level,
        )


def link_events(
    police: Source,
    hospital: Source,
    *,
    on: date,
    categories: Sequence[str] = (),
    agreements: Sequence[Agreement] = (),
    reviewers: Sequence[str] = (),
    days: int = 30,
    root: Path | None = None,
) -> Linkage:
    """Link police offences with hospital attendances, as events.

    Parameters
    ----------
    police, hospital : Source
        Records in the layout of ``crime_events`` and ``hospital_assaults``.
    on : date
        Today: it decides which agreement is in force and what is deleted.
    categories : sequence of str
        The police's categories that are violence; all where there are none.
    agreements : sequence of Agreement
        Needed unless both sources are marked synthetic.
    reviewers : sequence of str
        The posts that may read the clerical-review sheet; of the agreement's where there is one.
        Without any, no sheet is written and nothing of the pairs is kept.
    days : int
        How long the sheet is kept: 1 to 90, and never past the agreement's end.
    root : Path, optional
        The data root.

    Raises
    ------
    NotPermitted
        If no agreement covers the join. Nothing but the sources' own marks has been read then.
    CannotTell
        If what the sources have in common cannot be told from chance.
    """
    purge(on=on, root=root)
    synthetic = police.synthetic and hospital.synthetic
    first, second = (contract(source) for source in SIDES.values())
    agreement = may_join(first, second, on=on, agreements=agreements, synthetic=synthetic)
    readers = _readers(reviewers, agreement)
    expires = _expires(on, days, agreement)
    with connect() as con:
        prepare(con)
        offences = read_events(con, "police", police, categories=categories)
        attendances = read_events(con, "hospital", hospital)
        matched = match(con)
        linked, chance = _told_from_chance(matched)
        named = pseudonymised(matched.pairs, key=secrets.token_bytes(32))
        title = agreement.title if agreement else ""
        found = Linkage(offences, attendances, named, linked, chance, title, synthetic)
        if not readers:
            return found
        return _for_review(con, found, matched.pairs, expires=expires, readers=readers, root=root)


def _for_review(
    con: duckdb.DuckDBPyConnection,
    found: Linkage,
    pairs: Pairs,
    *,
    expires: date,
    readers: Sequence[str],
    root: Path | None,
) -> Linkage:
    """Keep the run in the restricted folder, with a sheet of its doubtful pairs."""
    run = secrets.token_hex(8)
    folder = new_run(run, expires=expires, root=root)
    _keep(folder, found)
    sheet = write_sheet(
        con, folder, pairs, found.pairs, run=run, expires=expires, reviewers=readers
    )
    return replace(found, sheet=sheet, expires=expires)


def decide(sheet: Path, *, on: date, root: Path | None = None) -> Linkage:
    """Return the linkage of a run as people decided its doubtful pairs.

    Raises
    ------
    InvalidInput
        If the run has been deleted, a pair is not of this run, or two matches share an event.
    """
    purge(on=on, root=root)
    read = read_decisions(sheet)
    folder = find_run(read.run, root=root)
    found = _kept(folder)
    pairs = found.pairs
    if set(read.answers) - set(pairs.pair):
        raise InvalidInput("The sheet holds a pair that is not of its run.", where=sheet.name)
    decisions = np.array([read.answers.get(pair, 0) for pair in pairs.pair])
    for events in (pairs.police, pairs.hospital):
        _refuse_two_matches(events, pairs.pair, decisions == 1, read.rows, sheet.name)
    settled = decided(pairs.police, pairs.hospital, pairs.probability, decisions)
    linked = one_to_one(pairs.police, pairs.hospital, settled)
    expires = date.fromisoformat(folder.name[:10])
    return replace(
        found,
        pairs=replace(pairs, probability=settled),
        linked=linked,
        decisions=int((decisions != 0).sum()),
        sheet=sheet,
        expires=expires,
    )


def _refuse_two_matches(
    events: np.ndarray, names: np.ndarray, matched: np.ndarray, rows: dict[str, int], sheet: str
) -> None:
    """Refuse two matches of one event, and say in which rows of the sheet they stand."""
    of_event: dict[str, list[int]] = {}
    for event, name in zip(events[matched], names[matched], strict=True):
        of_event.setdefault(event, []).append(rows[name])
    for found in of_event.values():
        if len(found) > 1:
            raise InvalidInput(
                "Two pairs of one event are both called a match; it can have one at most.",
                where=f"{sheet}, rows {' and '.join(map(str, sorted(found)))}",
            )


def _readers(reviewers: Sequence[str], agreement: Agreement | None) -> tuple[str, ...]:
    if agreement is None:
        return tuple(reviewers)
    if set(reviewers) - set(agreement.reviewers):
        raise InvalidInput(
            "The distribution names a post that the agreement does not let read pairs.",
            where=agreement.title,
        )
    return tuple(reviewers)


def _expires(on: date, days: int, agreement: Agreement | None) -> date:
    if not 1 <= days <= LONGEST_DAYS:
        raise InvalidInput(f"A review sheet is kept for 1 to {LONGEST_DAYS} days.")
    last = on + timedelta(days=days)
    return min(last, agreement.end) if agreement else last


def _told_from_chance(matched: Matched) -> tuple[np.ndarray, float]:
    """Return the links and the chance links; refuse where the first do not stand out.

    Files with nothing in common still get a few links, and small probabilities spread over many
    pairs. That is a faint sum, most of which no link holds.
    """
    pairs, apart = matched.pairs, matched.apart
    linked = one_to_one(pairs.police, pairs.hospital, pairs.probability)
    chance = matched.scale * _links(apart)
    expected = pairs.probability.sum()
    if linked.sum() < max(FEWEST_LINKS, 2 * chance, expected / 2):
        raise CannotTell(
            "What the two files have in common cannot be told from chance.",
            next_step="Check that they hold the same area, period and kinds of violence.",
        )
    return linked, float(chance)


def _links(pairs: Pairs) -> int:
    return int(one_to_one(pairs.police, pairs.hospital, pairs.probability).sum())


def _keep(folder: Path, found: Linkage) -> None:
    """Keep the pairs of a run under their names, so that decisions can be taken back."""
    with connect() as con:
        con.register("named", {**asdict(found.pairs), "linked": found.linked})
        con.execute(f"copy (from named) to {quoted(folder / 'pairs.parquet')} (format parquet)")
    kept = {
        "police": asdict(found.police),
        "hospital": asdict(found.hospital),
        "chance_links": found.chance_links,
        "agreement": found.agreement,
        "synthetic": found.synthetic,
    }
    (folder / "run.json").write_text(json.dumps(kept), encoding="utf-8")
    # The engine makes its file anew, so that permissions can only be set afterwards; until then the
    # folder itself is closed to others.
    for name in ("pairs.parquet", "run.json"):
        (folder / name).chmod(0o600)


def _kept(folder: Path) -> Linkage:
    kept = json.loads((folder / "run.json").read_text("utf-8"))
    with connect() as con:
        columns = con.execute(f"from {reader(folder / 'pairs.parquet')}").fetchnumpy()
    linked = columns.pop("linked")
    kept |= {side: Read(**kept[side]) for side in SIDES}
    return Linkage(pairs=NamedPairs(**columns), linked=linked, **kept)
