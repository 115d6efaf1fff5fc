"""Figures of the profiles, recomputed from the raw files by code of its own, to the digit.

Nothing of the library is used but the profiles themselves: files are read with pandas, names are
matched and traps avoided here, and limits come from formulas written out below. Each test compares
every number of one figure's table, limits included.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.stats import beta, chi2

import nhpf.profile
from nhpf.framework import load_edition
from nhpf.records import find_area, open_release
from nhpf.reports import figures

RAW = Path(nhpf.profile.__file__).parents[1] / "open_data"
MET, KENT, ESSEX, WEST_MIDLANDS = "E23000001", "E23000032", "E23000028", "E23000014"
HACKNEY, LAMBETH, NATION = "E09000012", "E09000022", "K04000001"
Z = 1.959963984540054
YEARLY = [98, 115, 102, 101, 86, 116, 111, 136, 134, 153, 132, 131, 111, 106, 100, 91]
HARMS = {
    "Possession of weapons": ("POSSESSION OF WEAPONS",),
    "Rape": ("RAPE",),
    "Robbery": ("ROBBERY OF PERSONAL PROPERTY", "ROBBERY OF BUSINESS PROPERTY"),
    "Stalking and harassment": ("STALKING AND HARASSMENT",),
    "Trafficking of drugs": ("TRAFFICKING OF DRUGS",),
    "Violence with injury": ("VIOLENCE WITH INJURY",),
}
KNIFE = "Knife crime with injury"
DEVON = "Devon and Cornwall"
Shown = Callable[[str, str], list[list[Any]]]
Numbers = tuple[float, ...]


@pytest.fixture(scope="module")
def figure(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Any]:
    """Return a function from an area and a figure's id to the figure as the public sees it."""
    release = open_release(root=tmp_path_factory.mktemp("recomputed"))
    edition = load_edition()

    @cache
    def held(code: str) -> dict[str, Any]:
        report = nhpf.profile.build(find_area(code, release), release=release, edition=edition)
        return {each.id: each for each in figures(report)}

    return lambda code, id: held(code)[id]


@pytest.fixture(scope="module")
def shown(figure: Callable[[str, str], Any]) -> Shown:
    """Return a function from an area and a figure's id to its rows, an estimate with its limits."""

    def plain(cell: Any) -> Any:
        if hasattr(cell, "estimate"):
            return (cell.estimate, cell.low, cell.high)
        return cell.value if hasattr(cell, "withheld") else cell

    return lambda code, id: [[plain(cell) for cell in row] for row in figure(code, id).table.rows]


def same(found: list[Numbers], counted: list[Numbers]) -> None:
    assert len(found) == len(counted)
    for one, other in zip(found, counted, strict=True):
        assert one == pytest.approx(other, rel=1e-9)


def garwood(n: float) -> Numbers:
    low = chi2.ppf(0.025, 2 * n) / 2 if n else 0.0
    return float(n), float(low), float(chi2.ppf(0.975, 2 * n + 2) / 2)


def poisson(n: float) -> Numbers:
    """Byar's limits, Garwood's below ten."""
    if n < 10:
        return garwood(n)
    low, high = (
        m * (1 - 1 / (9 * m) + sign * Z / (3 * np.sqrt(m))) ** 3
        for m, sign in ((n, -1), (n + 1, 1))
    )
    return float(n), float(low), float(high)


def wilson(part: float, whole: float) -> Numbers:
    p, z2 = part / whole, Z * Z / whole
    middle = (p + z2 / 2) / (1 + z2)
    half = Z / (1 + z2) * np.sqrt(p * (1 - p) / whole + z2 / (4 * whole))
    return p, float(middle - half), float(middle + half)


def ratio(later: float, earlier: float, *, scale: float = 1, spread: float = 1) -> Numbers:
    """Given the sum the later count is binomial: Clopper and Pearson's limits, moved apart."""
    low, high = beta.ppf([0.025, 0.975], [later, later + 1], [earlier + 1, earlier])
    middle = scale * later / earlier
    ends = (middle * (scale * p / (1 - p) / middle) ** np.sqrt(spread) for p in (low, high))
    return middle, *map(float, ends)


def scatter(table: np.ndarray, *, season: bool) -> float:
    """Pearson's chi-squared over its degrees of freedom, each year at its own level."""
    years, months = table.shape
    shares = table.sum(axis=0) / table.sum() if season else np.full(months, 1 / months)
    expected = np.outer(table.sum(axis=1), shares)
    freedom = (years - season) * (months - 1)
    return max(1.0, float(((table - expected) ** 2 / expected).sum() / freedom))


@cache
def london(kind: str) -> pd.DataFrame:
    """Months of both files in one: codes stripped, the stub of February 2024 left out."""
    old, new = (
        pd.read_parquet(RAW / f"london_{kind}_offences_{era}.parquet")
        for era in ("historical", "current")
    )
    place = "wardcode" if kind == "ward" else "boroughname"
    parts = []
    for table in (old, new.drop(columns="202402", errors="ignore")):
        months = [name for name in table if re.fullmatch(r"\d{6}", name)]
        parts.append(
            table.assign(at=table[place].str.strip(), what=table["minortext"].str.strip())
            .groupby(["at", "what"])[months]
            .sum()
        )
    joined = parts[0].join(parts[1], how="outer").fillna(0).astype(int)
    return joined[sorted(joined)]


def homicides(kind: str, place: str = "") -> pd.Series:
    rows = london(kind).xs("HOMICIDE", level="what")
    return rows.sum() if not place else rows.loc[place]


def by_year(months: pd.Series) -> pd.Series:
    return months.groupby(months.index.str[:4]).sum()


@cache
def residents() -> pd.Series:
    table = pd.read_csv(RAW / "population_mid2020_ltla21.csv.gz")
    return table.set_index("ltla21_code")["total_population"].astype(int)


@cache
def codes_of_2024() -> pd.DataFrame:
    """Local authorities of 2021 with their code and force of 2024; partnerships repeat rows."""
    history = pd.read_csv(RAW / "lookup_ltla_history_2016_2024.csv")
    forces = pd.read_csv(RAW / "lookup_ltla24_csp24_pfa24.csv").drop_duplicates("ltla24_code")
    later = history.drop_duplicates("ltla21_code").set_index("ltla21_code")["ltla24_code"]
    found = pd.DataFrame({"later": later.reindex(residents().index)})
    force = forces.set_index("ltla24_code")["pfa24_name"].replace("Devon & Cornwall", DEVON)
    return found.assign(force=force.reindex(found["later"]).to_numpy())


@cache
def of_forces() -> pd.DataFrame:
    """Offences of the year ending March 2019 with residents of mid-2020, by territorial force."""
    people = residents().groupby(codes_of_2024()["force"]).sum()
    counts = pd.read_csv(RAW / "force_offences_ye_march_2019.csv").set_index("force_name")
    return counts.assign(residents=people).dropna(subset="residents")


def compared(counts: pd.Series, people: pd.Series) -> list[list[Any]]:
    """Return the rows of a funnel: name, residents, count, expected at the common rate."""
    common = counts.sum() / people.sum()
    return [
        [name, int(people[name]), poisson(counts[name]), round(common * people[name], 1)]
        for name in sorted(counts.index)
    ]


def funnel(rows: list[list[Any]], counted: list[list[Any]]) -> None:
    assert [row[:2] for row in rows] == [row[:2] for row in counted]
    same([row[2] for row in rows], [row[2] for row in counted])
    # The table writes the expected number as a word, or as a number.
    assert [float(row[3]) for row in rows] == [row[3] for row in counted]


def published(series: str, breakdown: str, category: str) -> pd.DataFrame:
    table = pd.read_csv(RAW / "published_figures.csv", dtype=str)
    kept = table["series"].eq(series) & table["breakdown"].eq(breakdown)
    return table[kept & table["category"].eq(category)]


INDEX = "Homicide Index, financial year"


def test_1_homicides_of_london_by_year_with_a_ward(shown: Shown) -> None:
    rows = shown(MET, "homicide-by-year")
    warded = by_year(homicides("ward"))
    assert [int(warded[str(year)]) for year in range(2010, 2026)] == YEARLY
    assert [row[0] for row in rows] == list(warded.index)
    same([row[2] for row in rows], [poisson(n) for n in warded])
    assert [row[1] for row in rows] == [9, *[12] * 15, 2]


def test_2_homicides_of_london_by_year_without_a_ward_and_in_all(shown: Shown) -> None:
    rows = shown(MET, "homicide-by-year")
    every, warded = by_year(homicides("borough")), by_year(homicides("ward"))
    assert [row[4] for row in rows] == every.tolist()
    assert [row[3] for row in rows] == (every - warded).tolist()


def test_3_and_4_mean_and_variance_of_months(figure: Callable[[str, str], Any]) -> None:
    said = figure(MET, "homicide-by-year").method
    months = homicides("ward")
    old = months[months.index <= "202402"]
    assert (len(old), f"{old.mean():.2f}", f"{old.var():.1f}") == (167, "9.85", "11.4")
    assert (len(months), f"{months.mean():.2f}", f"{months.var():.1f}") == (191, "9.60", "11.3")
    assert "mean 9.85 (variance 11.4) over the 167 months to February 2024" in said
    assert "9.60 (variance 11.3) over all 191" in said


def test_5_pooled_periods_of_london(shown: Shown) -> None:
    months = homicides("borough").to_numpy()
    for row, span in zip(shown(MET, "homicide-change"), (12, 36, 60), strict=True):
        later, earlier = int(months[-span:].sum()), int(months[-2 * span : -span].sum())
        assert row[1:3] == [later, earlier]
        spread = scatter(months[-180:].reshape(15, 12), season=False)
        same([row[3]], [ratio(later, earlier, spread=spread)])


def test_6_homicides_of_london_by_month_of_the_year(shown: Shown) -> None:
    months = homicides("borough")[-180:]
    pooled = months.groupby(months.index.str[4:]).sum()
    days = np.array([31, 28.25, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
    rows = shown(MET, "homicide-by-month-of-year")
    same([row[1] for row in rows], [poisson(n) for n in pooled])
    assert [row[2] for row in rows] == [round(pooled.sum() * d / days.sum(), 1) for d in days]


def test_7_boroughs_in_five_years(shown: Shown) -> None:
    counts = london("borough").xs("HOMICIDE", level="what").iloc[:, -60:].sum(axis=1)
    counts = counts.drop("Unknown", errors="ignore")
    names = pd.read_csv(RAW / "population_mid2020_ltla21.csv.gz").set_index("ltla21_name")
    people = names["total_population"].reindex(counts.index).astype(int)
    assert len(counts) == 32
    funnel(shown(MET, "borough-funnel"), compared(counts, people))


def test_8_borough_map(shown: Shown) -> None:
    counts = london("borough").xs("HOMICIDE", level="what").iloc[:, -60:].sum(axis=1)
    rows = shown(MET, "borough-map")
    same([row[1] for row in rows], [poisson(counts[row[0]]) for row in rows])


def other_harm(place: str = "") -> dict[str, pd.Series]:
    """Return months of other harm, by kind; knife crime has a file and a beginning of its own."""
    table = london("borough")
    held = {}
    for harm, categories in HARMS.items():
        rows = table[table.index.get_level_values("what").isin(categories)]
        held[harm] = (rows.loc[[place]] if place else rows).sum()
    knife = pd.read_parquet(RAW / "london_knife_crime.parquet")
    kept = knife["area_type"].eq("Borough") & knife["measure"].eq("Offences")
    kept &= knife["crime_subtype"].eq("Knife Crime with Injury")
    if place:
        kept &= knife["area_name"].eq(place)
    when = pd.to_datetime(knife["month_year"]).dt.strftime("%Y%m")
    held[KNIFE] = knife[kept].groupby(when[kept])["count"].sum()
    return dict(sorted(held.items()))


@pytest.mark.parametrize(("code", "place"), [(MET, ""), (HACKNEY, "Hackney"), (LAMBETH, "Lambeth")])
def test_9_to_14_other_harm_by_year_and_latest_year(shown: Shown, code: str, place: str) -> None:
    """Knife crime with injury of the latest twelve months among them: three places, two figures."""
    held = other_harm(place)
    years = shown(code, "precursor-trends")
    assert [row[0] for row in years] == [str(year) for year in range(2012, 2027)]
    for at, months in enumerate(held.values(), 1):
        whole = len(months) // 12
        sums = months.iloc[-12 * whole :].to_numpy().reshape(whole, 12).sum(axis=1).tolist()
        assert [row[at] for row in years] == ([None] * 15 + sums)[-15:]
    changes = shown(code, "precursor-change")
    assert [row[0] for row in changes] == list(held)
    for row, months in zip(changes, held.values(), strict=True):
        whole = min(5, len(months) // 12)
        table = months.iloc[-12 * whole :].to_numpy().reshape(whole, 12)
        later, earlier = table[-1].sum(), table[-2].sum()
        spread = scatter(table, season=True)
        assert row[1:3] == [later, earlier], row[0]
        same([row[3]], [ratio(later, earlier, spread=spread)])
        assert row[4] == round(spread, 2)


@pytest.mark.parametrize(
    ("code", "name"), [(MET, "METROPOLITAN POLICE"), (KENT, "KENT"), (NATION, "ENGLAND AND WALES")]
)
def test_15_to_17_severity_of_violence(shown: Shown, code: str, name: str) -> None:
    table = pd.read_csv(RAW / "force_severity_2003_2022.csv.gz")
    table = table[table["offence_group"].eq("Violence against the person")]
    scores = table[table["name"].str.upper().str.strip().eq(name)].set_index("year_ending")
    rows = shown(code, "force-severity")
    assert len(rows) == 20
    for row in rows:
        assert row[1] == round(float(scores.loc[f"{row[0]}-03-31", "severity_score"]), 2)


@pytest.mark.parametrize(
    ("code", "name"), [(KENT, "Kent"), (ESSEX, "Essex"), (WEST_MIDLANDS, "West Midlands")]
)
def test_18_to_20_homicides_of_forces_with_residents(shown: Shown, code: str, name: str) -> None:
    (row,) = shown(code, "force-homicide")
    held = of_forces().loc[name]
    million = held["residents"] / 1e6
    assert row[2] == held["residents"]
    same([row[1]], [garwood(held["Homicide"])])
    same([row[3]], [tuple(each / million for each in garwood(held["Homicide"]))])


def test_21_all_forces_beside_the_nation(shown: Shown) -> None:
    held = of_forces().drop("London, City of")
    assert len(held) == 42
    funnel(shown(NATION, "force-funnel"), compared(held["Homicide"], held["residents"]))


def test_22_other_harm_of_kent_beside_all_other_forces(shown: Shown) -> None:
    names = {
        "Possession of weapons": "Possession of weapons offences",
        "Stalking and harassment": "Harassment",
    }
    held = of_forces().drop("London, City of")
    others = held.drop("Kent").sum()
    for row in shown(KENT, "force-other-harm"):
        column = names.get(row[0], row[0])
        count = held.loc["Kent", column]
        people = others["residents"] / held.loc["Kent", "residents"]
        assert row[1] == count
        same([row[2]], [ratio(count, others[column], scale=people)])


@pytest.mark.parametrize(("code", "place"), [(HACKNEY, "Hackney"), (LAMBETH, "Lambeth")])
def test_23_and_24_homicides_of_boroughs_by_year(shown: Shown, code: str, place: str) -> None:
    rows = shown(code, "homicide-by-year")
    years = by_year(homicides("borough", place))
    assert [row[0] for row in rows] == list(years.index)
    same([row[2] for row in rows], [poisson(n) for n in years])


def test_25_violence_in_the_wards_of_hackney(shown: Shown) -> None:
    """Wards by code, residents added up from small areas, each counted once."""
    areas = pd.read_csv(RAW / "lookup_lsoa21_ward24_ltla24_csp24_pfa24.csv.gz")
    areas = areas.drop_duplicates("lsoa21_code")
    census = pd.read_parquet(RAW / "census2021_residents_lsoa21.parquet")
    wards = areas[areas["ltla24_code"].eq(HACKNEY)].merge(census, on="lsoa21_code")
    people = wards.groupby("ward24_code")["residents"].sum()
    counts = london("ward").xs("VIOLENCE WITH INJURY", level="what").iloc[:, -12:].sum(axis=1)
    names = wards.drop_duplicates("ward24_code").set_index("ward24_code")["ward24_name"]
    rows = {row[0].replace("&", "and"): row[1:] for row in shown(HACKNEY, "ward-map")}
    counted = {names[code].replace("&", "and"): code for code in people.index}
    assert set(rows) == set(counted)
    for name, code in counted.items():
        assert rows[name][:2] == [people[code], counts[code]]
        assert rows[name][2] == pytest.approx(1000 * counts[code] / people[code], rel=1e-9)


def test_26_the_homicide_index_by_year_and_vintage(shown: Shown) -> None:
    rows = published(INDEX, "total", "homicide").reset_index(drop=True)
    methods = of_methods().sum(axis=1)
    for year, first, latest, _ in shown(NATION, "homicide-index"):
        vintages = rows[rows["period"].eq(f"year ending March {year}")]
        vintages = vintages.sort_values("vintage")["value"].astype(int).tolist()
        counts = vintages or [int(methods[int(year)])]
        assert first == counts[0]
        same([latest], [poisson(counts[-1])])


def of_methods() -> pd.DataFrame:
    """Victims by year and method; the file's April is the March in which the year ends."""
    table = pd.read_csv(RAW / "homicide_methods_2008_2018.csv.gz")
    table["count"] = pd.to_numeric(table["count"], errors="coerce").fillna(0).astype(int)
    return table.pivot_table(
        index=table["date"].str[:4].astype(int), columns="method", values="count", aggfunc="sum"
    )


def in_words(part: float, whole: float) -> str:
    shares = [f"{100 * each:.2g}%" for each in wilson(part, whole)]
    return f"{part} of {whole} ({shares[0]}, 95% interval {shares[1]} to {shares[2]})"


def test_27_methods_across_the_nation_by_year(
    shown: Shown, figure: Callable[[str, str], Any]
) -> None:
    methods = of_methods()
    named = [
        "Sharp instrument",
        "Shooting",
        "Hitting, kicking, etc.",
        "Strangulation, asphyxiation",
    ]
    rest = methods.drop(columns=named).sum(axis=1)
    assert [row[:6] for row in shown(NATION, "national-methods")] == [
        [str(year), *(int(methods.loc[year, each]) for each in named), int(rest[year])]
        for year in methods.index
    ]
    last = in_words(methods.loc[2018, "Sharp instrument"], methods.loc[2018].sum())
    assert last in figure(NATION, "national-methods").reading


def test_28_homicide_by_decade_since_1898(shown: Shown) -> None:
    counts = pd.read_csv(RAW / "homicides_recorded_1898_2018.csv.gz").dropna()
    people = pd.read_csv(RAW / "population_england_wales_1838_2018.csv.gz").set_index("year")
    counts["year"] = counts["year"].str[:4].astype(int)
    counts["people"] = people["persons"].reindex(counts["year"]).to_numpy()
    for (decade, years), row in zip(
        counts.groupby(counts["year"] // 10 * 10), shown(NATION, "homicide-since-1898"), strict=True
    ):
        n, millions = years["homicide_count"].sum(), years["people"].sum() / 1e6
        assert row[:3] == [f"{decade}s", len(years), n]
        same([row[3]], [tuple(each / millions for each in poisson(n))])


def test_29_shares_across_the_nation_with_wilson_limits(shown: Shown) -> None:
    rows = {row[0]: row for row in shown(NATION, "national-shares")}
    whole = 570
    for label, breakdown, category in (
        ("Domestic homicide", "domestic", "domestic homicides"),
        ("Male", "sex", "male"),
    ):
        found = published(INDEX, breakdown, category)
        found = found[found["period"].eq("year ending March 2024")]
        n = int(found["value"].iloc[-1])
        assert rows[label][2:4] == [n, whole]
        same([rows[label][4]], [wilson(n, whole)])
    share = published(INDEX, "method", "Sharp instrument share")["value"].iloc[-1]
    sharp = round(int(share) / 100 * whole)
    assert rows["Killed with a sharp instrument"][2] == sharp
    same([rows["Killed with a sharp instrument"][4]], [wilson(sharp, whole)])


def test_30_unsolved_by_period_with_wilson_limits(shown: Shown) -> None:
    table = pd.read_csv(RAW / "victims_by_solved_period.csv")
    counts = table.pivot_table(index="period", columns="solved", values="victims")
    rows = shown(MET, "solved-by-period")
    assert [row[0] for row in rows] == list(counts.index)
    for row, (_, held) in zip(rows, counts.iterrows(), strict=True):
        assert row[1:3] == [held.sum(), held["Unsolved"]]
        same([row[3]], [wilson(held["Unsolved"], held.sum())])


def test_31_methods_in_london_with_wilson_limits(
    shown: Shown, figure: Callable[[str, str], Any]
) -> None:
    table = pd.read_csv(RAW / "victims_by_method_period.csv")
    counts = table.pivot_table(index="period", columns="method", values="victims", dropna=False)
    rows = shown(MET, "method-by-period")
    assert [row[0] for row in rows] == list(counts.index)
    for row, (_, held) in zip(rows, counts.iterrows(), strict=True):
        assert row[1:] == [None if np.isnan(each) else each for each in held]
    latest = counts.iloc[-1].astype(int)
    said = figure(MET, "method-by-period").reading
    assert in_words(latest["Knife or Sharp Implement"], latest.sum()) in said
    assert in_words(latest["Shooting"], latest.sum()) in said


def test_32_rates_by_ethnic_group_in_london(shown: Shown) -> None:
    census = pd.read_parquet(RAW / "census2021_ethnicity_ltla21.parquet")
    force = codes_of_2024()["force"]
    census = census[census["ltla21_code"].map(force).eq("Metropolitan Police")]
    groups = census.groupby(census["ethnic_group"].str.split("[, ]").str[0])["residents"].sum()
    table = pd.read_csv(RAW / "victims_by_ethnicity_period.csv")
    victims = table[table["period"].eq("2021 to 2023")].set_index("ethnicity")["victims"]
    for row in shown(MET, "ethnicity-rate")[:2]:
        assert row[1:3] == [victims[row[0]], groups[row[0]]]
        millions = 3 * groups[row[0]] / 1e6
        same([row[3]], [tuple(each / millions for each in poisson(victims[row[0]]))])


def square_kilometres(shape: bytes) -> float:
    """Return the area of a multipolygon in degrees (well-known binary) on the ellipsoid."""
    e, b, at, total = 0.0818191908426, 6356.7523142, 9, 0.0
    for _ in range(int.from_bytes(shape[5:9], "little")):
        rings, at = int.from_bytes(shape[at + 5 : at + 9], "little"), at + 9
        for ring in range(rings):
            n, at = int.from_bytes(shape[at : at + 4], "little"), at + 4
            x, y = np.radians(np.frombuffer(shape, "<f8", 2 * n, at).reshape(n, 2)).T
            at += 16 * n
            sine = np.sin(y)
            q = b * b / 2 * (sine / (1 - (e * sine) ** 2) + np.arctanh(e * sine) / e)
            area = abs(np.sum(np.diff(x) * (q[1:] + q[:-1]) / 2))
            total += -area if ring else area
    return total


def test_33_areas_most_like_essex(shown: Shown) -> None:
    """Boundaries are drawn with 250 metres of freedom: densities agree to half of one per cent."""
    ages = pd.read_csv(RAW / "population_mid2020_ltla21.csv.gz").set_index("ltla21_code")
    codes = codes_of_2024()
    income = pd.read_csv(RAW / "imd2025_ltla24.csv.gz").set_index("ltla24_code")
    weighted = residents() * income["income_average_score"].reindex(codes["later"]).to_numpy()
    outlines = pd.read_parquet(RAW / "outlines_police_force_areas_2020.parquet")
    size = outlines.set_index(outlines["pfa20_name"].replace("Devon & Cornwall", DEVON))["geometry"]
    by = codes["force"].to_numpy()
    table = pd.DataFrame(
        {
            "people": residents().groupby(by).sum(),
            "young": ages[[str(age) for age in range(15, 25)]].sum(axis=1).groupby(by).sum(),
            "old": ages[[*map(str, range(65, 90)), "90+"]].sum(axis=1).groupby(by).sum(),
            "income": weighted.groupby(by).sum(min_count=1),
            "whole": weighted.notna().groupby(by).all(),
        }
    ).drop("London, City of")
    table["km2"] = [square_kilometres(size[name]) for name in table.index]
    table = table[table["whole"]]
    covariates = pd.DataFrame(
        {
            "density": np.log(table["people"] / table["km2"]),
            "young": table["young"] / table["people"],
            "old": table["old"] / table["people"],
            "income": table["income"] / table["people"],
        }
    )
    scores = (covariates - covariates.mean()) / covariates.std(ddof=0)
    distance = np.sqrt(((scores - scores.loc["Essex"]) ** 2).mean(axis=1))
    rows = shown(ESSEX, "similar-areas")
    assert {row[0] for row in rows} == set(distance.nsmallest(9).index)
    for row in rows:
        assert row[1] == pytest.approx(distance[row[0]], abs=0.0051)
        assert row[3] == pytest.approx(np.exp(covariates.loc[row[0], "density"]), rel=0.005)
        same([tuple(row[4:7])], [tuple(covariates.loc[row[0], ["young", "old", "income"]])])
