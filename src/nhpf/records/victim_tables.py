"""Count the homicide victims file into tables that pass disclosure; its rows never leave here."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from nhpf.disclosure import Disclosed, policy_for, protect
from nhpf.records.checking import check_rows
from nhpf.records.engine import connect, reader
from nhpf.records.open_source import open_source
from nhpf.records.statement import Statement, statements

if TYPE_CHECKING:
    import duckdb

VICTIMS = "data/london_mps_homicide_victims/homicide_victims_"
CASES = {
    "victims_with_status": VICTIMS + "2003_2022-06.csv.gz",
    "victims_without_status": VICTIMS + "2003_2024-03_no_status.csv.gz",
}

# Ethnicity is as an officer saw it; the few that are neither are pooled, and blanks are trimmed.
ETHNICITY = """
    case when trim(officer_observed_ethnicity) in ('Asian', 'Black', 'White')
    then trim(officer_observed_ethnicity) else 'Other or not known' end as ethnicity
"""
THREE_YEARS = """
    create macro three_years(year) as
    (year - (year - 2003) % 3)::varchar || ' to ' || (year - (year - 2003) % 3 + 2)::varchar
"""

Key = tuple[str | int, ...]


def make_victim_tables(shared: Path, *, out: Path) -> tuple[Path, ...]:
    """Write every table of ``victim_counts`` as a CSV, with withheld counts blank and a reason.

    Parameters
    ----------
    shared : Path
        The folder that holds ``data/`` with the two victims files.
    out : Path
        Where the tables go.

    Raises
    ------
    DamagedData
        If a victims file breaks its contract.
    """
    with connect() as con:
        open_cases(con, {source: shared / path for source, path in CASES.items()})
        return tuple(_write(con, each, out) for each in statements("victim_counts").values())


def open_cases(con: duckdb.DuckDBPyConnection, files: dict[str, Path]) -> None:
    """Check victims files and make views of them: ``cases`` and ``cases_to_2024``."""
    years = {"victims_with_status": "year", "victims_without_status": "recorded_year"}
    views = {"victims_with_status": "cases", "victims_without_status": "cases_to_2024"}
    con.execute(THREE_YEARS)
    for source, path in files.items():
        check_rows(con, path, open_source(source))
        dropped = ", ".join(sorted({years[source], "officer_observed_ethnicity"}))
        con.execute(
            f"create view {views[source]} as select * exclude ({dropped}),"
            f" {years[source]}::integer as year, {ETHNICITY} from {reader(path)}"
        )


def _write(con: duckdb.DuckDBPyConnection, statement: Statement, out: Path) -> Path:
    found = con.execute(statement.sql)
    columns = [column[0] for column in found.description][:-1]
    counts: dict[Key, int] = {tuple(row[:-1]): row[-1] for row in found.fetchall()}
    shown = protect_counts(statement, columns, counts)
    path = out / f"{statement.name}.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*columns, "victims", "withheld"])
        for key, cell in shown.items():
            count = "" if cell.value is None else int(cell.value)
            writer.writerow([*key, count, cell.withheld])
    return path


def protect_counts(
    statement: Statement, columns: list[str], counts: dict[Key, int]
) -> dict[Key, Disclosed]:
    """Withhold by the policy that the table names, with every total that it says is shown.

    ``-- totals: year | period, method`` means that the sum of each year is shown, and the sum of
    each method over each period.
    """
    lines: dict[tuple[object, ...], list[Key]] = {}
    for total in statement.notes["totals"].split("|"):
        kept = [columns.index(name.strip()) for name in total.split(",")]
        for key in counts:
            lines.setdefault((total, *(key[at] for at in kept)), []).append(key)
    policy = policy_for(statement.notes["policy"], audience="public")
    return protect(counts, policy=policy, totals=lines.values())
