"""What an analyst would write: read the same files with pandas, draw so many charts, save them.

Usage: profile_with_matplotlib.py FOLDER_OF_THE_RELEASE HOW_MANY_CHARTS FOLDER_TO_WRITE_TO
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import matplotlib as mpl

mpl.use("svg")
import matplotlib.pyplot as plt
import pandas as pd


def victim_charts(folder: Path) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the tables about victims: totals by each of their groups."""
    for file in sorted(folder.glob("homicide_victims_by_*.parquet")):
        table = pd.read_parquet(file)
        keys = [name for name in table.columns if name not in ("victims", "withheld", "period")]
        wide = table.pivot_table("victims", keys[0], keys[1:] or None, "sum")
        yield file.stem, wide


def offence_charts(folder: Path) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield London's months by kind of offence, then the wards' and the boroughs' totals."""
    wards = pd.read_parquet(folder / "london_ward_offences.parquet")
    months = wards.pivot_table("offences", "month", "category", "sum")
    yield "homicide by year", months[["HOMICIDE"]].groupby(lambda month: month.year).sum()
    for category in months.columns:
        yield category, months[[category]].rolling(12).sum()


def other_charts(folder: Path) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the nation's homicides, the forces' offences and knife crime."""
    nation = pd.read_parquet(folder / "national_homicide_recorded.parquet")
    yield "nation", nation.set_index("year")[["homicides"]]
    forces = pd.read_parquet(folder / "force_offence.parquet")
    yield "forces", forces.pivot_table("offences", "force_name", "category", "sum")
    knives = pd.read_parquet(folder / "london_knife_crime_count.parquet")
    yield "knives", knives.pivot_table("offences", "month", "subtype", "sum")


def main(folder: Path, how_many: int, target: Path) -> None:
    drawn = 0
    for charts in (other_charts, victim_charts, offence_charts):
        for title, table in charts(folder):
            if drawn == how_many:
                return
            figure, axes = plt.subplots(figsize=(7.2, 3.4))
            table.plot(ax=axes, title=title)
            axes.set_ylim(bottom=0)
            figure.savefig(target / f"{drawn}.svg")
            plt.close(figure)
            drawn += 1
    if drawn < how_many:
        sys.exit(f"Only {drawn} of {how_many} charts were drawn.")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
