"""Make a force's return: count, withhold what the policy withholds, and seal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import nhpf
from nhpf.errors import InvalidInput
from nhpf.records.contract import contract
from nhpf.records.returns.bundle import Bundle, seal
from nhpf.records.returns.counting import count
from nhpf.records.returns.keys import source_mark
from nhpf.records.returns.period import Period
from nhpf.records.returns.policy import CONTRACT, HANDLING
from nhpf.records.returns.reading import REJECTED, terms

if TYPE_CHECKING:
    import duckdb
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


@dataclass(frozen=True, slots=True)
class Origin:
    """Which cases a return is made from.

    Attributes
    ----------
    release : str
        The id of the force's release.
    sha256 : str
        Of its table ``homicide_cases``.
    extract_date : date
        The day on which the cases were taken from the force's records.
    synthetic : bool
        Whether the cases are made up.
    rejected : int
        Rows that the import of the cases left out because they broke their contract.
    """

    release: str
    sha256: str
    extract_date: date
    synthetic: bool = False
    rejected: int = 0


def make(
    cases: Path | duckdb.DuckDBPyRelation,
    *,
    force: str,
    period: Period,
    key: Ed25519PrivateKey,
    sequence: int,
    origin: Origin,
    issued: datetime,
) -> bytes:
    """Return a force's return as the bytes of its file: the same for the same input.

    Parameters
    ----------
    cases : Path or duckdb.DuckDBPyRelation
        The table ``homicide_cases``: one row a victim, in the canonical columns of its contract.
    force : str
        The code of the force.
    period : Period
    key : Ed25519PrivateKey
        The force's.
    sequence : int
        1 for a period's first return; each resubmission has a higher one.
    origin : Origin
    issued : datetime
        With its time zone.

    Raises
    ------
    InvalidInput
        If the period was not over on the extract date, the sequence or the time cannot be used, or
        the table holds no case of the force.
    DamagedData
        If a case holds a value that the contract does not know.
    """
    if sequence < 1 or issued.tzinfo is None:
        raise InvalidInput("A return needs a sequence number from 1 and a time with its zone.")
    if origin.extract_date < period.end:
        raise InvalidInput(
            "The period was not over when the cases were extracted; the return would be too low.",
            where=f"{period.words}, extracted on {origin.extract_date}",
            next_step="Import a later extract, or return an earlier period.",
        )
    about = terms() | {
        "force": force,
        "period": str(period),
        "sequence": sequence,
        "issued": issued.isoformat(timespec="seconds"),
        "extract_date": origin.extract_date.isoformat(),
        "code_version": nhpf.__version__,
        "handling": HANDLING,
        "series": contract(CONTRACT).series,
        "unit": contract(CONTRACT).unit,
        "synthetic": origin.synthetic,
        "release_mark": source_mark(key, origin.release),
        "cases_mark": source_mark(key, origin.sha256),
    }
    if origin.rejected:
        about |= {REJECTED: origin.rejected}
    return seal(about, count(cases, force=force, period=period), key)


def made_from(bundle: Bundle, key: Ed25519PrivateKey, releases: Iterable[str]) -> str | None:
    """Return which of some releases a return was made from, or None; only its force can tell.

    Parameters
    ----------
    bundle : Bundle
    key : Ed25519PrivateKey
        The key that sealed it.
    releases : iterable of str
        The ids of the force's releases.
    """
    wanted = bundle.about["release_mark"]
    return next((each for each in releases if source_mark(key, each) == wanted), None)
