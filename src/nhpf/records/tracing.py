"""Lead a table of a release back to the SQL that counted it, its files and their rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nhpf.errors import InvalidInput
from nhpf.records.statement import Statement, statements

if TYPE_CHECKING:
    from nhpf.records.release import Release


@dataclass(frozen=True, slots=True)
class SourceTrace:
    """One source of a table: the terms that the manifest holds of it, and its files.

    Attributes
    ----------
    name : str
    terms : dict
        Title, series, publisher, licence, attribution, address, regime, marking, extract date,
        vintage, rows, file, sha256 and, for an import, contract and others.
    files : tuple of dict
        ``name``, ``sha256`` and ``rows`` of each file, as it was given.
    account : dict or None
        Of an import: rows, accepted, rejected, duplicates.
    """

    name: str
    terms: dict[str, Any]
    files: tuple[dict[str, Any], ...]
    account: dict[str, int] | None


@dataclass(frozen=True, slots=True)
class Trace:
    """Where the rows of one table come from.

    Attributes
    ----------
    release, made, code_version : str
        The release, when it was made (blank where its manifest does not say) and by which version.
    table : str
    held : dict
        What the manifest says of the table: grain, unit, columns, rows, licence, regime, marking,
        extract date, vintage.
    hashes : dict of str to str
        The files that hold the table in the release, each with its hash.
    counted_by : str
        The SQL that made the table, with its grain; blank for an import and where the SQL of this
        version is not that of the release.
    queries : tuple of str
        The named queries that read the table, each with what one row of it is.
    sources : tuple of SourceTrace
    faults : tuple of str
        The known faults of the table and what was done about each.
    """

    release: str
    made: str
    code_version: str
    table: str
    held: dict[str, Any]
    hashes: dict[str, str]
    counted_by: str
    queries: tuple[str, ...]
    sources: tuple[SourceTrace, ...]
    faults: tuple[str, ...]


def trace(release: Release, table: str) -> Trace:
    """Return where the rows of a table come from.

    Parameters
    ----------
    release : Release
    table : str

    Raises
    ------
    InvalidInput
        If the release has no table of this name.
    """
    from nhpf.records.making import recipe

    manifest = release.manifest
    if table not in manifest["tables"]:
        raise InvalidInput(
            "The release has no table of this name.",
            where=table,
            next_step=f"Its tables are {', '.join(manifest['tables'])}.",
        )
    held = manifest["tables"][table]
    is_ours = manifest["recipe"] == recipe() and table not in manifest.get("imports", ())
    made_by = statements("tables").get(table) if is_ours else None
    return Trace(
        release=release.id,
        made=str(manifest.get("made", "")),
        code_version=str(manifest["code_version"]),
        table=table,
        held=held,
        hashes=release.files(table),
        counted_by=made_by.sql if made_by else "",
        queries=tuple(
            f"{each.name}: {each.grain}"
            for each in statements("sql").values()
            if _reads(each, table)
        ),
        sources=tuple(_source(name, manifest["sources"][name]) for name in held["sources"]),
        faults=release.caveats(table),
    )


def _reads(statement: Statement, table: str) -> bool:
    """Whether a query names a table."""
    import re

    return re.search(rf"\b(from|join) {re.escape(table)}\b", statement.sql) is not None


def _source(name: str, terms: dict[str, Any]) -> SourceTrace:
    account = terms.get("account")
    if account is None:
        file = {"name": terms["file"], "sha256": terms["sha256"], "rows": terms["rows"]}
        return SourceTrace(name, terms, (file,), None)
    totals = {key: account[key] for key in ("rows", "accepted", "rejected", "duplicates")}
    said = {key: value for key, value in terms.items() if key != "account"}
    return SourceTrace(name, said, tuple(account["files"]), totals)
