"""Make the shipped tables anew from the folder that holds the sources (``make open-data``).

Most are plain copies, faults and all, so that the importer meets the faults. Large ones are
reduced to the columns that are used. Nothing that is about one person is read here; the tables
made from the homicide victims file pass through disclosure in ``victim_tables``.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from nhpf.errors import DamagedData
from nhpf.records.checking import digest
from nhpf.records.engine import connect, quoted
from nhpf.records.open_source import OPEN_DATA
from nhpf.records.small_area_points import BOUNDARIES, make_small_area_points
from nhpf.records.statement import Statement, statements
from nhpf.records.victim_tables import make_victim_tables

RECORDED = "data/london_mps_recorded_crime/recorded-crime-"
PLACES = "data/uk_geography/"
NATIONAL = "data/uk_force_and_national_tables/"
RESIDENTS = "data/uk_small_area_covariates/"

COPIES = {
    "london_ward_offences_historical.parquet": RECORDED + "ward-historical.parquet",
    "london_ward_offences_current.parquet": RECORDED + "ward.parquet",
    "london_borough_offences_historical.parquet": RECORDED + "borough-historical.parquet",
    "london_borough_offences_current.parquet": RECORDED + "borough.parquet",
    # The original with its padded codes, not the stripped copy beside it.
    "london_knife_crime.parquet": "data/london_mps_knife_monthly/monthly-crime-dashboard.parquet",
    "london_vawg_offences.parquet": "data/london_mps_vawg_custody/vawg-offences.parquet",
    "outlines_wards_2022_london.parquet": PLACES + "boundaries_wards22_london.parquet",
    "outlines_local_authorities_2024.parquet": PLACES + "boundaries_ltla24.parquet",
    "outlines_police_force_areas_2020.parquet": PLACES + "boundaries_pfa20.parquet",
    "lookup_ltla24_csp24_pfa24.csv": PLACES + "lookup_ltla24_csp24_pfa24.csv",
    "lookup_ltla_history_2016_2024.csv": PLACES + "lookup_ltla_history_2016_2024.csv",
    "lookup_lsoa21_ward24_ltla24_csp24_pfa24.csv.gz": PLACES
    + "lookup_lsoa21_ward24_ltla24_csp24_pfa24.csv.gz",
    "force_offences_ye_march_2019.csv": NATIONAL + "force_by_subgroup_ye_mar_2019.csv",
    "force_severity_2003_2022.csv.gz": NATIONAL + "crime_pressure_force_2022_data.csv.gz",
    "homicides_recorded_1898_2018.csv.gz": NATIONAL + "homicide_trends_data.csv.gz",
    "population_england_wales_1838_2018.csv.gz": NATIONAL + "homicide_trends_pop_data.csv.gz",
    "homicide_methods_2008_2018.csv.gz": NATIONAL + "homicide_methods_data.csv.gz",
    "population_mid2020_ltla21.csv.gz": RESIDENTS
    + "population_mid2020_ltla21_single_year_age.csv.gz",
    "imd2025_ltla24.csv.gz": RESIDENTS + "imd2025_ltla24.csv.gz",
}


def make_open_tables(shared: Path, *, out: Path = OPEN_DATA) -> tuple[Path, ...]:
    """Copy and reduce the sources into a folder.

    Parameters
    ----------
    shared : Path
        The folder that holds ``data/`` as the sources were collected.
    out : Path
        Where the tables go; by default where they are shipped from.

    Returns
    -------
    tuple of Path
        The files that were written.

    Raises
    ------
    DamagedData
        If a source is not there.
    """
    made = []
    for target, source in COPIES.items():
        made.append(out / target)
        shutil.copyfile(_there(shared / source), made[-1])
    made += [_reduce(each, shared, out) for each in statements("reductions").values()]
    made.append(make_small_area_points(_there(shared / BOUNDARIES), out=out))
    return (*made, *make_victim_tables(shared, out=out))


def _there(path: Path) -> Path:
    if not path.is_file():
        raise DamagedData(
            "A source is not in the folder.",
            where=path.name,
            next_step="Give the folder that holds data/ with the sources in it.",
        )
    return path


def _reduce(statement: Statement, shared: Path, out: Path) -> Path:
    source = _there(shared / statement.notes["reads"])
    target = out / statement.notes["writes"]
    read = "read_parquet" if source.suffix == ".parquet" else "read_csv"
    text = "" if source.suffix == ".parquet" else ", all_varchar=true, header=true"
    with connect() as con:
        con.execute(f"create view source as select * from {read}({quoted(source)}{text})")
        con.execute(f"create table reduced as {statement.sql}")
        con.execute(f"copy reduced to {quoted(target)} (format parquet, compression zstd)")
    return target


def main() -> None:
    """Make the tables from the folder named on the command line and print their hashes."""
    for path in make_open_tables(Path(sys.argv[1])):
        sys.stdout.write(f"{digest(path)}  {path.name}\n")


if __name__ == "__main__":
    main()
