"""Figures as a reader chooses them, and maps by year: counted anew, or refused in words."""

from __future__ import annotations

from itertools import product

import pytest

from nhpf.errors import CannotTell, InvalidInput
from nhpf.framework import Edition
from nhpf.profile.exploring import (
    AGAINST,
    YEARS,
    Choice,
    alone,
    explored,
    multiples,
    offered,
    usual,
)
from nhpf.profile.harm_maps import harm_map, mapped, years
from nhpf.profile.scope import Scope
from nhpf.records import Release, areas, find_area
from nhpf.reports import figure_csv, figure_svg, figure_to_html
from nhpf.reports.charts.specs import Map

LONDON, HACKNEY, KENT, CITY, NATION = (
    "E23000001", "E09000012", "E23000032", "E23000034", "K04000001",
)  # fmt: skip


def scope(release: Release, edition: Edition, code: str) -> Scope:
    return Scope(find_area(code, release), release, edition, "public")


def counted(release: Release, sql: str) -> int:
    return int(release._connection.cursor().execute(sql).fetchone()[0] or 0)


@pytest.mark.parametrize("code", [LONDON, HACKNEY, KENT, CITY, NATION])
def test_every_choice_is_a_figure_or_a_refusal_that_says_what_to_choose(
    release: Release, edition: Edition, code: str
) -> None:
    here, made, refused = scope(release, edition, code), 0, []
    for each, pooled, against in product(offered(here), YEARS, AGAINST):
        try:
            figure = explored(here, Choice(each.id, pooled, against))
        except (InvalidInput, CannotTell) as refusal:
            refused.append(refusal)
        else:
            made += 1
            assert figure.provenance
            assert figure.caveats
            assert len(figure.table.rows) > 1
    assert made >= 6
    assert all(refusal.next_step for refusal in refused)


def test_what_is_shown_first_can_be_answered_everywhere(release: Release, edition: Edition) -> None:
    for area in areas(release):
        if area.kind != "local_authority" or area.parent == LONDON:
            here = Scope(area, release, edition, "public")
            assert explored(here, usual(here)).chart is not None


def test_a_borough_beside_london_counts_the_rows(release: Release, edition: Edition) -> None:
    figure = explored(scope(release, edition, HACKNEY), Choice("robbery", 3, "whole"))
    own = counted(
        release,
        "select sum(offences) from london_borough_offences where borough_code = 'E09000012' and"
        " category like 'ROBBERY OF %' and month between '2023-03-01' and '2026-02-01'",
    )
    row = dict(zip(("area", "count", "residents", "rate"), figure.table.rows[0], strict=True))
    assert (row["area"], row["count"]) == ("Hackney", own)
    assert row["rate"].estimate == pytest.approx(own / row["residents"] / 3 * 1e5)
    assert figure.table.rows[-1][0] == "London"


def test_similar_areas_are_those_held_and_the_others_are_told(
    release: Release, edition: Edition
) -> None:
    figure = explored(scope(release, edition, HACKNEY), Choice("robbery", 1, "similar"))
    names = [row[0] for row in figure.table.rows]
    assert names[:-1] == sorted(names[:-1])
    assert "Hackney" in names
    assert 3 <= len(names) <= 10


def test_london_beside_its_own_past_counts_the_rows(release: Release, edition: Edition) -> None:
    figure = explored(scope(release, edition, LONDON), Choice("homicide-count", 5, "before"))
    assert [row[1].estimate for row in figure.table.rows] == [
        counted(
            release,
            "select sum(offences) from london_borough_offences where category = 'HOMICIDE' and"
            f" month between '{first}' and '{last}'",
        )
        for first, last in (("2016-03-01", "2021-02-01"), ("2021-03-01", "2026-02-01"))
    ]
    assert "fell" in figure.title


@pytest.mark.parametrize(("pooled", "against"), [(1, "all"), (3, "whole"), (5, "before")])
def test_homicide_of_a_borough_is_pooled_over_five_years_or_not_shown(
    release: Release, edition: Edition, pooled: int, against: str
) -> None:
    here = scope(release, edition, HACKNEY)
    with pytest.raises(InvalidInput, match="five pooled years only"):
        explored(here, Choice("homicide-count", pooled, against))  # type: ignore[arg-type]
    assert explored(here, Choice("homicide-count", 5, "all")).chart is not None


def test_groups_of_people_are_not_compared_here(release: Release, edition: Edition) -> None:
    here = scope(release, edition, LONDON)
    assert not any(each.disparity for each in offered(here))
    with pytest.raises(InvalidInput, match="compares groups of people"):
        explored(here, Choice("homicide-age-sex"))


@pytest.mark.parametrize(
    ("code", "category", "sql"),
    [
        (LONDON, "Hackney", "london_borough_offences where borough_code = 'E09000012'"),
        (
            HACKNEY,
            "Shacklewell",
            "london_ward_offences join ward on ward.code = ward_code"
            " where ward.name = 'Shacklewell' and ward.borough_code = 'E09000012'",
        ),
    ],
)
def test_a_map_of_a_year_counts_the_rows(
    release: Release, edition: Edition, code: str, category: str, sql: str
) -> None:
    figure = harm_map(scope(release, edition, code), "violence-with-injury", 2024)
    (row,) = [row for row in figure.table.rows if row[0] == category]
    made = counted(
        release,
        f"select sum(offences) from {sql} and category = 'VIOLENCE WITH INJURY'"
        " and month between '2024-01-01' and '2024-12-31'",
    )
    assert row[2].value == made
    assert row[3].value == pytest.approx(1000 * made / row[1])


def test_every_harm_has_a_map_for_each_whole_year_with_the_same_classes(
    release: Release, edition: Edition
) -> None:
    here = scope(release, edition, HACKNEY)
    for each in mapped(here):
        held = years(here, each.id)
        first, last = (harm_map(here, each.id, year).chart for year in (held[0], held[-1]))
        assert isinstance(first, Map)
        assert isinstance(last, Map)
        assert first.classes == last.classes
        assert 2026 not in held


def test_homicide_and_places_without_smaller_areas_are_never_mapped_by_year(
    release: Release, edition: Edition
) -> None:
    london = scope(release, edition, LONDON)
    assert "homicide-count" not in {each.id for each in mapped(london)}
    for id in ("homicide-count", "homicide-rate", "homicide-sharp"):
        with pytest.raises(InvalidInput, match="not mapped by year"):
            harm_map(london, id, 2024)
    with pytest.raises(InvalidInput, match="not held whole"):
        harm_map(london, "robbery", 2026)
    with pytest.raises(CannotTell, match="smaller area"):
        harm_map(scope(release, edition, KENT), "robbery", 2024)


def test_a_chosen_figure_is_taken_away_with_its_marking_and_citation(
    release: Release, edition: Edition
) -> None:
    here = scope(release, edition, KENT)
    figure = explored(here, usual(here))
    report = alone(here, figure)
    assert report.marking == "OFFICIAL"
    assert "OFFICIAL" in figure_csv(figure, report)
    assert figure_svg(figure, report).startswith("<svg")
    page = figure_to_html(figure, report, downloads=lambda id, ending: f"/{id}.{ending}")
    assert f"/{figure.id}.csv" in page
    assert f"figure {figure.id}" in page
    assert "Figure as chosen: Kent" in page


def test_small_multiples_are_trends_in_london_and_ratios_elsewhere(
    release: Release, edition: Edition
) -> None:
    for code, is_held in ((LONDON, True), (HACKNEY, True), (KENT, True), (CITY, False)):
        assert bool(multiples(scope(release, edition, code))) is is_held
