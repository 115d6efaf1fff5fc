"""Information lost and time taken, beside pytauargus on the same tables; the national table.

pytauargus 0.6 (the engine of Tau-Argus with the solver HiGHS): its rule FREQ(10, p) withholds
counts below ten and asks for a reader's distance of p% of the count. Ours asks that a reader can
rule out none of 1 to 9. So it is run with p = 20, as in its manual, and with p = 100, and beside
what is lost stands how many withheld counts a reader of each table can tell to within fewer than
nine numbers. As it may hide zeros, its readers are not taken to know that none is hidden. It wants
one row for each event: made-up events, in a private folder that is removed.
"""

from __future__ import annotations

import contextlib
import itertools
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context

import numpy as np

from measuring import finish
from nhpf.disclosure import Dimension, Publication, audit, policy_for, protect_table

POLICY = policy_for("homicide_attribute", audience="public")
Counts = dict[tuple[str, ...], int]
Outcome = tuple[Publication, float]


def named(shape: tuple[int, ...], counts: np.ndarray) -> tuple[Counts, list[Dimension]]:
    labels = [[f"{at}n{n}" for n in range(size)] for at, size in zip("fsa", shape, strict=False)]
    dimensions = [Dimension.flat(f"d{at}", each) for at, each in enumerate(labels)]
    cells = itertools.product(*labels)
    return dict(zip(cells, counts.ravel().tolist(), strict=True)), dimensions


def random_table(seed: int) -> tuple[Counts, list[Dimension]]:
    rng = np.random.default_rng(seed)
    shape = tuple(rng.integers(3, 8, 2).tolist())
    return named(shape, rng.poisson(np.exp(rng.normal(2.5, 1.2, shape))))


def national(events: int) -> tuple[Counts, list[Dimension]]:
    """Spread events over 43 forces of very different size, 7 sub-types and 6 attributes."""
    rng = np.random.default_rng(1)
    forces = rng.dirichlet(np.full(43, 1.2))
    forces[0] = 0.2
    kinds, attributes = [0.3, 0.2, 0.15, 0.12, 0.1, 0.08, 0.05], [0.4, 0.2, 0.15, 0.1, 0.1, 0.05]
    share = np.einsum("f,k,a->fka", forces, kinds, attributes) * rng.gamma(4, 0.25, (43, 7, 6))
    return named((43, 7, 6), rng.multinomial(events, (share / share.sum()).ravel()))


def ours(counts: Counts, dimensions: list[Dimension]) -> Outcome:
    start = time.perf_counter()
    table = protect_table(counts, dimensions=dimensions, policy=POLICY)
    return Publication.of(table, published=""), time.perf_counter() - start


@dataclass(frozen=True)
class Theirs:
    """pytauargus, in a process of its own: labels that begin with a digit made it crash."""

    method: str
    percent: int

    def __call__(self, counts: Counts, dimensions: list[Dimension]) -> Outcome:
        import pandas as pd
        from pytauargus import protect

        names = [each.name for each in dimensions]
        events = [cell for cell, count in counts.items() for _ in range(count)]
        frame = pd.DataFrame(events, columns=names).assign(one=1.0)
        with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
            start = time.perf_counter()
            found = protect(
                frame,
                names,
                response="one",
                safety_rules=f"FREQ(10,{self.percent})",
                suppress=f"{self.method}(1)",
                workdir=folder,
            )
            taken = time.perf_counter() - start
            rows = found.tables[0].dataframe()
        for name in names:  # padded to one width, as its files have them
            rows[name] = rows[name].str.strip().replace("Total", "all")
        hidden = rows["status"].isin(["U", "M"])
        shown = {
            tuple(row[:-2]): None if row[-1] else int(row[-2])
            for row in rows[[*names, "one"]].assign(hidden=hidden).itertuples(index=False)
        }
        # A label without any event is left out of its table; its counts are zeros.
        every = itertools.product(*(each.labels for each in dimensions))
        shown = {cell: shown.get(cell, 0) for cell in every}
        exact = frozenset(cell for cell, count in shown.items() if count is not None)
        read = replace(POLICY, zeros="withheld", threshold=POLICY.threshold - 1)
        return Publication("", "", tuple(dimensions), read, shown, official=exact), taken


def compare(name: str, tables: list[tuple[Counts, list[Dimension]]], method: str) -> None:
    """Print one line for each engine: cells and value withheld, ratios to ours, counts told."""
    engines: dict[str, Callable[[Counts, list[Dimension]], Outcome]] = {
        "ours": ours,
        **{f"{method}, {p}%": Theirs(method, p) for p in (20, 100)},
    }
    first: tuple[int, int, float] | None = None
    for engine, run in engines.items():
        cells = value = told = 0
        seconds = 0.0
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
            outcomes = list(process.map(run, *zip(*tables, strict=True)))
        for (counts, dimensions), (publication, taken) in zip(tables, outcomes, strict=True):
            everything = ours_shown_whole(counts, dimensions)
            gone = [cell for cell, shown in publication.shown.items() if shown is None]
            cells += len(gone)
            value += sum(everything[cell] for cell in gone)
            told += len(audit([publication]).told)
            seconds += taken
        first = first or (cells, value, seconds)
        print(
            f"{name} | {engine} | {cells:,} ({cells / first[0]:.2f}) | "
            f"{value:,} ({value / first[1]:.2f}) | {told:,} | {seconds:.1f} s",
            flush=True,
        )


def ours_shown_whole(counts: Counts, dimensions: list[Dimension]) -> dict[tuple[str, ...], int]:
    policy = policy_for("homicide_total", audience="public")
    table = protect_table(counts, dimensions=dimensions, policy=policy)
    return {cell: int(each.value or 0) for cell, each in table.cells.items()}


def main() -> None:
    print("tables | engine | cells withheld (to ours) | value withheld (to ours) | told | time")
    protect_table({("a",): 1, ("b",): 2}, dimensions=[Dimension.flat("d", "ab")], policy=POLICY)
    compare("100 tables of two dimensions", [random_table(seed) for seed in range(100)], "OPT")
    slowest = 0.0
    for events in (1_770, 20_000, 200_000):
        table = national(events)
        slowest = max(slowest, ours(*table)[1])
        compare(f"43 x 7 x 6, {events:,} events", [table], "MOD")
    met = slowest < 30
    print(f"slowest national table: {slowest:.1f} s, bound 30 s {'met' if met else 'MISSED'}")
    finish(met)


if __name__ == "__main__":
    main()
