"""Made-up cases: marked wherever they go, of the sub-types that they were drawn for, repeatable."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from nhpf.errors import InvalidInput
from nhpf.records.subtypes import CANNOT_BE_DERIVED, SUBTYPES, subtype
from nhpf.records.synthetic_cases import (
    MARKER,
    SUBTYPE_SHARES,
    Made,
    Place,
    places_of,
    synthesise_cases,
)

FIFTH = SUBTYPES[4]


def rows(made: Made, source: str = "homicide_cases") -> list[dict[str, str]]:
    with made.files[source][0].open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def derived(row: dict[str, str]) -> str:
    return subtype(row["victim_age_band"], row["victim_sex"], row["domestic"], row["place_type"])


def test_one_seed_gives_one_nation(tmp_path: Path) -> None:
    places = places_of(["E23000028"])
    first = synthesise_cases(tmp_path / "a", places, rng=7, years=3)
    again = synthesise_cases(tmp_path / "b", places, rng=7, years=3)
    other = synthesise_cases(tmp_path / "c", places, rng=8, years=3)
    for source, (path, _) in first.files.items():
        assert path.read_bytes() == again.files[source][0].read_bytes()
        assert path.read_bytes() != other.files[source][0].read_bytes()
    assert (tmp_path / "a" / MARKER).read_text(encoding="utf-8").startswith("SYNTHETIC")


def test_the_nation_has_its_usual_number_of_victims_and_mix(tmp_path: Path) -> None:
    made = synthesise_cases(tmp_path, places_of(), rng=1, years=2)
    cases = rows(made)
    # Poisson about 1,280: 4.5 standard deviations either way.
    assert 1_120 < len(cases) < 1_440
    # The City of London has six small areas, and often nobody.
    assert len({row["force"] for row in cases}) >= 42
    found = Counter(map(derived, cases))
    assert found[CANNOT_BE_DERIVED] < 0.02 * len(cases)
    for name, share in SUBTYPE_SHARES.items():
        assert found[name] / len(cases) == pytest.approx(share / 100, abs=0.045)


def test_a_raised_sub_type_is_raised_in_its_force_alone(tmp_path: Path) -> None:
    places = [Place(f"E010{i:05d}", "E07000178", f"E2300000{i % 2 + 1}") for i in range(35_672)]
    made = synthesise_cases(tmp_path, places, rng=3, years=4, raised={"E23000001": {FIFTH: 4.0}})
    counts = Counter((row["force"], derived(row) == FIFTH) for row in rows(made))
    share = {
        force: counts[force, True] / (counts[force, True] + counts[force, False])
        for force in ("E23000001", "E23000002")
    }
    assert share["E23000001"] > 0.4
    assert share["E23000002"] < 0.3


def test_near_misses_and_attendances_come_with_the_hours_that_aoristic_counts_need(
    tmp_path: Path,
) -> None:
    made = synthesise_cases(tmp_path, places_of(["E23000028"]), rng=1, years=2)
    near = rows(made, "crime_events")
    assert all(row["time_from"] <= row["time_to"] for row in near)
    later = sum(row["time_from"] < row["time_to"] for row in near) / len(near)
    assert 0.2 < later < 0.5
    assert len(rows(made, "hospital_assaults")) == made.files["hospital_assaults"][1] > 0


def test_nowhere_and_never_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="one place and one year"):
        synthesise_cases(tmp_path, [], rng=1)
    with pytest.raises(InvalidInput, match="no such police force area") as refused:
        places_of(["E99999999"])
    assert "E99999999" in str(refused.value)
