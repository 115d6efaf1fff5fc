"""Most similar areas: by what is stated, with the reader's own choice, and refusals in words."""

from __future__ import annotations

import numpy as np
import pytest

from nhpf.errors import InvalidInput
from nhpf.framework import Edition
from nhpf.profile.scope import Scope
from nhpf.profile.similar import COVARIATES, WITHOUT_DEPRIVATION, section, similar
from nhpf.records import Release, areas, find_area
from nhpf.reports.tree import Figure


def scope(release: Release, edition: Edition, name: str) -> Scope:
    return Scope(find_area(name, release), release, edition, "public")


def test_every_force_and_authority_has_a_section_but_one(
    release: Release, edition: Edition
) -> None:
    places = [each for each in areas(release) if each.kind != "nation"]
    without = [
        each.code for each in places if section(Scope(each, release, edition, "public")) is None
    ]
    assert without == ["E23000034"]


def test_the_usual_covariates_are_said_and_shown(release: Release, edition: Edition) -> None:
    held = section(scope(release, edition, "Essex"))
    assert held is not None
    figure = next(block for block in held.blocks if isinstance(block, Figure))
    headings = [column.heading for column in figure.table.columns]
    assert "Income deprivation, 2025 (England)" in headings
    names = [row[0] for row in figure.table.rows]
    assert names == sorted(names)
    assert [row[:3] for row in figure.table.rows if row[1] == 0] == [("Essex", 0, "this area")]


def test_wales_is_compared_without_deprivation(release: Release, edition: Edition) -> None:
    found = similar(scope(release, edition, "Cardiff"))
    assert found is not None
    assert tuple(each.id for each in found.chosen) == WITHOUT_DEPRIVATION
    with pytest.raises(InvalidInput, match="not held for Cardiff"):
        similar(scope(release, edition, "Cardiff"), ["income_deprivation"])


def test_another_choice_gives_other_areas(release: Release, edition: Edition) -> None:
    essex = scope(release, edition, "Essex")
    usual, young = similar(essex), similar(essex, ["share_young"], most=1)
    assert usual is not None
    assert young is not None
    assert young.codes != usual.codes[:1]
    gaps = np.abs(young.areas.values["share_young"] - young.areas.values["share_young"][young.at])
    gaps[young.at] = np.inf
    assert young.areas.codes[int(gaps.argmin())] == young.codes[0]
    with pytest.raises(InvalidInput, match="no such covariate"):
        similar(essex, ["homicides"])


def test_harm_is_no_covariate() -> None:
    words = " ".join(f"{each.id} {each.title}" for each in COVARIATES.values()).lower()
    assert not any(harm in words for harm in ("homicide", "crime", "violence", "offence"))


def test_the_area_of_london_is_about_right(release: Release, edition: Edition) -> None:
    found = similar(scope(release, edition, "Metropolitan Police"))
    assert found is not None
    size = found.areas.residents[found.at] / found.areas.values["density"][found.at]
    # Greater London has 1,572 square kilometres, of which 3 are the City's.
    assert size == pytest.approx(1_569, rel=0.02)
