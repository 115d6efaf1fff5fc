"""Every collected file is imported through a contract to the row, or refused for a reason."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest

from nhpf.errors import DamagedData, NhpfError, NotPermitted, PersonalData, RowsRejected
from nhpf.records.engine import connect
from nhpf.records.importing import Account, Choices, try_files
from nhpf.records.importing.keeping import Kept

from .kept import reads


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that is imported: by which layout, and what becomes of its rows."""

    path: str
    source: str
    layout: str
    rows: int
    duplicates: int = 0
    rejected: int = 0
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that is refused: by which contract, and why."""

    path: str
    source: str
    error: type[NhpfError]
    because: str


def _london(name: str, layout: str, rows: int) -> Taken:
    return Taken(f"london_mps_recorded_crime/{name}", "area_month_counts", layout, rows)


def _series(name: str, layout: str, rows: int, rejected: int = 0) -> Taken:
    path = f"uk_force_and_national_tables/{name}"
    return Taken(path, "published_series", layout, rows, rejected=rejected)


def _geography(name: str, layout: str, rows: int, duplicates: int = 0) -> Taken:
    source = "boundaries" if name.startswith("boundaries") else "lookups"
    return Taken(f"uk_geography/{name}", source, layout, rows, duplicates)


def _covariates(name: str, layout: str, rows: int) -> Taken:
    return Taken(f"uk_small_area_covariates/{name}", "covariates", layout, rows)


def _admissions(name: str, layout: str, rows: int, sheet: str = "") -> Taken:
    path = f"nhs_knife_admissions/{name}"
    return Taken(path, "hospital_admissions", layout, rows, sheet=sheet)


# A wide file has a row for each cell that is spread: rows of the file times columns of months, ages
# or indicators.
TAKEN = (
    Taken("dhrd_domestic_homicide_reviews/dhrd_incidents_sample30.csv",
          "domestic_homicide_reviews", "dhrd", 30),
    Taken("dhrd_domestic_homicide_reviews/dhrd_published_alcohol_indicators.csv",
          "published_series", "dhrd_alcohol", 22 * 3),
    Taken("london_mps_homicide_victims/homicide_victims_2003_2022-06.csv.gz",
          "homicide_cases", "mps_dashboard", 2_737),
    Taken("london_mps_homicide_victims/homicide_victims_2003_2024-03_no_status.csv.gz",
          "homicide_cases", "mps_dashboard_without_status", 2_936),
    Taken("london_mps_knife_monthly/monthly-crime-dashboard.parquet",
          "area_month_counts", "mps_monthly_dashboard", 59_431),
    Taken("london_mps_knife_monthly/monthly-crime-dashboard_stripped.parquet",
          "area_month_counts", "mps_monthly_dashboard", 59_431),
    Taken("london_mps_lsoa_year_2011_2021/london_lsoa_year.parquet",
          "area_month_counts", "london_lsoa_years", 690_547),
    _london("homicide_ward_month_nonzero.csv", "mps_ward_homicides", 1_764),
    _london("recorded-crime-borough-historical.parquet", "mps_borough_months", 1_085 * 167),
    _london("recorded-crime-borough.parquet", "mps_borough_months", 1_032 * 24),
    _london("recorded-crime-lsoa.parquet", "mps_lsoa_months", 105_620 * 25),
    _london("recorded-crime-ward-historical.parquet", "mps_ward_months", 21_118 * 167),
    _london("recorded-crime-ward.parquet", "mps_ward_months", 18_688 * 25),
    Taken("london_mps_vawg_custody/custody.parquet", "area_month_counts", "mps_custody", 32_870),
    # Editions that overlap stand one upon the other, each with its own spelling of a column: most
    # rows are there twice. 21 hold a sex coded V, which is explained nowhere, or an #N/A that a
    # spreadsheet left.
    Taken("london_mps_vawg_custody/thorough-searches.parquet",
          "police_uk_stops", "mps_thorough_searches", 44_110, duplicates=23_042, rejected=21),
    Taken("london_mps_vawg_custody/vawg-offences.parquet",
          "area_month_counts", "mps_vawg_offences", 411_341),
    Taken("london_mps_vawg_custody/vawg-victims.parquet",
          "area_month_counts", "mps_vawg_victims", 410_576),
    _admissions("region_month_fae_fce.csv", "hes_region_months", 3_312),
    _admissions("uk_stabbings_totals.csv", "hes_national_months", 120),
    _admissions("uk_stabbings_gender.csv", "hes_national_months_by_sex", 240),
    _admissions("uk_stabbings_age.csv", "hes_national_months_by_age", 600),
    _admissions("uk_stabbings_ethnicity.csv", "hes_national_months_by_ethnicity", 360),
    _admissions("UK_Knife_Crime_Workbook.xlsx", "hes_national_months", 120, "UK_Stabbings_Totals"),
    # Three have no date, the references of ten are mistyped (20150-0217), and two count a reply
    # less than none. What is equal to another in all that is taken is a repeat.
    Taken("pfd_reports/pfd_metadata_responses_to_2022-03.csv.gz",
          "coroner_reports", "pfd_metadata", 4_001, duplicates=12, rejected=15),
    # 272 identifiers are repeated; nine rows equal another in all that is taken, the rest revise.
    Taken("policeuk_city_of_london_street/city_of_london_street_2024_2025.csv.gz",
          "police_uk_street", "police_uk", 18_867, duplicates=9),
    Taken("policeuk_lsoa_month/lsoa_month_category.parquet",
          "area_month_counts", "police_uk_lsoa_months", 1_365_092),
    Taken("policeuk_stop_and_search/stop_and_search_2019-12_2020-02.csv.gz",
          "police_uk_stops", "police_uk", 22_587, duplicates=889),
    _series("crime_pressure_force_2022_data.csv.gz", "crime_severity", 7_700),
    # Burglary "with entry", "attempts", "with loss" and "no loss" stand three times a year with
    # three values: the copy has lost which burglary each is of.
    _series("crime_reporting_data.csv.gz", "crime_reporting", 1_166, rejected=4 * 22 * 3),
    _series("crime_trends_data.csv.gz", "crime_prevalence", 858),
    _series("custody_deaths_data.csv.gz", "deaths_after_police_contact", 330),
    Taken("uk_force_and_national_tables/force_by_subgroup_ye_mar_2019.csv",
          "area_month_counts", "force_subgroups_2018_19", 44 * 24),
    _series("ho_outcomes_violence_by_force_quarter.parquet", "outcomes_2018_19", 132_529 * 2),
    _series("homicide_europe_data.csv.gz", "homicide_europe", 923),
    _series("homicide_methods_data.csv.gz", "homicide_methods", 264),
    _series("homicide_trends_data.csv.gz", "homicides_recorded", 121),
    _series("homicide_trends_pop_data.csv.gz", "population_by_year", 181),
    _series("search_arrests_data.csv.gz", "stop_searches_and_arrests", 92_199 * 2),
    _geography("boundaries_lsoa21.parquet", "lsoa21", 35_672),
    _geography("boundaries_ltla24.parquet", "ltla24", 361),
    _geography("boundaries_msoa21.parquet", "msoa21", 7_264),
    _geography("boundaries_pfa20.parquet", "pfa20", 43),
    _geography("boundaries_wards22_london.parquet", "ward22", 679),
    _geography("lookup_lsoa11_lsoa21.csv.gz", "lsoa11_to_lsoa21", 35_795),
    _geography("lookup_lsoa11_msoa11.csv.gz", "lsoa11_to_msoa11", 41_729),
    _geography("lookup_msoa11_msoa21.csv.gz", "msoa11_to_msoa21", 7_201),
    # 38,789 rows for 35,672 small areas: one with several partnerships says the rest again each
    # time, (38,789 - 35,672) * 5 = 15,585.
    _geography("lookup_lsoa21_ward24_ltla24_csp24_pfa24.csv.gz", "lsoa21_to_all",
               38_789 * 6, duplicates=15_585),
    # Seven local authorities hold several partnerships and say their force each time.
    _geography("lookup_ltla24_csp24_pfa24.csv", "ltla24_to_force", 332 * 2, duplicates=14),
    _geography("lookup_ltla_history_2016_2024.csv", "ltla_history", 393 * 8, duplicates=2),
    Taken("uk_published_benchmarks/homicide_published_figures.csv",
          "published_series", "published_homicide_figures", 47),
    _covariates("census2021_lsoa21.parquet", "census_2021_lsoa21", 35_672 * 22),
    _covariates("community_needs_index2023_lsoa21.parquet", "community_needs_2023_lsoa21",
                33_755 * 9),
    _covariates("imd2019_england_lsoa11.parquet", "imd_2019_lsoa11", 32_844 * 44),
    _covariates("imd2025_england_lsoa21.parquet", "imd_2025_lsoa21", 33_755 * 52),
    _covariates("imd2025_ltla24.csv.gz", "imd_2025_ltla24", 296 * 56),
    _covariates("wimd2019_lsoa11.parquet", "wimd_2019_lsoa11", 1_909 * 27),
    Taken("uk_small_area_covariates/ethnicity2021_ltla21.csv.gz",
          "population", "census_2021_ltla21_by_ethnicity", 12_578),
    Taken("uk_small_area_covariates/population_mid2020_lsoa11_single_year_age.parquet",
          "population", "mid_2020_lsoa11_by_age", 34_753 * 91),
    Taken("uk_small_area_covariates/population_mid2020_ltla21_single_year_age.csv.gz",
          "population", "mid_2020_ltla21_by_age", 331 * 91),
)  # fmt: skip

# The teaching sets of the United States and Scotland fit no contract: they serve tests of methods.
# Most name their counties in a column that could as well name people.
_TEACHING = {
    "columbus": (DamagedData, "fits no layout"),
    "pittsburghom": (DamagedData, "no column that area_month_counts knows"),
}
_NAMED = (
    "atlanta_homicide", "houstonhom", "mspolice", "ncovr", "ohio_lung", "scotlip", "sids",
    "southom", "stlouishom",
)  # fmt: skip
_TEACHING |= dict.fromkeys(_NAMED, (PersonalData, "a column is named for a name"))

REFUSED = (
    *(Refused(f"classic_spatial_benchmarks/{name}.parquet", "area_month_counts", error, because)
      for name, (error, because) in _TEACHING.items()),
    Refused("dhrd_domestic_homicide_reviews/dhrd_schema.csv", "domestic_homicide_reviews",
            DamagedData, "no column that domestic_homicide_reviews knows"),
    Refused("schemas/field_lists.csv", "area_month_counts", DamagedData, "no column that"),
    Refused("london_mps_homicide_victims/homicide_accused_2003_2023.csv.gz", "homicide_cases",
            NotPermitted, "no row about an accused"),
    Refused("london_mps_homicide_victims/stceg_recoded_2003_2023.csv.gz", "homicide_cases",
            NotPermitted, "a recoding of the dashboard's victims"),
    Refused("london_mps_knife_monthly/proof_knife_to_homicide_capture.csv", "area_month_counts",
            DamagedData, "fits no layout"),
    Refused("london_mps_recorded_crime/proof_ward_hotspot_capture.csv", "area_month_counts",
            DamagedData, "fits no layout"),
    # Sheets with totals, titles and footnotes stand beside plain ones: a person says which.
    Refused("nhs_knife_admissions/UK_Knife_Crime_Workbook.xlsx", "hospital_admissions",
            DamagedData, "several sheets"),
    Refused("uk_geography/pfa20_simplified.geojson", "boundaries", DamagedData, "as GeoParquet"),
)  # fmt: skip


def _checked(root: Path, shared: Path, case: Taken, query: str = "") -> tuple[Account, object]:
    """Check a file; where rows are rejected, by the account of the refusal."""
    choices = Choices(sheet=case.sheet)
    try:
        with try_files(case.source, [shared / "data" / case.path], choices=choices, root=root) as (
            account,
            kept,
        ):
            return account, _asked(kept, query) if query else None
    except RowsRejected as error:
        return cast("Account", error.account), None


def _asked(kept: Kept, query: str) -> object:
    with connect() as con:
        return con.execute(query.format(rows=reads(kept))).fetchall()


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("real")


def test_every_file_is_here(shared: Path) -> None:
    folder = shared / "data"
    there = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".md"
    }
    assert there == {case.path for case in (*TAKEN, *REFUSED)}


# What has to come out of some files besides, where a mistake would not show in the number of rows.
ASKED = {
    "policeuk_stop_and_search/stop_and_search_2019-12_2020-02.csv.gz": (
        "select force, count(*) from {rows} group by force order by force",
        # By force: the rows of the file less those that equal another of the same force.
        [
            ("E23000004", 9_631 - 1), ("E23000008", 441 - 19), ("E23000011", 5_074 - 269),
            ("E23000018", 506 - 32), ("E23000021", 701 - 18), ("E23000028", 5_355 - 550),
            ("E23000034", 879 - 0),
        ],
    ),
    "london_mps_lsoa_year_2011_2021/london_lsoa_year.parquet": (
        "select sum(count)::bigint from {rows} where category = 'major-violence'",
        [(2_000_257,)],
    ),
    "london_mps_recorded_crime/recorded-crime-ward-historical.parquet": (
        "select sum(count)::bigint from {rows} where category = 'HOMICIDE'",
        [(1_645,)],
    ),
    # Each stacked sheet sums to the same offences, so each has a measure of its own.
    "london_mps_vawg_custody/vawg-offences.parquet": (
        "select measure, sum(count)::bigint from {rows} group by measure order by measure",
        [("offences, by classification", 1_612_003), ("offences, by place", 1_612_003)],
    ),
    "london_mps_vawg_custody/vawg-victims.parquet": (
        "select measure, sum(count)::bigint from {rows} group by measure order by measure",
        [("victims, by age group", 1_527_047), ("victims, by ethnic appearance", 1_527_047),
         ("victims, by place", 1_527_047)],
    ),
    # Withheld cells are blank and flagged; the zeros that stay are the publisher's.
    "nhs_knife_admissions/region_month_fae_fce.csv": (
        "select suppressed, count(*), count(count) from {rows} group by suppressed order by 1",
        [("no", 3_312 - 453, 3_312 - 453), ("yes", 453, 0)],
    ),
    # Half of the codes end with a blank, and none does when it is in.
    "london_mps_knife_monthly/monthly-crime-dashboard.parquet": (
        "select count(*) from {rows} where area <> trim(area)",
        [(0,)],
    ),
    "uk_force_and_national_tables/force_by_subgroup_ye_mar_2019.csv": (
        "select sum(count)::bigint, max(count) filter (area = 'E23000001') from {rows}"
        " where category = 'Homicide'",
        [(691, 115)],
    ),
    "uk_small_area_covariates/population_mid2020_lsoa11_single_year_age.parquet": (
        "select sum(residents)::bigint from {rows}",
        [(59_719_724,)],
    ),
    "uk_small_area_covariates/imd2025_england_lsoa21.parquet": (
        "select count(*) from {rows} where value is null",
        [(1_707,)],
    ),
    "uk_force_and_national_tables/crime_pressure_force_2022_data.csv.gz": (
        "select count(*) from {rows} where value is null",
        [(140,)],
    ),
    "uk_geography/boundaries_pfa20.parquet": (
        "select count(*), count(outline), sum(octet_length(st_aswkb(outline)))::bigint from {rows}",
        [(43, 43, 132_719)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", TAKEN, ids=lambda case: Path(case.path).name + case.sheet)
def test_a_file_is_imported_to_the_row(case: Taken, shared: Path, root: Path) -> None:
    query, wanted = ASKED.get(case.path, ("", None))
    account, found = _checked(root, shared, case, query)
    assert (account.rows, account.rejected, account.duplicates) == (
        case.rows, case.rejected, case.duplicates
    )  # fmt: skip
    assert account.accepted == case.rows - case.rejected - case.duplicates
    assert account.files[0].layout == case.layout
    assert found == wanted


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: Path(case.path).name)
def test_a_file_is_refused_for_a_reason(case: Refused, shared: Path, root: Path) -> None:
    with (
        pytest.raises(case.error) as refused,
        try_files(case.source, [shared / "data" / case.path], root=root),
    ):
        pass
    assert case.because.casefold() in str(refused.value).casefold()
    assert refused.value.next_step
