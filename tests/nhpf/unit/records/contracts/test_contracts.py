"""Every contract is whole, agrees with itself, and its worked example can be imported."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from nhpf.disclosure import policy_for
from nhpf.records.contract import REGIMES, Contract, Layout, contract, contracts
from nhpf.records.importing import try_files
from nhpf.records.importing.matching import plain
from nhpf.records.importing.places import LOOKUPS
from nhpf.records.importing.values import KNOWN_AS

from .kept import rows_of

SOURCES = (
    "ambulance", "area_month_counts", "boundaries", "coroner_reports", "covariates", "crime_events",
    "domestic_homicide_reviews", "homicide_cases", "hospital_admissions", "hospital_assaults",
    "lookups", "police_uk_stops", "police_uk_street", "population", "published_series",
)  # fmt: skip
KINDS = {
    "text", "free_text", "place_name", "count", "number", "share", "code", "choice", "flag",
    "month", "year", "date", "time", "place", "area", "outline",
}  # fmt: skip
# Kinds of data set for which no policy is agreed: the strictest holds until one is.
DOCUMENT = Path(__file__).parents[5] / "docs" / "how-to" / "contracts.md"

each_contract = pytest.mark.parametrize("source", SOURCES)
each_layout = pytest.mark.parametrize(
    ("source", "layout"),
    [(held.source, layout.name) for held in contracts().values() for layout in held.layouts],
)


def _layout(source: str, name: str) -> tuple[Contract, Layout]:
    held = contract(source)
    return held, next(each for each in held.layouts if each.name == name)


def test_the_fifteen_sources_of_the_command_line() -> None:
    assert tuple(contracts()) == SOURCES


@each_contract
def test_a_contract_says_what_it_must(source: str) -> None:
    held = contract(source)
    for part in ("title", "grain", "unit", "meaning", "series", "publisher", "licence"):
        assert getattr(held, part), part
    assert held.grain.startswith("one row per ")
    assert held.regime in REGIMES
    assert held.person_category
    assert "review" in held.retention or "kept while" in held.retention or "most" in held.retention
    assert held.marking in ("OFFICIAL", "OFFICIAL-SENSITIVE")
    strictest = policy_for("nothing agreed", audience="public").because
    assert policy_for(held.disclosure, audience="public").because != strictest
    assert held.duplicates in ("kept", "set aside", "refused")
    assert held.duplicates != "refused" or held.key
    assert held.example


@each_contract
def test_personal_rows_have_a_regime_and_never_go_unmarked(source: str) -> None:
    held = contract(source)
    about_people = held.person_category not in ("none", "patients, counted")
    assert about_people == (held.regime != "not personal")


@each_contract
def test_fields_hold_together(source: str) -> None:
    held = contract(source)
    names = [each.name for each in held.fields]
    assert len(set(names)) == len(names)
    assert set(held.key) <= set(names)
    for each in held.fields:
        assert each.kind in KINDS, each.name
        assert each.meaning.endswith("."), each.name
        assert bool(each.pattern) == (each.kind == "code"), each.name
        assert bool(each.choices) == (each.kind == "choice"), each.name
        assert bool(each.known_in) == (each.kind == "place"), each.name
        assert set(each.known_in) <= set(LOOKUPS), each.name
        assert bool(each.by) == (each.kind == "area"), each.name
        assert not each.by or held.field(each.by).kind == "choice"
        assert not each.suppression or held.field(each.suppression).kind == "flag"
        assert bool(each.like) == bool(each.pattern), each.name
        assert all(re.fullmatch(each.pattern, code) for code in each.like), each.name
        assert all(place in KNOWN_AS for place in each.known_in), each.name


@each_layout
def test_a_layout_fills_every_field_that_may_not_be_blank(source: str, layout: str) -> None:
    held, form = _layout(source, layout)
    spread = {form.spread.into, form.spread.value} if form.spread else set()
    always = {field for header, field in form.columns.items() if header not in form.absent}
    filled = always | set(form.constants) | set(form.computed) | spread
    needed = {each.name for each in held.fields if not each.optional}
    assert needed <= filled
    mapped = [field for field in form.columns.values() if field]
    once = [*mapped, *form.constants, *form.computed, *spread]
    assert len(set(once)) == len(once), "a field is filled twice"
    assert set(once) <= {each.name for each in held.fields}


@each_layout
def test_a_layout_names_only_what_there_is(source: str, layout: str) -> None:
    held, form = _layout(source, layout)
    headers = {plain(each) for each in form.columns}
    assert len(headers) == len(form.columns)
    assert {plain(each) for each in (*form.absent, *form.places)} <= headers
    for field, sql in form.computed.items():
        for header in re.findall(r"\{([^}]*)\}", sql):
            assert plain(header) in headers, (field, header)
    for field, words in form.values.items():
        choices = held.field(field).choices
        assert not choices or set(words.values()) <= {*choices, ""}, field
    for field, value in form.constants.items():
        choices = held.field(field).choices
        assert not choices or value in choices, field
    for field in form.dates:
        assert held.field(field).kind in ("month", "date", "time")
    assert set(form.terms) <= {"series", "publisher", "licence", "attribution", "address",
                               "vintage", "title", "extract_date"}  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("contracts")


def _written(path: Path, rows: list[dict[str, str]]) -> Path:
    headers = list(dict.fromkeys(header for row in rows for header in row))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, headers, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


@each_contract
def test_the_worked_example_is_imported(source: str, root: Path, tmp_path: Path) -> None:
    held = contract(source)
    path = _written(tmp_path / "example.csv", list(held.example))
    with try_files(source, [path], root=root) as (account, kept):
        assert account.accepted == account.rows == len(held.example)
        assert account.files[0].layout == "nhpf"
        rows = rows_of(kept)
    told = Counter(name for row in held.example for name, value in row.items() if value != "*")
    taken = Counter(name for row in rows for name in told if row[name] is not None)
    assert taken == told


def test_a_withheld_count_is_blank_and_flagged_and_a_blank_one_is_rejected(
    root: Path, tmp_path: Path
) -> None:
    from nhpf.errors import RowsRejected

    row = {"area_kind": "force", "area": "Essex", "period": "2024-05", "category": "Robbery"}
    path = _written(tmp_path / "a.csv", [row | {"count": "*"}, row | {"period": "2024-06",
                                                                     "count": "0"}])  # fmt: skip
    with try_files("area_month_counts", [path], root=root) as (_, kept):
        first, second = sorted(rows_of(kept), key=lambda each: str(each["period"]))
    assert (first["count"], first["suppressed"]) == (None, "yes")
    assert (second["count"], second["suppressed"]) == (0, "no")
    assert first["area"] == "E23000028"
    path = _written(tmp_path / "b.csv", [row | {"count": ""}])
    with (
        pytest.raises(RowsRejected, match="column count: is blank"),
        try_files("area_month_counts", [path], root=root),
    ):
        pass


def test_an_area_is_found_by_its_kind(root: Path, tmp_path: Path) -> None:
    """Dorset is a force and a local authority, and the two are not one."""
    row = {"area": "Dorset", "period": "2024-05", "category": "Robbery", "count": "4"}
    rows = [row | {"area_kind": kind} for kind in ("force", "local authority")]
    path = _written(tmp_path / "dorset.csv", rows)
    with try_files("area_month_counts", [path], root=root) as (_, kept):
        assert {each["area"] for each in rows_of(kept)} == {"E23000039", "E06000059"}


def test_an_unknown_small_area_is_rejected(root: Path, tmp_path: Path) -> None:
    from nhpf.errors import RowsRejected

    row = {"area_kind": "lsoa21", "area": "E01999999", "period": "2024-05", "category": "Robbery"}
    path = _written(tmp_path / "unknown.csv", [row | {"count": "1"}])
    with (
        pytest.raises(RowsRejected, match="column area: is not a code known"),
        try_files("area_month_counts", [path], root=root),
    ):
        pass


FORCE_EXPORT = {
    "Event Number": "CR0000017", "Force": "Essex Police", "Date Recorded": "05/05/2024",
    "HO Offence Code": "8N", "Offence": "Violence with injury", "Committed From Date": "04/05/2024",
    "Committed From Time": "22:15", "Committed To Date": "", "Committed To Time": "",
    "Easting": "575000", "Northing": "207000",
}  # fmt: skip


def test_a_force_export_in_columns_of_date_and_time(root: Path, tmp_path: Path) -> None:
    day = {
        "Event Number": "CR0000018",
        "Committed From Time": "",
        "Committed To Date": "06/05/2024",
    }
    path = _written(tmp_path / "export.csv", [FORCE_EXPORT, FORCE_EXPORT | day])
    with try_files("crime_events", [path], root=root) as (account, kept):
        assert account.files[0].layout == "force_export"
        known, span = sorted(rows_of(kept), key=lambda each: str(each["event_id"]))
    assert str(known["time_from"]) == str(known["time_to"]) == "2024-05-04 22:15:00"
    assert str(known["month"]) == "2024-05-01"
    assert known["force"] == "E23000028"
    # A blank time is the whole of its day: from its first minute to the last of the last day.
    assert (str(span["time_from"]), str(span["time_to"])) == (
        "2024-05-04 00:00:00", "2024-05-06 23:59:00"
    )  # fmt: skip


def test_a_force_export_in_columns_of_moments(root: Path, tmp_path: Path) -> None:
    row = {
        "Event Number": "17", "Force": "Essex", "Recorded": "05/05/2024 09:30",
        "HO Offence Code": "8N", "Offence": "Violence with injury",
        "Committed From": "04/05/2024 22:15", "Committed To": "04/05/2024 23:00",
        "Easting": "575000", "Northing": "207000",
    }  # fmt: skip
    with try_files("crime_events", [_written(tmp_path / "e.csv", [row])], root=root) as (_, kept):
        (found,) = rows_of(kept)
    assert (str(found["time_from"]), str(found["time_to"])) == (
        "2024-05-04 22:15:00", "2024-05-04 23:00:00"
    )  # fmt: skip


ISTV = {
    "REPORTING PERIOD START DATE": "2024-05-01", "REPORTING PERIOD END DATE": "2024-05-31",
    "SITE CODE (OF TREATMENT)": "RXX01",
    "ARRIVAL DATE AND TIME AT ACCIDENT AND EMERGENCY DEPARTMENT": "2024-05-04T23:10",
    "ASSAULT DATE AND TIME": "2024-05-04T22:30", "ASSAULT METHOD": "02",
    "ASSAULT METHOD OTHER DESCRIPTION": "", "ASSAULT LOCATION TYPE": "licensed premises",
    "ASSAULT LOCATION DESCRIPTION": "outside the club on the High Street",
}  # fmt: skip


def test_the_istv_minimum_data_set_by_its_own_field_names(root: Path, tmp_path: Path) -> None:
    path = _written(tmp_path / "istv.csv", [ISTV])
    with try_files("hospital_assaults", [path], root=root) as (account, kept):
        assert account.files[0].layout == "istv"
        (row,) = rows_of(kept)
    # A national code is kept as sent; what it stands for is not guessed.
    assert (row["assault_method"], row["assault_method_code"]) == ("not known", "02")
    assert (row["assault_location_type"], row["assault_location_code"]) == (
        "licensed premises", None
    )  # fmt: skip
    assert str(row["period_end"]) == "2024-05-31"


def test_the_istv_names_are_those_of_the_field_list(shared: Path) -> None:
    with (shared / "data/schemas/field_lists.csv").open(encoding="utf-8") as file:
        listed = {row["field"] for row in csv.DictReader(file) if row["schema"].startswith("ISTV")}
    _, layout = _layout("hospital_assaults", "istv")
    assert set(layout.columns) == listed


def test_the_ecds_shape_keeps_concepts_as_sent(root: Path, tmp_path: Path) -> None:
    row = {
        "ORGANISATION SITE IDENTIFIER (OF TREATMENT)": "RXX01",
        "EMERGENCY CARE ARRIVAL DATE": "2024-05-04", "EMERGENCY CARE ARRIVAL TIME": "23:10:00",
        "EMERGENCY CARE INJURY DATE": "2024-05-04", "EMERGENCY CARE INJURY TIME": "22:30:00",
        "EMERGENCY CARE INJURY INTENT (SNOMED CT)": "1234567",
        "EMERGENCY CARE INJURY MECHANISM (SNOMED CT)": "7654321",
        "EMERGENCY CARE PLACE OF INJURY (SNOMED CT)": "7777777",
    }  # fmt: skip
    with try_files("hospital_assaults", [_written(tmp_path / "e.csv", [row])], root=root) as (
        account, kept
    ):  # fmt: skip
        assert account.files[0].layout == "ecds"
        (found,) = rows_of(kept)
    assert str(found["assault_time"]) == "2024-05-04 22:30:00"
    assert found["assault_method"] == "not known"
    assert found["assault_method_code"] == "7654321"


def test_a_tag_that_is_not_set_is_not_an_absence(shared: Path, root: Path) -> None:
    path = shared / "data/dhrd_domestic_homicide_reviews/dhrd_incidents_sample30.csv"
    with try_files("domestic_homicide_reviews", [path], root=root) as (_, kept):
        rows = rows_of(kept)
    assert {row["coercive_control"] for row in rows} == {"tagged", "not tagged"}
    assert "absent" in contract("domestic_homicide_reviews").field("coercive_control").choices


def test_the_layout_of_reviews_has_every_incident_variable_of_the_schema(shared: Path) -> None:
    path = shared / "data/dhrd_domestic_homicide_reviews/dhrd_schema.csv"
    with path.open(encoding="utf-8") as file:
        listed = {row["variable"] for row in csv.DictReader(file) if row["file"] == "incidents"}
    _, layout = _layout("domestic_homicide_reviews", "dhrd")
    assert listed == set(layout.columns) - set(layout.absent)


def test_the_document_lists_every_contract() -> None:
    text = DOCUMENT.read_text("utf-8")
    for held in contracts().values():
        assert f"`{held.source}`" in text
        assert held.title in text
