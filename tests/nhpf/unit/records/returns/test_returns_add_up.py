"""Returns of 43 synthetic forces add up to the national table counted from all cases."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog

from nhpf.disclosure import Disclosed, policy_for
from nhpf.records.returns import (
    Period,
    accept,
    add_up,
    close_period,
    ledger_of,
    national,
    published,
    verify,
)
from nhpf.records.subtypes import subtype

PERIOD = "2021-04--2024-03"
YEARS = Period(2021, 4, 3).year_of
FEW = "E23000034"
BANDS = {
    "under 1": "under 16", "1 to 4": "under 16", "5 to 9": "under 16", "13 to 15": "under 16",
    "13 to 19": "not known or across bands", "16 to 17": "16 to 24", "18 to 24": "16 to 24",
    "65 to 74": "65 and over", "75 and over": "65 and over",
    "not known": "not known or across bands",
}  # fmt: skip


def direct(rows: list[tuple[str, ...]]) -> dict[str, Counter[tuple[str, ...]]]:
    """Count all cases at once, in plain Python and with none of the product's SQL."""
    counts: dict[str, Counter[tuple[str, ...]]] = {}

    def note(table: str, *cell: str) -> None:
        lines = [(label, "all") for label in cell]
        for mask in range(2 ** len(cell)):
            labels = tuple(line[mask >> i & 1] for i, line in enumerate(lines))
            counts.setdefault(table, Counter())[labels] += 1

    for row in rows:
        _, _, month, _, age, sex, domestic, place, method, alcohol, drug = row
        year = YEARS[month]
        kind = subtype(age, sex, domestic, place)
        known = "yes" if method == "sharp instrument" else "no"
        sharp = "not known" if method == "not known" else known
        note("victims_by_year", year)
        note("victims_by_month", month)
        note("subtype_by_year", kind, year)
        note("subtype_by_alcohol", kind, alcohol)
        note("subtype_by_drug", kind, drug)
        note("subtype_by_sharp", kind, sharp)
        note("age_by_sex", BANDS.get(age, age), sex)
        note("method", method)
        note("domestic", domestic)
    return counts


@pytest.fixture
def root(nation: Any, sent: Mapping[str, Path], tmp_path: Path) -> Path:
    accept(list(sent.values()), register=nation.register, forces=nation.names, root=tmp_path)
    return tmp_path


def test_the_made_up_nation_is_like_the_real_one(nation: Any) -> None:
    sharp = sum(row[8] == "sharp instrument" for row in nation.rows) / len(nation.rows)
    seven = sum(subtype(*row[4:8])[0].isdigit() for row in nation.rows) / len(nation.rows)
    assert 590 <= len(nation.rows) / 3 <= 700
    assert 0.38 <= sharp <= 0.44
    assert 0.8 <= seven <= 0.95


def test_returns_add_up_to_the_direct_national_table(nation: Any, root: Path) -> None:
    whole = direct(nation.rows)
    # Two victims of one force may not be split; a direct table that may be shown cannot either.
    split = direct([row for row in nation.rows if row[1] != FEW])
    found = national(PERIOD, audience="restricted", root=root)
    assert found.complete
    assert found.victims == len(nation.rows)
    assert sum(found.not_split.values()) == len(nation.rows) - sum(split["method"].values()) // 2
    for table, cells in found.tables.items():
        expected = (whole if table == "victims_by_year" else split)[table]
        shown = {cell: int(each.value or 0) for cell, each in cells.items()}
        assert not any(each.is_withheld for each in cells.values())
        assert {cell: n for cell, n in shown.items() if n} == dict(expected)


def test_with_no_force_too_small_every_cell_is_that_of_the_direct_table(
    nation: Any, bundles: Mapping[str, bytes], table_of: Callable[[list[tuple[str, ...]]], Path]
) -> None:
    rows = [*nation.rows, ("H99999", FEW, *nation.rows[0][2:])]
    third = nation.bundle(FEW, table=table_of([row for row in rows if row[1] == FEW]))
    sent = [verify(data).bundle for data in {**bundles, FEW: third}.values()]
    found = add_up(sent, missing={}, closed=True, audience="restricted")
    assert found.not_split == {}
    for table, expected in direct(rows).items():
        shown = {cell: int(each.value or 0) for cell, each in found.tables[table].items()}
        assert {cell: n for cell, n in shown.items() if n} == dict(expected)


def test_of_one_year_attributes_are_withheld_and_all_else_adds_up(nation: Any) -> None:
    year = Period(2023, 4)
    forces = [force for force in nation.names if force != FEW][:4]
    bundles = [verify(nation.bundle(force, period=year)).bundle for force in forces]
    found = add_up(bundles, missing={}, closed=True, audience="restricted")
    rows = [row for row in nation.rows if row[1] in forces and row[2] >= "2023-04"]
    for table, cells in found.tables.items():
        if table in ("subtype_by_alcohol", "subtype_by_drug", "subtype_by_sharp"):
            assert {each.withheld for each in cells.values()} == {
                "withheld because the return is of fewer than 3 years"
            }
        else:
            shown = {cell: int(each.value or 0) for cell, each in cells.items()}
            assert {cell: n for cell, n in shown.items() if n} == dict(direct(rows)[table])


def test_what_the_public_sees_is_the_direct_table_or_withheld(nation: Any, root: Path) -> None:
    split = direct([row for row in nation.rows if row[1] != FEW])
    policy = policy_for("homicide_attribute", audience="public")
    found = national(PERIOD, audience="public", root=root)
    shown = withheld = 0
    for table, cells in found.tables.items():
        if table.startswith("victims_"):
            continue
        for cell, each in cells.items():
            n = split[table][cell]
            assert each.is_withheld or (each.value == n and not policy.withholds(n))
            shown, withheld = shown + (not each.is_withheld), withheld + each.is_withheld
    assert shown > 3 * withheld > 0


def test_missing_forces_are_named_and_make_every_total_incomplete(
    nation: Any, sent: Mapping[str, Path], tmp_path: Path
) -> None:
    late = {"E23000001", "E23000020"}
    there = [path for force, path in sent.items() if force not in late]
    accept(there, register=nation.register, forces=nation.names, root=tmp_path)
    said = published(PERIOD, root=tmp_path)
    assert {each["code"] for each in said["missing"]} == late
    assert said["complete"] is False
    assert said["victims"]["complete"] is False
    assert all(row["complete"] is False for rows in said["tables"].values() for row in rows)
    assert any(nation.names["E23000001"] in each for each in said["says"])
    assert said["marking"] == "OFFICIAL-SENSITIVE"
    accept([sent[force] for force in late], register=nation.register, forces=nation.names,
           root=tmp_path)  # fmt: skip
    whole = published(PERIOD, root=tmp_path)
    assert whole["complete"]
    assert whole["missing"] == []
    assert whole["victims"] == {"value": len(nation.rows), "complete": True}


def test_files_say_withheld_and_never_zero_instead(root: Path) -> None:
    ledger = ledger_of(root=root)
    place = root / "returns" / "releases" / ledger.id
    said = json.loads((place / f"national_{PERIOD}.json").read_text("utf-8"))
    cells = [row for rows in said["tables"].values() for row in rows]
    hidden = [row for row in cells if row["withheld"]]
    assert hidden
    assert all(row["value"] is None and row["reason"] for row in hidden)
    with (place / f"national_{PERIOD}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(cells)
    assert sum(row["withheld"] == "True" and row["victims"] == "" for row in rows) == len(hidden)


def test_only_a_closed_period_may_be_published(root: Path) -> None:
    assert national(PERIOD, audience="public", root=root).marking == "OFFICIAL-SENSITIVE"
    closed = close_period(PERIOD, root=root)
    assert (closed.marking, closed.closed) == ("OFFICIAL", True)
    assert published(PERIOD, root=root)["status"] == "closed"
    restricted = national(PERIOD, audience="restricted", root=root)
    assert restricted.marking == "OFFICIAL-SENSITIVE"


Shown = Mapping[str, Mapping[tuple[str, ...], Disclosed]]


def name_of(table: str, cell: tuple[str, ...]) -> str:
    """Call a count the same in every table that it stands in."""
    if table.startswith("subtype_") and cell[1] == "all":
        return f"subtype {cell[0]}"
    if table == "subtype_by_sharp" and cell in (("all", "yes"), ("all", "not known")):
        return f"method {'sharp instrument' if cell[1] == 'yes' else cell[1]}"
    return " ".join((table, *cell))


def sums_of(tables: Shown) -> Iterator[dict[str, float]]:
    """Yield what each sum of each table says: the withheld counts' signs, and the shown part."""
    for table, cells in tables.items():
        lines: dict[tuple[int, tuple[str, ...]], dict[str, float]] = {}
        for cell, each in cells.items():
            for axis in range(len(cell)):
                says = lines.setdefault((axis, cell[:axis] + cell[axis + 1 :]), {"": 0.0})
                sign = -1.0 if cell[axis] == "all" else 1.0
                label = name_of(table, cell) if each.value is None else ""
                says[label] = says.get(label, 0.0) + sign * (each.value or 1.0 * bool(label))
        yield from (says for says in lines.values() if len(says) > 1)


def solved(tables: Shown) -> list[str]:
    """Return the withheld counts that a reader can work out from all sums of all tables together.

    Each withheld count is bounded from below and above by linear programming. The same count in
    two tables is one unknown.
    """
    sums = list(sums_of(tables))
    unknown = sorted({label for says in sums for label in says} - {""})
    matrix = np.array([[says.get(label, 0.0) for label in unknown] for says in sums])
    shown = np.array([-says[""] for says in sums])
    found = []
    for goal, label in zip(np.eye(len(unknown)), unknown, strict=True):
        low, high = (
            linprog(sign * goal, A_eq=matrix, b_eq=shown, bounds=(0, None)) for sign in (1, -1)
        )
        # Status 3 is a count without an upper bound.
        assert low.status == 0
        assert high.status in (0, 3)
        if high.status == 0 and -high.fun - low.fun < 1:
            found.append(label)
    return found


def test_no_withheld_count_can_be_worked_out(nation: Any, root: Path) -> None:
    assert solved(national(PERIOD, audience="public", root=root).tables) == []


def test_the_attack_bites_where_only_small_counts_are_withheld(nation: Any, root: Path) -> None:
    restricted = national(PERIOD, audience="restricted", root=root).tables
    alone = {
        table: {
            cell: Disclosed(None, "small") if 0 < (each.value or 0) < 10 else each
            for cell, each in cells.items()
        }
        for table, cells in restricted.items()
    }
    assert len(solved(alone)) > 5


@pytest.mark.prove
@pytest.mark.parametrize("seed", range(2, 12))
def test_no_withheld_count_of_other_nations_can_be_worked_out(
    nation: Any,
    cases_of: Callable[[int], list[tuple[str, ...]]],
    table_of: Callable[[list[tuple[str, ...]]], Path],
    seed: int,
) -> None:
    made = nation.bundles(table_of(cases_of(seed))).values()
    found = add_up(
        [verify(data).bundle for data in made], missing={}, closed=True, audience="public"
    )
    assert solved(found.tables) == []
