"""The death-pattern report: a series that was planted is found, chance is not called a series."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from nhpf.errors import CannotTell, RefusedByDisclosure
from nhpf.framework import Edition
from nhpf.profile import build
from nhpf.profile.linked_series import ALPHA, linked_series
from nhpf.profile.scope import Scope
from nhpf.records import Release, find_area, open_release
from nhpf.records.importing import import_files
from nhpf.records.synthetic_cases import places_of, synthesise_cases
from nhpf.reports import figures

ESSEX, TENDRING = "E23000028", "E07000076"


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Made-up cases of one force, with four older women strangled in one place in five months."""
    folder, root = tmp_path_factory.mktemp("planted"), tmp_path_factory.mktemp("root")
    made = synthesise_cases(folder, places_of([ESSEX]), rng=3)
    path, _ = made.files["homicide_cases"]
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    usual = next(row for row in rows if row["victim_sex"] == "female")
    for number, month in enumerate(("2021-02", "2021-03", "2021-05", "2021-06")):
        rows.append(
            {
                **usual,
                "case_id": f"H9{number:05d}",
                "recorded_month": month,
                "local_authority": TENDRING,
                "victim_age_band": "65 and over",
                "method": "strangulation or asphyxiation",
            }
        )
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(usual))
        table.writeheader()
        table.writerows(rows)
    import_files("homicide_cases", [path], root=root)
    return open_release(root=root)


def scope(release: Release, edition: Edition) -> Scope:
    return Scope(find_area(ESSEX, release), release, edition, "restricted")


def test_the_planted_series_is_called_with_its_place_and_months(
    planted: Release, edition: Edition
) -> None:
    found = linked_series(scope(planted, edition))
    called = {each.signature: each for each in found if each.is_called}
    # Of the signatures without a series one may be called by chance.
    assert len(called) <= 2
    series = called["aged 65 or over, strangulation or asphyxiation"]
    assert series.deaths == 4
    assert series.places == ("Tendring",)
    assert (series.first, series.last) == ("February 2021", "June 2021")
    report = build(
        find_area(ESSEX, planted),
        release=planted,
        edition=edition,
        audience="restricted",
        kind="deaths",
    )
    assert "read their files side by side" in report.headline.sentence


def test_what_is_not_held_and_not_seen_is_named(planted: Release, edition: Edition) -> None:
    report = build(
        find_area(ESSEX, planted),
        release=planted,
        edition=edition,
        audience="restricted",
        kind="deaths",
    )
    figure = next(one for one in figures(report) if one.id == "partners-data")
    assert {row[0]: row[2] for row in figure.table.rows}["Homicide cases"] == "held"
    assert "hospital attendances after assault" in figure.reading
    unseen = next(section for section in report.sections if section.id == "unseen")
    assert "care homes" in unseen.blocks[0].text  # type: ignore[union-attr]


def test_the_report_is_for_named_recipients_and_needs_cases(
    planted: Release, release: Release, edition: Edition
) -> None:
    area = find_area(ESSEX, planted)
    with pytest.raises(RefusedByDisclosure):
        build(area, release=planted, edition=edition, kind="deaths")
    with pytest.raises(CannotTell, match="no homicide cases"):
        build(area, release=release, edition=edition, audience="restricted", kind="deaths")


@pytest.mark.prove
def test_chance_is_called_a_series_in_few_forces(edition: Edition, tmp_path: Path) -> None:
    """Of made-up forces without a series at most one in twenty has one called."""
    places = places_of([ESSEX])
    runs, called = 40, 0
    for seed in range(runs):
        root = tmp_path / f"root-{seed}"
        made = synthesise_cases(tmp_path / f"files-{seed}", places, rng=seed)
        import_files("homicide_cases", [made.files["homicide_cases"][0]], root=root)
        found = linked_series(scope(open_release(root=root), edition))
        called += any(each.is_called for each in found)
    assert called / runs <= ALPHA + 3 * np.sqrt(ALPHA * (1 - ALPHA) / runs)
