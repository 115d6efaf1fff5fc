"""Nothing that is tracked, shipped or released holds a row about a person, living or dead."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import subprocess
from pathlib import Path

import duckdb
import pytest

from nhpf.records import Release

ROOT = Path(__file__).parents[4]

# Columns that only a list of people has, or that point to one person.
OF_PERSONS = re.compile(
    r"count_of_(victims|ppa)|officer_(observed|defined)_ethnicity|self_(classified|defined)_ethnicity"
    r"|self-defined ethnicity|officer-defined ethnicity|victim_?(name|id)|suspect_?(name|id)"
    r"|homicide[ _]id|crime id|date_of_birth|dob|surname|forename|nhs_number|deceased|coroner_name"
    r"|solved_status|age range|charged_summonsed",
    re.IGNORECASE,
)

# Together these describe one person where a row counts one.
ASPECTS = {
    "age": re.compile(r"^age(_group|_band|s)?$", re.IGNORECASE),
    "sex": re.compile(r"^(sex|gender)$", re.IGNORECASE),
    "ethnicity": re.compile(r"^ethnic", re.IGNORECASE),
    "place": re.compile(r"borough|ward|lsoa|local_authority|^area", re.IGNORECASE),
    "time": re.compile(r"month|^date|week|^day", re.IGNORECASE),
    "method": re.compile(r"^method", re.IGNORECASE),
}
MOST_ASPECTS = 3


def faults(columns: list[str]) -> list[str]:
    """Say why a table of these columns may be a list of people."""
    found = [f"column {name}" for name in columns if OF_PERSONS.search(name)]
    aspects = [
        aspect for aspect, form in ASPECTS.items() if any(form.search(name) for name in columns)
    ]
    if len(aspects) > MOST_ASPECTS:
        found.append(f"columns for {', '.join(aspects)} together")
    return found


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def header(path: Path) -> list[str] | None:
    """Return the columns of a file that holds a table; None for other files."""
    name = path.name.lower()
    if name.endswith(".parquet"):
        with duckdb.connect() as con:
            rows = con.execute(f"describe select * from read_parquet('{path}')").fetchall()
        return [row[0] for row in rows]
    if name.endswith((".csv", ".tsv", ".csv.gz", ".tsv.gz")):
        content = path.read_bytes()
        text = (gzip.decompress(content) if name.endswith(".gz") else content).decode("utf-8-sig")
        return next(csv.reader(io.StringIO(text), delimiter="\t" if ".tsv" in name else ","), [])
    if name.endswith(".json"):
        return json_columns(path)
    return None


def json_columns(path: Path) -> list[str] | None:
    """Return the keys of the first row where a JSON file is a list of rows."""
    content = json.loads(path.read_text("utf-8"))
    first = content[0] if isinstance(content, list) and content else None
    return list(first) if isinstance(first, dict) else None


def test_no_tracked_table_is_a_list_of_people() -> None:
    read = {path: columns for path in tracked() if (columns := header(path)) is not None}
    assert len(read) > 30
    wrong = {str(path.relative_to(ROOT)): faults(columns) for path, columns in read.items()}
    assert {name: why for name, why in wrong.items() if why} == {}


def test_no_tracked_file_hides_a_table_in_an_archive() -> None:
    hidden = (".zip", ".tar", ".tgz", ".7z", ".xlsx", ".xls", ".sqlite3", ".duckdb", ".db", ".pkl")
    assert [path.name for path in tracked() if path.name.lower().endswith(hidden)] == []


def test_no_tracked_text_holds_a_victims_header() -> None:
    """A list of people pasted into a test, a page or a document has a header line like this."""
    line = re.compile(r"^[^\n]*age_group,\s*sex,\s*method[^\n]*$", re.MULTILINE)
    for path in tracked():
        if path.suffix in {".md", ".txt", ".toml", ".html", ".sql", ".svg"}:
            assert not line.search(path.read_text("utf-8", errors="ignore")), path


def test_every_table_of_the_release_counts_something_else_than_people(release: Release) -> None:
    for name, table in release.manifest["tables"].items():
        assert table["unit"], name
        assert not re.search(r"person|victim|suspect|accused|people|individual", table["unit"]), (
            name
        )
        assert table["grain"].startswith("one row per "), name
        assert not table["grain"].startswith(("one row per victim", "one row per person")), name
        assert "never shipped" not in table["regime"], name
        assert faults(list(table["columns"])) == [], name


def test_no_victims_table_shows_a_count_that_is_one_person(release: Release) -> None:
    for name in release.manifest["tables"]:
        if name.startswith("homicide_victims_by_") and name != "homicide_victims_by_borough_year":
            found = release.query(name)
            shown = found["victims"][found["withheld"] == ""]
            assert ((shown == 0) | (shown >= 10)).all(), name


def test_the_manifest_holds_no_row(release: Release) -> None:
    text = (release.folder / "manifest.json").read_text("utf-8")
    assert not re.search(r"age_group\W+\d", text)
    assert len(text) < 200_000


@pytest.mark.parametrize(
    "columns",
    [
        ["count_of_victims", "age_group", "sex"],
        ["age_group", "sex", "borough", "month"],
        ["year", "officer_observed_ethnicity"],
        ["Crime ID", "Month"],
    ],
)
def test_the_guard_finds_a_list_of_people(columns: list[str]) -> None:
    assert faults(columns)


def test_the_guard_reads_what_it_is_given(tmp_path: Path) -> None:
    path = tmp_path / "planted.csv.gz"
    text = io.StringIO()
    csv.writer(text).writerows(
        [["age_group", "sex", "borough", "month_year"], ["a", "b", "c", "d"]]
    )
    path.write_bytes(gzip.compress(text.getvalue().encode()))
    columns = header(path)
    assert columns is not None
    assert faults(columns)
