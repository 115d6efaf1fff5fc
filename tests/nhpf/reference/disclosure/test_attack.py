"""An attacker of published tables, with code of its own, recovers no withheld count.

It sees what readers see: rows with labels, counts or nulls, which labels add up to which, and the
rule as published. It writes the linear system of everything shown, and asks for the least and the
greatest value of each withheld count. Against small counts withheld alone the same attack succeeds.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.sparse import block_diag, coo_array

from nhpf.disclosure import Dimension, Ledger, ProtectedTable, protect_table, rule_named

RULES = ("below_10", "below_10", "below_5", "ons_10_5", "opensafely", "nhs_hes", "cdc", "linked")

Key = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Seen:
    """A published table: rows, the children of each total, threshold, rounding, zeros shown."""

    rows: list[dict[str, str | int | None]]
    children: Mapping[str, Mapping[str, tuple[str, ...]]]
    threshold: int
    rounding: int
    zeros_shown: bool


def key_of(row: Mapping[str, object], names: Iterable[str]) -> Key:
    return frozenset((name, str(row[name])) for name in names if row[name] != "all")


def recovered(tables: list[Seen]) -> dict[Key, tuple[float, float]]:
    """Return the withheld counts that can be told more closely than the rule tells them."""
    low: dict[Key, float] = {}
    high: dict[Key, float] = {}
    withheld: dict[Key, Seen] = {}
    equations: list[tuple[Key, list[Key]]] = []
    for table in tables:
        names = list(table.children)
        for row in table.rows:
            key = key_of(row, names)
            least, most = _bounds(row["count"], table)
            low[key] = max(low.get(key, 0.0), least)
            high[key] = min(high.get(key, np.inf), most)
            if row["count"] is None:
                withheld[key] = table
            for name in names:
                parts = table.children[name].get(str(row[name]))
                if parts:
                    equations.append((key, [key_of({**row, name: p}, names) for p in parts]))
    ranges = _solve(low, high, equations, list(withheld))
    return {
        key: ends
        for key, ends in ranges.items()
        if np.floor(ends[1] + 1e-6) - np.ceil(ends[0] - 1e-6)
        < _told_by_the_rule(key, withheld[key], low)
    }


def _bounds(shown: object, table: Seen) -> tuple[float, float]:
    if shown is None:
        return (1.0 if table.zeros_shown else 0.0), np.inf
    count = int(str(shown))
    if count == 0 and table.zeros_shown:
        return 0.0, 0.0
    below, above = table.rounding // 2, (table.rounding - 1) // 2
    return max(count - below, table.threshold), count + above


def _told_by_the_rule(key: Key, table: Seen, low: Mapping[Key, float]) -> float:
    """Return the width of the range that a small count has by the rule and the zeros alone."""
    if not table.zeros_shown:
        return table.threshold - 1
    labels = dict(key)
    leaves = [
        _leaves(labels.get(name, "all"), children) for name, children in table.children.items()
    ]
    inner = (
        key_of(dict(zip(table.children, leaf, strict=True)), table.children)
        for leaf in itertools.product(*leaves)
    )
    return max(table.threshold - 1 - sum(low[each] > 0 for each in inner), 0)


def _leaves(label: str, children: Mapping[str, tuple[str, ...]]) -> list[str]:
    if label not in children:
        return [label]
    return [leaf for child in children[label] for leaf in _leaves(child, children)]


def _solve(
    low: Mapping[Key, float],
    high: Mapping[Key, float],
    equations: list[tuple[Key, list[Key]]],
    targets: list[Key],
) -> dict[Key, tuple[float, float]]:
    """Solve for the least and greatest of all targets, as blocks of one linear program."""
    open_cells = [key for key in low if high[key] > low[key]]
    at = {key: index for index, key in enumerate(open_cells)}
    entries, right = [], []
    for total, parts in equations:
        signed = [(total, -1.0), *((part, 1.0) for part in parts)]
        entries += [(len(right), at[key], sign) for key, sign in signed if key in at]
        right.append(-sum(sign * low[key] for key, sign in signed if key not in at))
    found = {key: (low[key], high[key]) for key in targets if key not in at}
    asked = [key for key in targets if key in at]
    if not asked:
        return found
    rows, columns, signs = np.array(entries).T
    matrix = coo_array(
        (signs, (rows.astype(int), columns.astype(int))), shape=(len(right), len(at))
    )
    bounds = np.array([(low[key], min(high[key], 1e5)) for key in open_cells])
    mine = [at[key] for key in asked]
    ends = []
    for sign in (1.0, -1.0):
        objective = np.zeros((len(asked), len(at)))
        objective[range(len(asked)), mine] = sign
        solved = linprog(
            objective.ravel(),
            A_eq=block_diag([matrix] * len(asked), format="csr"),
            b_eq=np.tile(right, len(asked)),
            bounds=np.tile(bounds, (len(asked), 1)),
        )
        assert solved.status == 0, solved.message
        ends.append(solved.x.reshape(objective.shape)[range(len(asked)), mine])
    return found | dict(zip(asked, zip(*ends, strict=True), strict=True))


def as_seen(table: ProtectedTable) -> Seen:
    policy = table.policy
    return Seen(
        table.rows(),
        {each.name: each.children for each in table.dimensions},
        policy.threshold,
        policy.rounding,
        policy.zeros == "shown",
    )


def small_alone(seen: Seen, counts: Mapping[tuple[str, ...], int]) -> Seen:
    """Return the table as it would be with small counts withheld and nothing else."""
    rows = []
    for row, count in zip(seen.rows, counts.values(), strict=True):
        small = count < seen.threshold and (count > 0 or not seen.zeros_shown)
        base = seen.rounding
        rows.append({**row, "count": None if small else (count + base // 2) // base * base})
    return replace(seen, rows=rows)


Drawn = tuple[dict[tuple[str, ...], int], list[Dimension]]


def drawn(rng: np.random.Generator) -> Drawn:
    """Draw a table of two or three dimensions, one of them a tree in a third of the tables."""
    shape = rng.integers(2, 6, 2) if rng.random() < 0.7 else rng.integers(2, 4, 3)
    dimensions = [
        Dimension.flat(f"d{at}", [f"{at}{n}" for n in range(size)]) for at, size in enumerate(shape)
    ]
    if rng.random() < 1 / 3:
        parents = {f"0{n}": f"region {n % 2}" for n in range(shape[0] + 2)}
        dimensions[0] = Dimension.tree("d0", {**parents, "region 0": "all", "region 1": "all"})
    cells = list(itertools.product(*(each.leaves for each in dimensions)))
    size = rng.normal(rng.choice([1.0, 2.0, 3.0]), 1.3, len(cells))
    return dict(zip(cells, rng.poisson(np.exp(size)).tolist(), strict=True)), dimensions


def full(table: Drawn) -> dict[tuple[str, ...], int]:
    """Return every count with its totals, which nobody outside sees."""
    policy = rule_named("shown", audience="public")
    shown = protect_table(table[0], dimensions=table[1], policy=policy)
    return {cell: int(each.value or 0) for cell, each in shown.cells.items()}


def attack(seeds: Iterable[int]) -> tuple[int, int, int]:
    """Attack tables: with small counts, recovered of these unprotected, recovered protected."""
    with_small = bitten = broken = 0
    for seed in seeds:
        rng = np.random.default_rng(seed)
        counts, dimensions = table = drawn(rng)
        policy = rule_named(str(rng.choice(RULES)), audience="public")
        protected = protect_table(counts, dimensions=dimensions, policy=policy)
        seen = as_seen(protected)
        with_small += protected.lost.small > 0
        bitten += bool(recovered([small_alone(seen, full(table))]))
        broken += bool(recovered([seen]))
    return with_small, bitten, broken


def test_no_withheld_count_is_recovered_and_the_attack_can_bite() -> None:
    with_small, bitten, broken = attack(range(60))
    assert broken == 0
    assert with_small > 50
    assert bitten > with_small / 2


@pytest.mark.prove
def test_of_a_thousand_tables_no_withheld_count_is_recovered() -> None:
    with_small, bitten, broken = attack(range(1000))
    assert broken == 0
    assert with_small > 900
    assert bitten > with_small / 2


FIVE = 5


def five_releases(rng: np.random.Generator) -> Iterator[Drawn]:
    """Yield five tables of the same events: further years, other geographies, another attribute."""
    districts = [f"E{n}" for n in range(rng.integers(4, 6))]
    base = np.exp(rng.normal(1.3, 1.2, (len(districts), 3, 2, 2)))
    events = rng.poisson(base)  # district, method, age, year
    places = Dimension.flat("place", districts)
    methods = Dimension.flat("method", ["knife", "gun", "other"])
    ages = Dimension.flat("age", ["child", "adult"])
    first = Dimension.flat("years", ["2020"], total=None)
    second = Dimension.flat("years", ["2021"], total=None)
    both = Dimension.flat("years", ["2020", "2021"], total="2020 to 2021")
    regions = {district: f"R{n % 2}" for n, district in enumerate(districts)}
    counties = {district: f"C{n // 2}" for n, district in enumerate(districts)}

    def tree(above: Mapping[str, str]) -> Dimension:
        return Dimension.tree("place", {**above, **dict.fromkeys(above.values(), "all")})

    def counted(by: str, dimensions: list[Dimension]) -> Drawn:
        counts = np.einsum(f"pmay->{by}", events)
        if len(dimensions[-1].leaves) == 1:
            year = int(dimensions[-1].leaves[0] == "2021")
            counts = counts[..., [year]]
        cells = itertools.product(*(each.leaves for each in dimensions))
        return dict(zip(cells, counts.ravel().tolist(), strict=True)), dimensions

    yield counted("pmy", [places, methods, first])
    yield counted("pmy", [places, methods, both])
    yield counted("py", [tree(regions), both])
    yield counted("pmy", [tree(counties), methods, second])
    yield counted("pay", [places, ages, second])


def attack_releases(seed: int) -> tuple[bool, set[Key]]:
    """Return whether five releases break when each ignores the others, and what they do not."""
    policy = rule_named("below_10", audience="public")
    ledger = Ledger("public")
    alone, together, public = [], [], set()
    for number, (counts, dimensions) in enumerate(five_releases(np.random.default_rng(seed))):
        given = protect_table(counts, dimensions=dimensions, policy=policy)
        alone.append(as_seen(given))
        held = protect_table(counts, dimensions=dimensions, policy=policy, earlier=ledger.about(""))
        ledger = ledger.with_table(held, published=str(number))
        together.append(as_seen(held))
        names = [each.name for each in dimensions]
        for position in held.already_public:
            public.add(key_of(dict(zip(names, position, strict=True)), names))
    return bool(recovered(alone)), set(recovered(together)) - public


def test_five_successive_releases_lay_nothing_open() -> None:
    found = [attack_releases(seed) for seed in range(8)]
    assert all(not laid_open for _, laid_open in found)
    assert sum(broken for broken, _ in found) >= FIVE
