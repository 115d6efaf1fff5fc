"""Drivers outside London: a force's own events by small area, and what stands where none are."""

from __future__ import annotations

import csv
from dataclasses import replace
from typing import Any, Literal

import numpy as np
import pytest

from nhpf.framework import Edition
from nhpf.profile.drivers import section
from nhpf.profile.drivers.held import local_authorities, small_areas_of_force, wards_of_london
from nhpf.profile.drivers.models import drivers
from nhpf.profile.drivers.places import FEWEST
from nhpf.profile.scope import Scope
from nhpf.records import Release, find_area, open_release
from nhpf.records.importing import Terms, import_files
from nhpf.reports.tree import Figure, Missing, Paragraph, Section

WARWICKSHIRE, GWENT, NATION = "E23000017", "W15000002", "K04000001"
RATIO = 1.35
Audience = Literal["public", "restricted"]


@pytest.fixture(scope="module")
def told(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release in which a force has recorded violence that goes with income deprivation alone."""
    rng = np.random.default_rng(7)
    known = release.query("small_areas_covariates", force=WARWICKSHIRE)
    income = known["income"].astype(float)
    rate = RATIO ** ((income - income.mean()) / income.std())
    counts = rng.poisson(8 * known["residents"] / known["residents"].mean() * rate)
    drugs = rng.poisson(3, len(counts))
    made = tmp_path_factory.mktemp("events")
    path, at = made / "events.csv", 0
    with path.open("w", newline="", encoding="utf-8") as file:
        lines = csv.writer(file)
        lines.writerow(("event_id", "force", "month", "offence_code", "category", "lsoa"))
        for code, n, d in zip(known["code"].tolist(), counts.tolist(), drugs.tolist(), strict=True):
            for i in range(n + d + 1):
                at += 1
                if i == n + d:
                    # Homicide, and an old event: neither may be counted.
                    kind = ("1", "Homicide") if at % 2 else ("8N", "Violence with injury")
                    month = "2024-05" if at % 2 else "2019-01"
                else:
                    kind = ("8N", "Assault with injury") if i < n else ("92E", "Drug offences")
                    month = f"{2023 + i % 3}-{1 + at % 12:02}"
                lines.writerow((f"E{at:06}", WARWICKSHIRE, month, *kind, code))
        for extra in range(9):
            lines.writerow(
                (f"X{extra:06}", WARWICKSHIRE, "2025-12", "8N", "Violence with injury", "")
            )
    root = tmp_path_factory.mktemp("told")
    import_files("crime_events", [path], root=root)
    held = open_release(root=root)
    assert small_areas_of_force(held, WARWICKSHIRE).violence.tolist() == counts.tolist()  # type: ignore[union-attr]
    return held


@pytest.fixture(scope="module")
def nightly(told: Release, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The same, with late licensed premises put in one small area in five, at random."""
    path = tmp_path_factory.mktemp("premises") / "premises.csv"
    known = told.query("small_areas_covariates", force=WARWICKSHIRE)
    premises = np.random.default_rng(9).poisson(0.3, len(known["code"]))
    with path.open("w", newline="", encoding="utf-8") as file:
        lines = csv.writer(file)
        lines.writerow(("area_kind", "area", "edition", "indicator", "value"))
        for code, n in zip(known["code"].tolist(), premises.tolist(), strict=True):
            if n:
                row = ("lsoa21", code, "Licensing 2026", "Late licensed premises", n)
                lines.writerow(row)
    root = told.folder.parents[1]
    import_files("covariates", [path], root=root, terms=Terms(publisher="A council", licence="OGL"))
    return open_release(root=root)


def of(release: Release, edition: Edition, name: str, audience: Audience) -> Section:
    return section(Scope(find_area(name, release), release, edition, audience))


def figures(held: Section) -> dict[str, Figure]:
    return {block.id: block for block in held.blocks if isinstance(block, Figure)}


def words(held: Section) -> str:
    return " ".join(block.text for block in held.blocks if isinstance(block, Paragraph))


def test_what_was_put_into_a_forces_events_is_found_again(told: Release) -> None:
    places = small_areas_of_force(told, WARWICKSHIRE)
    assert places is not None
    assert places.without_place == 9
    assert (places.first.isoformat(), places.last.isoformat()) == ("2023-01-01", "2025-12-01")
    found = drivers(places)
    income = found.chosen.ratio("income")
    assert income.low < RATIO < income.high
    assert income.high / income.low < 1.2
    assert found.explained > 0.5
    for id in ("young", "environment"):
        assert found.chosen.ratio(id).low < 1.02
        assert found.chosen.ratio(id).high > 0.98
    # Drugs were strewn at random: with them the ratio stays where it was.
    assert found.police is not None
    assert found.police.names[-1] == "drugs"
    assert found.police.ratio("income").estimate == pytest.approx(income.estimate, rel=0.02)


def test_late_licensed_premises_are_taken_in_where_they_were_imported(
    nightly: Release, edition: Edition
) -> None:
    places = small_areas_of_force(nightly, WARWICKSHIRE)
    assert places is not None
    assert [each.id for each in places.chosen][:2] == ["income", "night"]
    night = drivers(places).chosen.ratio("night")
    assert night.low < 1.02
    assert night.high > 0.98
    held = of(nightly, edition, WARWICKSHIRE, "restricted")
    assert not any(isinstance(block, Missing) for block in held.blocks)
    tables = {t for p in figures(held)["drivers"].provenance for t in p.tables}
    assert "covariates" in tables
    # None lies in London, where the gap is still named.
    assert "night" not in wards_of_london(nightly).values


def test_only_named_recipients_see_a_forces_own_events(told: Release, edition: Edition) -> None:
    restricted = of(told, edition, WARWICKSHIRE, "restricted")
    assert {"drivers", "drivers-police-inputs", "drivers-together"} <= set(figures(restricted))
    assert "drivers-map" not in figures(restricted)
    assert "9 of" in words(restricted)
    tables = {t for f in figures(restricted).values() for p in f.provenance for t in p.tables}
    assert "crime_events" in tables
    public = of(told, edition, WARWICKSHIRE, "public")
    assert not figures(public)
    assert "restricted profile" in words(public)


@pytest.mark.parametrize("name", ["Essex", NATION, "Cardiff", "City of London Police", GWENT])
def test_what_is_not_held_says_who_holds_it_and_how_to_add_it(
    release: Release, edition: Edition, name: str
) -> None:
    held = of(release, edition, name, "restricted")
    (missing,) = (block for block in held.blocks if isinstance(block, Missing))
    assert missing.holder
    assert "crime_events" in missing.how_to_add
    assert not figures(held)


@pytest.fixture(scope="module")
def counted(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release with three years of violence by local authority, of which one year is withheld."""
    rng = np.random.default_rng(3)
    known = release.query("local_authorities_covariates")
    income = known["income"].astype(float)
    rate = 0.02 * RATIO ** ((income - income.mean()) / income.std())
    path = tmp_path_factory.mktemp("counts") / "counts.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        lines = csv.writer(file)
        lines.writerow(("area_kind", "area", "period", "months", "category", "count"))
        for code, mean in zip(
            known["code"].tolist(), (rate * known["residents"]).tolist(), strict=True
        ):
            for year in (2021, 2022, 2023, 2024):
                count = "*" if (code, year) == ("E06000001", 2023) else rng.poisson(mean)
                row = ("local authority", code, f"{year}-04", 12, "Violence with injury", count)
                lines.writerow(row)
    root = tmp_path_factory.mktemp("counted")
    terms = Terms(publisher="Home Office", licence="Open Government Licence v3.0")
    import_files("area_month_counts", [path], root=root, terms=terms)
    return open_release(root=root)


def test_counts_by_local_authority_fill_the_nations_section(
    counted: Release, edition: Edition
) -> None:
    places = local_authorities(counted)
    assert places is not None
    assert (places.first.isoformat(), places.last.isoformat()) == ("2022-04-01", "2025-03-01")
    # Of 296 in England the City of London has too few residents; one count is withheld.
    assert places.size == 294
    assert not set(places.codes.tolist()) & {"E09000001", "E06000001"}
    assert places.violence.min() > 0
    income = drivers(places).chosen.ratio("income")
    assert income.estimate == pytest.approx(RATIO, rel=0.03)
    held = of(counted, edition, NATION, "public")
    assert figures(held)["drivers"].title == (
        "Local authorities of England with more income deprivation record more violence"
    )
    assert "drivers-police-inputs" not in figures(held)
    assert "deprivation is measured differently in Wales" in words(held)


def test_a_borough_with_five_wards_says_why_it_has_no_model(
    release: Release, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    london = wards_of_london(release)
    five = np.flatnonzero(london.groups == "E09000025")[5:]
    groups = london.groups.copy()
    groups[five] = "E09000012"
    shrunk = replace(london, groups=groups)
    monkeypatch.setattr("nhpf.profile.drivers.sections.wards_of_london", lambda _: shrunk)
    assert shrunk.within("E09000025").size == 5 < FEWEST
    held = of(release, edition, "Newham", "public")
    assert "five wards, and fewer than ten cannot show how they differ" in words(held)
    assert set(figures(held)) == {"drivers-map"}


def test_every_borough_has_a_model_of_what_its_wards_bear(release: Release) -> None:
    london = wards_of_london(release)
    sizes: Any = [london.within(group).size for group in sorted(set(london.groups.tolist()))]
    assert len(sizes) == 32
    assert sum(sizes) == 679
    assert all(17 <= size < 30 for size in sizes)


def test_made_up_events_fill_the_section(full: Release, edition: Edition) -> None:
    for name in (NATION, "Birmingham"):
        assert "drivers" in figures(of(full, edition, name, "restricted"))
        assert not figures(of(full, edition, name, "public"))
    held = of(full, edition, "Essex", "restricted")
    assert "drivers" in figures(held)
    wales = of(full, edition, GWENT, "restricted")
    assert "measured differently in Wales" in words(wales)
    rows = [row[0] for row in figures(wales)["drivers"].table.rows]
    assert rows == ["Residents aged 15 to 24", "Residents per hectare"]
