"""Make a return from the homicide cases of a force's release."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from nhpf.errors import InvalidInput
from nhpf.records.contract import contract
from nhpf.records.engine import connect
from nhpf.records.release import Release
from nhpf.records.returns.making import Origin, make
from nhpf.records.returns.period import Period
from nhpf.records.returns.policy import CONTRACT

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

IMPORT = f"nhpf records import {CONTRACT} FILE --extract-date YYYY-MM-DD"


def make_from_release(
    release: Release,
    *,
    force: str,
    period: Period,
    key: Ed25519PrivateKey,
    sequence: int,
    issued: datetime,
) -> bytes:
    """Return a force's return, made from the cases that a release holds; see `make`.

    Raises
    ------
    InvalidInput
        If the release holds no homicide cases, or they were imported under another version of the
        contract or without the day of the extract.
    """
    origin = _origin(release)
    with connect() as con:
        cases = con.sql(f"select * from {release.reads(CONTRACT)}")
        return make(
            cases,
            force=force,
            period=period,
            key=key,
            sequence=sequence,
            origin=origin,
            issued=issued,
        )


def _origin(release: Release) -> Origin:
    if CONTRACT not in release.manifest["tables"]:
        raise InvalidInput(
            "The release holds no homicide cases.",
            where=f"release {release.id}",
            next_step=f"Import them: {IMPORT}",
        )
    table, source = release.manifest["tables"][CONTRACT], release.manifest["sources"][CONTRACT]
    present = f"{CONTRACT} {contract(CONTRACT).version}"
    if source["contract"] != present:
        raise InvalidInput(
            f"The cases were imported under {source['contract']}; returns are made of {present}.",
            where=f"release {release.id}",
            next_step=f"Import them again: {IMPORT}",
        )
    try:
        extracted = date.fromisoformat(source["extract_date"])
    except ValueError:
        raise InvalidInput(
            "It is not known on which day the cases were extracted.",
            where=f"release {release.id}",
            next_step=f"Import them again and say it: {IMPORT}",
        ) from None
    return Origin(
        release.id,
        table["sha256"],
        extracted,
        synthetic=bool(source["synthetic"]),
        rejected=int(source["account"]["rejected"]),
    )
