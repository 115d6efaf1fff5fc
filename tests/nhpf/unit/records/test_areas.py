"""Areas by code and by name: one, several, or none, and then the nearest."""

from __future__ import annotations

import pytest

from nhpf.errors import AmbiguousArea, UnknownArea
from nhpf.records import Area, Release, areas, areas_called, find_area


def test_there_are_43_forces_and_318_local_authorities(release: Release) -> None:
    assert len(areas(release, "force")) == 43
    assert len(areas(release, "local_authority")) == 318
    (nation,) = areas(release, "nation")
    assert nation == Area("K04000001", "England and Wales", "nation", "")
    assert len(areas(release)) == 362


def test_london_has_32_boroughs_and_a_city_with_its_own_force(release: Release) -> None:
    london = [area for area in areas(release, "local_authority") if area.code.startswith("E09")]
    assert len(london) == 33
    parents = {area.code: area.parent for area in london}
    assert parents.pop("E09000001") == "E23000034"
    assert set(parents.values()) == {"E23000001"}


def test_every_parent_is_an_area(release: Release) -> None:
    known = {area.code: area.kind for area in areas(release)}
    for area in areas(release):
        if area.kind == "local_authority":
            assert known[area.parent] == "force"
        if area.kind == "force":
            assert known[area.parent] == "nation"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("E23000001", "E23000001"),
        (" e23000001 ", "E23000001"),
        ("Met", "E23000001"),
        ("metropolitan police", "E23000001"),
        ("Metropolitan Police Service", "E23000001"),
        ("GMP", "E23000005"),
        ("Kent", "E23000032"),
        ("Kent Police", "E23000032"),
        ("West Mercia Constabulary", "E23000016"),
        ("Devon & Cornwall", "E23000035"),
        ("Dyfed Powys", "W15000004"),
        ("Hackney", "E09000012"),
        ("London Borough of Hackney", "E09000012"),
        ("Dorset Police", "E23000039"),
        ("Dorset Council", "E06000059"),
        ("City of London Police", "E23000034"),
        ("London, City of", "E23000034"),
        ("City of Bristol", "E06000023"),
        ("Bristol", "E06000023"),
        ("Kingston upon Hull", "E06000010"),
        ("St Helens", "E08000013"),
        ("England & Wales", "K04000001"),
    ],
)
def test_a_name_in_use_finds_its_area(release: Release, text: str, code: str) -> None:
    assert find_area(text, release).code == code


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Dorset", ["E06000059", "E23000039"]),
        ("Wiltshire", ["E06000054", "E23000038"]),
        ("City of London", ["E09000001", "E23000034"]),
        ("London", ["E23000001", "E23000034"]),
    ],
)
def test_a_name_of_several_is_refused_with_their_codes(
    release: Release, text: str, codes: list[str]
) -> None:
    with pytest.raises(AmbiguousArea) as raised:
        find_area(text, release)
    assert raised.value.exit_code == 4
    assert all(code in raised.value.next_step for code in codes)
    assert [area.code for area in areas_called(text, release)] == codes


@pytest.mark.parametrize(
    ("text", "nearest"),
    [("Hackny", "Hackney"), ("Metroplitan", "Metropolitan Police"), ("Merseysid", "Merseyside")],
)
def test_a_wrong_name_is_refused_with_the_nearest(
    release: Release, text: str, nearest: str
) -> None:
    with pytest.raises(UnknownArea) as raised:
        find_area(text, release)
    assert raised.value.exit_code == 3
    assert nearest in raised.value.next_step


@pytest.mark.parametrize("text", ["", "zzzz", "E23000099", "Hackney Police", "%"])
def test_nonsense_is_refused(release: Release, text: str) -> None:
    with pytest.raises(UnknownArea):
        find_area(text, release)


def test_every_area_is_found_by_its_code(release: Release) -> None:
    for area in areas(release, "force"):
        assert find_area(area.code, release) == area
