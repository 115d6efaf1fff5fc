"""The quality of a release: what is flagged, what is kept, and what a figure must mention."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from nhpf.records import Release, open_release
from nhpf.records.importing import import_files
from nhpf.records.quality import RULES, Quality, assess, concerning
from nhpf.records.quality.terms import accounts

TODAY = dt.date(2026, 3, 20)
KENT = "E23000032"


@pytest.fixture(scope="module")
def quality(release: Release) -> Quality:
    return assess(release, today=TODAY)


def test_every_flag_names_a_table_and_a_check_with_a_rule(
    release: Release, quality: Quality
) -> None:
    assert quality.flags
    for flag in quality.flags:
        assert flag.table in release.manifest["tables"]
        assert flag.check in RULES
        assert flag.done


def test_the_faults_of_shipped_files_are_found_again_with_what_was_done(quality: Quality) -> None:
    of_files = {(flag.check, flag.file): flag for flag in quality.flags if flag.file}
    assert of_files["stub month", "london_ward_offences_current"].what.startswith("40 where")
    assert of_files["padded codes", "london_knife_crime"].done.startswith("Codes are trimmed")
    assert "1,612,003" in of_files["stacked rows", "london_vawg_offences"].what


def test_ward_and_borough_files_disagree_by_76_homicides(quality: Quality) -> None:
    (flag,) = (
        flag for flag in quality.of_table("london_ward_offences")
        if flag.check == "two sources disagree"
    )  # fmt: skip
    assert "1,833 homicides" in flag.what
    assert "1,909" in flag.what
    assert flag.how_bad == "caution"


def test_withheld_counts_are_not_blanks(quality: Quality) -> None:
    fields = {each.field: each for each in quality.fields_of("homicide_victims_by_solved_year")}
    assert fields["victims"].blank == 0
    assert fields["victims"].withheld == 14


def test_timeliness_is_judged_on_the_day_asked_for(release: Release, quality: Quality) -> None:
    def late(found: Quality) -> set[tuple[str, str]]:
        return {(flag.table, flag.period) for flag in found.flags if flag.check == "late"}

    assert ("london_knife_crime_count", "2026-02") not in late(quality)
    later = assess(release, today=dt.date(2026, 12, 1))
    assert ("london_knife_crime_count", "2026-02") in late(later)
    assert ("population", "") in late(quality)


def counts_by_month(path: Path, *, missing: str = "", zeros: str = "") -> Path:
    """Write three years of counts of two forces, of which one lacks a month."""
    lines = ["area_kind,area,period,category,measure,count"]
    for force in (KENT, "E23000028"):
        for month in range(36):
            period = f"{2022 + month // 12}-{month % 12 + 1:02}"
            count = 240 if (force, period) == (KENT, missing) else 2400 + month
            lines.append(f"force,{force},{period},Robbery,offences,{count}")
            if zeros:
                lines.append(f"force,{force},{period},{zeros},offences,0")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def copied(release: Release, root: Path) -> Path:
    """Copy the shared release, so that an import has one to build on."""
    shutil.copytree(release.folder.parent, root / "releases")
    return root


@pytest.fixture(scope="module")
def imported(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release with an import in which Kent lacks most of a month."""
    folder = tmp_path_factory.mktemp("imported")
    path = counts_by_month(folder / "counts.csv", missing="2023-09", zeros="Kidnapping")
    root = copied(release, folder)
    done = import_files("area_month_counts", [path], root=root)
    return open_release(done.release, root=root)


def test_an_import_is_checked_like_an_open_table(imported: Release) -> None:
    found = assess(imported, today=TODAY).of_table("area_month_counts")
    flags = {flag.check: flag for flag in found if not (flag.check == "late" and flag.period)}
    low = flags["low month"]
    assert (low.area, low.period, low.how_bad, low.rows) == (KENT, "2023-09", "unfit", 2)
    assert low.what == "240 where about 2,400 is usual."
    assert flags["all-zero category"].category == "Kidnapping"
    assert flags["late"].what == "The import does not say when the files were extracted."
    assert set(flags) == {"low month", "all-zero category", "late"}


def test_a_figure_must_mention_what_lies_in_its_areas_and_years(imported: Release) -> None:
    def mentioned(*, areas: tuple[str, ...] = (), years: tuple[int, ...] = ()) -> list[str]:
        found = concerning(imported, "area_month_counts", areas=areas, years=years)
        return [flag.check for flag in found]

    both = ["all-zero category", "low month"]
    assert mentioned() == mentioned(areas=(KENT,), years=(2023,)) == both
    assert mentioned(areas=("E23000028",)) == mentioned(years=(2022, 2024)) == both[:1]
    assert concerning(imported, "population") == ()


def test_rejects_of_an_import_are_flagged_with_their_column() -> None:
    rejects = [{"file": "a.csv", "row": 3, "column": "count", "reason": "is no whole number"}]
    account = {"rows": 9, "rejected": 1, "duplicates": 0, "rejects": rejects}
    (flag,) = accounts(manifest_of(account))
    assert (flag.check, flag.rows, flag.field) == ("rejected rows", 1, "count")
    assert flag.what == "1 of 9 rows broke the contract."


def manifest_of(account: dict[str, object]) -> dict[str, object]:
    """Return the part of a manifest that says what became of an import's rows."""
    name = "police_uk_street"
    return {"imports": [name], "sources": {name: {"account": account}}}


def test_repeats_that_an_import_set_aside_are_flagged() -> None:
    account = {"rows": 9, "rejected": 0, "duplicates": 2, "rejects": []}
    (flag,) = accounts(manifest_of(account))
    assert (flag.check, flag.rows, flag.how_bad) == ("repeats set aside", 2, "note")


def test_cases_are_compared_with_recorded_homicides(
    release: Release, tmp_path: Path, shared: Path
) -> None:
    """1,508 and 1,493 homicides over 146 months, equal in 127, as the set's description says."""
    path = shared / "data/london_mps_homicide_victims/homicide_victims_2003_2022-06.csv.gz"
    done = import_files("homicide_cases", [path], root=copied(release, tmp_path))
    held = open_release(done.release, root=tmp_path)
    flags = assess(held, today=TODAY).of_table("homicide_cases")
    (flag,) = (flag for flag in flags if flag.check == "two sources disagree")
    assert flag.what == (
        "The homicide cases hold 1,493 homicides, the recorded offences 1,508, over the same 146"
        " periods; they are equal in 127."
    )


def test_what_was_found_is_kept_and_read_again(release: Release, quality: Quality) -> None:
    folder = release.folder.parents[1] / "quality"
    (kept,) = folder.glob(f"{release.id}-*.json")
    before = kept.stat().st_mtime_ns
    assert assess(release, today=TODAY) == quality
    assert kept.stat().st_mtime_ns == before


def test_the_checks_change_nothing_in_the_release(release: Release) -> None:
    release.verify()
