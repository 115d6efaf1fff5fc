"""The faults that are known of the real sets are found, and no others in their complete months."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from nhpf.records import Release, open_release
from nhpf.records.importing import import_files
from nhpf.records.quality.assessing import assess, check
from nhpf.records.quality.flags import Flag
from nhpf.records.quality.subjects import Subject, engine

# As the set's description lists them.
HOLES = {
    ("met_and_city", "2023-05"), ("met_and_city", "2023-06"), ("met_and_city", "2023-09"),
    ("merseyside", "2023-05"), ("merseyside", "2024-09"), ("merseyside", "2024-10"),
    ("merseyside", "2025-11"), ("west_midlands", "2023-05"), ("west_midlands", "2023-06"),
    ("west_midlands", "2023-07"), ("west_midlands", "2023-08"), ("west_midlands", "2024-09"),
    ("west_midlands", "2025-03"),
}  # fmt: skip


def found_in(path: Path, **terms: object) -> list[Flag]:
    """Check a file as it is."""
    subject = Subject("file", concerns="file", rows=f"read_parquet('{path}')")
    with engine() as con:
        return list(check(con, replace(subject, **terms)))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def street_crime(shared: Path) -> Path:
    return shared / "data/policeuk_lsoa_month/lsoa_month_category.parquet"


@pytest.fixture(scope="module")
def of_street_crime(street_crime: Path) -> list[Flag]:
    return found_in(
        street_crime,
        period="strptime(month, '%Y-%m')::date",
        place="lsoa_code",
        area="force_group",
        category="category",
        count="crime_count",
        key=("lsoa_code", "category", "month"),
    )


def test_every_hole_of_the_interface_is_found_and_unfit(of_street_crime: list[Flag]) -> None:
    unfit = {(flag.area, flag.period) for flag in of_street_crime if flag.how_bad == "unfit"}
    assert unfit >= HOLES
    (worst,) = (
        flag for flag in of_street_crime
        if (flag.area, flag.period) == ("west_midlands", "2024-09")
    )  # fmt: skip
    assert worst.what.startswith("3,767 where about 28,000 is usual")


def test_no_complete_month_is_flagged(of_street_crime: list[Flag], street_crime: Path) -> None:
    """A month is complete where nineteen in twenty of the small areas of its force report."""
    with engine() as con:
        rows = con.execute(
            "with held as (select force_group, month, count(distinct lsoa_code) as n from"
            f" read_parquet('{street_crime}') group by all)"
            " select force_group, month, n / max(n) over (partition by force_group) from held"
        ).fetchall()
    complete = {(force, month) for force, month, share in rows if share >= 0.95}
    assert len(complete) > 60
    flagged = {(flag.area, flag.period) for flag in of_street_crime}
    assert not flagged & complete
    assert {flag.check for flag in of_street_crime} == {"low month", "areas missing"}


FORCES = {"met_and_city": "E23000001", "merseyside": "E23000004", "west_midlands": "E23000014"}
CITY_OF_LONDON = "E23000034"


def test_imported_small_areas_are_judged_by_the_force_that_they_lie_in(
    release: Release, street_crime: Path, tmp_path: Path
) -> None:
    shutil.copytree(release.folder.parent, tmp_path / "releases")
    done = import_files("area_month_counts", [street_crime], root=tmp_path)
    held = open_release(done.release, root=tmp_path)
    flags = assess(held, today=dt.date(2026, 4, 1)).of_table("area_month_counts")
    unfit = {(flag.area, flag.period) for flag in flags if flag.how_bad == "unfit"}
    assert unfit >= {(FORCES[group], month) for group, month in HOLES}
    # Inside the group of the Metropolitan Police, nothing shows that a whole force is missing.
    missing = {flag.period for flag in flags if flag.area == CITY_OF_LONDON}
    assert missing == {"2023-05", "2023-06", "2023-09"}


def test_the_codes_with_a_blank_are_found(shared: Path) -> None:
    folder = shared / "data/london_mps_knife_monthly"
    terms = {"period": "month_year::date", "place": "area_code", "count": "count"}
    padded = {
        flag.field: flag.rows
        for flag in found_in(folder / "monthly-crime-dashboard.parquet", **terms)
        if flag.check == "padded codes"
    }
    assert padded["area_code"] == 24846  # 42% of 59,431
    again = found_in(folder / "monthly-crime-dashboard_stripped.parquet", **terms)
    assert "area_code" not in {flag.field for flag in again if flag.check == "padded codes"}


def test_the_category_that_was_not_published_is_found(shared: Path) -> None:
    flags = found_in(
        shared / "data/london_mps_lsoa_year_2011_2021/london_lsoa_year.parquet",
        period="make_date(year, 1, 1)",
        place="LSOA11CD",
        category="category",
        count="n",
        key=("LSOA11CD", "year", "category"),
    )
    assert [(flag.check, flag.category, flag.rows) for flag in flags] == [
        ("all-zero category", "major-sexual", 4829 * 11)
    ]


@pytest.mark.parametrize(
    ("name", "total"), [("vawg-offences", "1,612,003"), ("vawg-victims", "1,527,047")]
)
def test_stacked_sheets_are_found(shared: Path, name: str, total: str) -> None:
    flags = found_in(
        shared / f"data/london_mps_vawg_custody/{name}.parquet",
        period="recorded_date_months::date",
        place="'E23000001'",
        layer="sheet",
        count="count",
    )
    (flag,) = (flag for flag in flags if flag.check == "stacked rows")
    assert (flag.field, flag.how_bad) == ("sheet", "unfit")
    assert total in flag.what


@pytest.mark.parametrize(("name", "stubs"), [("ward", ["2024-02"]), ("borough", [])])
def test_the_stub_month_is_found_where_there_is_one(
    shared: Path, name: str, stubs: list[str]
) -> None:
    flags = found_in(
        shared / f"data/london_mps_recorded_crime/recorded-crime-{name}.parquet",
        kind="file",
        reads="unpivot {file} on columns('^[0-9]{{6}}$') into name month value offences",
        period="strptime(month, '%Y%m')::date",
        place="boroughname" if name == "borough" else "wardcode",
        category="minortext",
        count="offences",
    )
    assert [flag.period for flag in flags if flag.check == "stub month"] == stubs
