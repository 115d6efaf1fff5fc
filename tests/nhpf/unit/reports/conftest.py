"""Charts in awkward cases and a small report, for every test of this folder."""

from __future__ import annotations

import math

import pytest

from nhpf.disclosure.values import Disclosed
from nhpf.reports.charts.specs import (
    Bars,
    Chart,
    Curve,
    Curves,
    DotWhiskers,
    Funnel,
    FunnelPoint,
    Line,
    Map,
    MapArea,
    Panel,
    Point,
    StudyFunnel,
    StudyPoint,
    Trend,
)
from nhpf.reports.dates import MONTHS
from nhpf.reports.tree import (
    Column,
    Disparity,
    Figure,
    Inset,
    Interval,
    Judgement,
    Missing,
    Paragraph,
    Pointer,
    Provenance,
    Report,
    Section,
    Table,
)

YEARLY = (98, 115, 102, 101, 86, 116, 111, 136, 134, 153, 132, 131, 111, 106, 100, 91)
YEARS = tuple(f"{year}/{(year + 1) % 100:02d}" for year in range(2010, 2026))
LONG = "Violence with injury, including wounding and assault occasioning actual bodily harm"


def counted(label: str, count: float, **more: object) -> Point:
    """A count with rough Poisson limits, enough to draw."""
    half = 1.96 * math.sqrt(count)
    return Point(label, count, max(0.0, count - half), count + half, **more)  # type: ignore[arg-type]


def homicides(*, note: str = "") -> Line:
    points = [counted(label, count) for label, count in zip(YEARS, YEARLY, strict=True)]
    points[0] = counted(YEARS[0], YEARLY[0], note=note)
    return Line("London", tuple(points))


def steady(name: str, level: float, *, emphasis: bool = True) -> Line:
    points = (Point(year, level + place % 3) for place, year in enumerate(YEARS))
    return Line(name, tuple(points), emphasis)


def months() -> Line:
    names = [f"{MONTHS[place % 12]} {2010 + place // 12}" for place in range(3, 194)]
    counts = [900 + 120 * math.sin(place / 6) + place for place in range(191)]
    return Line("London", tuple(map(Point, names, counts)))


def trends() -> dict[str, Chart]:
    with_gaps = (
        Point("2019", 12),
        Point("2020", None, note="withheld: fewer than 5"),
        Point("2021", 9),
        Point("2022", None),
        Point("2023", 14),
    )
    crowd = tuple(steady(f"Borough {rank}", 20 + 3 * rank, emphasis=False) for rank in range(32))
    break_ = ("2019/20", "Greater Manchester could not report from July 2019")
    second = ("2023/24", "Counting rules changed in May 2023")
    one_point = Line("London", (counted("2024", 14),))
    return {
        "sixteen years": Trend((homicides(note="nine months only"),), "homicides a year"),
        "one point": Trend((one_point,), "homicides"),
        "all zero": Trend((Line("City", tuple(Point(year, 0) for year in YEARS)),), "homicides"),
        "withheld years": Trend((Line("Merton", with_gaps),), "homicides"),
        "all withheld": Trend((Line("M", (Point("2020", None, note="withheld"),)),), "homicides"),
        "191 months": Trend((months(),), "offences a month"),
        "four lines close together": Trend(
            (
                homicides(),
                steady("A rather long name of a series", 92),
                steady("Another one", 91),
                steady("Last one", 93),
            ),
            "homicides",
        ),
        "place among many": Trend((homicides(), *crowd), "homicides", (break_,)),
        "breaks": Trend(
            (homicides(), steady("England", 120, emphasis=False)), "homicides", (break_, second)
        ),
        "huge": Trend(
            (Line("England and Wales", (Point("2023", 1_234_567), Point("2024", 2e6))),), "offences"
        ),
        "tiny": Trend((Line("Rate", (Point("2023", 0.0004), Point("2024", 0.0011))),), "a person"),
        "percentages": Trend(
            (Line("Solved", (Point("2023", 88.1), Point("2024", 91.4))),), "% of homicides solved"
        ),
        "falls below zero": Trend(
            (Line("Change", (Point("2023", -12), Point("2024", 5))),), "change in homicides"
        ),
    }


def rows() -> dict[str, Chart]:
    methods = (
        counted("Knife or sharp instrument", 214, emphasis=True),
        counted("Shooting", 41),
        counted("Blunt implement", 38),
        Point("Poisoning", None, note="withheld: fewer than 5"),
        counted("Not known or not recorded by the end of the period", 3),
        Point("Arson", 0),
    )
    ratios = (
        Point("Focused deterrence", 0.63, 0.47, 0.84),
        Point("Street lighting", 0.86, 0.75, 0.98),
        Point("A toolkit with a very long name that must be wrapped", 1.02, 0.31, 3.4),
        Point("Not yet studied", None),
    )
    shares = (
        Point("White", 12.5, 9.1, 16.9),
        Point("Black", 22.4, 18.0, 27.5, emphasis=True),
        Point("Asian", 9.0, 4.8, 16.2, note="small numbers"),
    )
    return {
        "bars with whiskers": Bars(methods, "homicides, three years"),
        "one bar": Bars((Point(LONG, 1),), "offences"),
        "bars all zero": Bars((Point("A", 0), Point("B", 0)), "homicides"),
        "huge bars": Bars((Point("Theft", 1_812_344), Point("Homicide", 532)), "offences"),
        "ratios": DotWhiskers(ratios, "times as many as without it", 1.0, log=True),
        "shares": DotWhiskers(shares, "% unsolved"),
        "one dot": DotWhiskers((Point("London", 1.2, 1.1, 1.3),), "for each 100,000 people", 1.0),
    }


def funnels() -> dict[str, Chart]:
    sizes = [40 + 37 * rank for rank in range(43)]
    points = tuple(
        FunnelPoint(f"Force {rank}", size, 9 + 3 * math.sin(rank * 2.3) / math.sqrt(size / 100))
        for rank, size in enumerate(sizes)
    )
    place = FunnelPoint("Metropolitan Police", 3000, 11.4, emphasis=True)
    line = range(20, 3020, 50)
    limits = tuple(
        (
            name,
            tuple(
                (float(s), max(0, 9 - z * 30 / math.sqrt(s)), 9 + z * 30 / math.sqrt(s))
                for s in line
            ),
        )
        for name, z in (("95% limits", 1.96), ("99.8% limits", 3.09))
    )
    alone = (FunnelPoint("Wiltshire", 12, 0.0, emphasis=True),)
    return {
        "funnel": Funnel(
            (*points, place),
            9.0,
            limits,
            "homicides expected in three years",
            "homicides for each million people a year",
        ),
        "studies": StudyFunnel(
            tuple(
                StudyPoint(f"Study {rank}", 1.6 * math.exp(0.1 * rank * math.sin(rank)), rank / 10)
                for rank in range(1, 13)
            ),
            *(1.6, 0.15, 16.8, "odds ratio of offending again"),
            log=True,
        ),
        "one study": StudyFunnel((StudyPoint("A", -0.2, 0.1),), -0.2, -0.4, 0.0, "difference"),
        "funnel of one": Funnel(alone, 9.0, (), "homicides expected", "homicides a million"),
    }


def curve(power: float, name: str, *, emphasis: bool = True) -> Curve:
    shares = [place / 50 for place in range(51)]
    line = tuple((share, share**power) for share in shares)
    band = tuple((share, share ** (power + 0.08), share ** (power - 0.08)) for share in shares)
    return Curve(name, line, band, emphasis)


def squares(*, linked: bool = False) -> tuple[MapArea, ...]:
    names = (
        "Barking and Dagenham",
        "Camden",
        "City of London",
        "Westminster",
        "Kensington and Chelsea",
        "Ealing",
        "Merton",
        "Sutton",
        "Hackney",
    )
    areas = []
    for place, name in enumerate(names):
        x, y = 500_000 + 10_000 * (place % 3), 160_000 + 8_000 * (place // 3)
        path = f"M{x} {y}L{x + 10_000} {y}L{x + 10_000} {y + 8_000}L{x} {y + 8_000}Z"
        value = None if name == "City of London" else 1.5 * place
        shown = "withheld: fewer than 5" if value is None else f"{value:.1f}"
        code = f"E0900000{place}"
        areas.append(
            MapArea(code, name, path, value, shown, name == "Hackney", code if linked else "")
        )
    return tuple(areas)


@pytest.fixture(scope="session")
def gallery() -> dict[str, Chart]:
    """Every kind of chart, each in the cases that break charts."""
    small = [
        (LONG if rank == 4 else f"Offence {rank}", Trend((homicides(),), "a year"))
        for rank in range(5)
    ]
    pair = Trend(
        (homicides(), steady("England and Wales", 120, emphasis=False)), "for each million"
    )
    box = (500_000.0, 160_000.0, 30_000.0, 24_000.0)
    return {
        **trends(),
        **rows(),
        **funnels(),
        "curves": Curves(
            (
                curve(0.4, "Violence with injury"),
                curve(0.6, "Homicide, April 2010 to 2026"),
                curve(0.7, "Population", emphasis=False),
            ),
            "share of wards, those with most violence first",
            "share of homicides",
        ),
        "map": Map(squares(linked=True), box, "homicides for each 100,000 people", (3, 5, 8, 10)),
        "map without links": Map(squares(), box, "homicides", (3, 5), neutral=True),
        "locator map": Map(squares(), box, "London", ()),
        "panel": Panel(tuple(small)),
        "panel on one scale": Panel((("Homicide", pair), ("Robbery", pair)), shared_scale=True),
        "panel with a gap": Panel((("Rape", trends()["withheld years"]),)),  # type: ignore[arg-type]
    }


PROVENANCE = Provenance(
    series="Metropolitan Police recorded crime, ward level",
    period="April 2010 to February 2026 (191 months)",
    source="Metropolitan Police Service, London Datastore",
    licence="Open Government Licence v3.0",
    extract_date="2026-03-03",
    vintage="March 2026",
    tables=("london_ward_offences",),
    sha256=("ab" * 32,),
    rows=1_234_567,
    address="https://data.london.gov.uk/dataset/recorded_crime_summary",
    release="2026-03-03-abc123",
)
DISPARITY = Disparity(
    denominator="homicides with a known method and ethnicity",
    pooling="2019 to 2025, seven years together",
    benchmark_caveat="Resident population is not the population at risk.",
    explain_or_reform="Not yet explained.",
    owner="Equality lead",
    assessment="eia-unsolved",
)


def figure(id_: str, chart: Chart | None, *, disparity: Disparity | None = None) -> Figure:
    columns = (
        Column("year", "Year", "period"),
        Column("count", "Homicides", "count"),
        Column("rate", "Rate", "rate", "for each 100,000 people"),
        Column("share", "Unsolved", "share"),
    )
    rows_ = (
        ("2023/24", 1833, Interval(1.13, 0.94, 1.35, method="Byar"), 0.123),
        ("2024/25", Disclosed(None, "fewer than 5"), Disclosed(None, "fewer than 5"), None),
        ("=2+5", Disclosed(7), None, 0.034),
    )
    return Figure(
        id=id_,
        title="Homicide in London has not changed detectably since 2021 & <later>",
        subtitle="Homicides a year, London, April 2010 to February 2026",
        reading="The count fell from 153 in 2019/20 to 91 in 2025/26.",
        table=Table(f"Homicides in London by year ({id_})", columns, rows_, "From April."),
        provenance=(PROVENANCE,),
        chart=chart,
        caveats=("The first year holds nine months.",),
        method="Byar's intervals for counts, 95%",
        disparity=disparity,
    )


@pytest.fixture(scope="session")
def report(gallery: dict[str, Chart]) -> Report:
    """A report with every kind of block."""
    headline = Judgement(
        "j-0",
        "Homicide in London is as frequent as in 2021.",
        "moderate",
        "The intervals of all years since overlap.",
        ("trend",),
    )
    beside = Judgement("j-1", "Knives are the usual method.", "high", "214 of 296.", ("methods",))
    unequal_in_section = Judgement(
        "j-3", "Few differences are that large.", "low", "One of 3.", ("unsolved",)
    )
    unequal = Judgement(
        "unsolved",
        "Deaths of Black victims stay unsolved more often.",
        "low",
        "The intervals do not overlap.",
        ("unsolved",),
    )
    toolkit = Pointer("tk-focused-deterrence", "Focused deterrence", "It lowers group violence.")
    pointer = Pointer(
        "ar-knife", "Knife crime", "Most homicides are by knife.", ("methods",), (toolkit,)
    )
    missing = Missing(
        "Ambulance call-outs", "London Ambulance Service", "nhpf records import ambulance"
    )
    sections = (
        Section(
            "what-happens",
            "What happens",
            (
                Paragraph("Homicide is rare."),
                Inset("91 deaths are 91 families."),
                figure("trend", gallery["sixteen years"]),
                figure("methods", gallery["bars with whiskers"]),
                figure("places", gallery["map"]),
                figure("words-only", None),
            ),
        ),
        Section(
            "who",
            "Who is harmed",
            (figure("unsolved", gallery["shares"], disparity=DISPARITY), unequal_in_section),
        ),
        Section("what-these-figures-point-to", "What these figures point to", (pointer,)),
        Section("missing", "What is missing", (missing, missing)),
    )
    return Report(
        title="Homicide problem profile: Metropolitan Police",
        area_code="E23000001",
        area_name="Metropolitan Police",
        audience="public",
        marking="OFFICIAL",
        period="April 2010 to February 2026",
        release="2026-03-03-abc123",
        edition="2026",
        code_version="0.1.0",
        headline=headline,
        judgements=(beside, unequal),
        sections=sections,
        withheld=("Victims' ages by borough: the counts are too small to publish.",),
    )
