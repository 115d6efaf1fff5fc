"""For whom an instrument works: the same measures for each group, with intervals."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell, InvalidInput
from nhpf.methods.instruments.rows import NOT_CAUSE, frequencies, zero_or_one
from nhpf.numerics import Estimate, inputs, intervals
from nhpf.numerics.inputs import FloatArray, IntArray

# Each measure as numerator and denominator among counts by flag and outcome: [flag][outcome].
MEASURES: dict[str, tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]] = {
    "flagged": (((1, 0), (1, 1)), ((0, 0), (0, 1), (1, 0), (1, 1))),
    "sensitivity": (((1, 1),), ((0, 1), (1, 1))),
    "false_positive_rate": (((1, 0),), ((0, 0), (1, 0))),
    "positive_predictive_value": (((1, 1),), ((1, 0), (1, 1))),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupResult:
    """One group's measures; None where nobody can show one, such as sensitivity without a case."""

    group: Hashable
    people: float
    cases: float
    flagged: Estimate | None
    sensitivity: Estimate | None
    false_positive_rate: Estimate | None
    positive_predictive_value: Estimate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fairness:
    """An instrument's measures by group, and whether groups differ by more than chance.

    Attributes
    ----------
    groups : tuple of GroupResult
        In the order in which groups first appear.
    p : dict of str to float
        For each measure, the p-value of one value for all groups (chi-square); NaN where fewer
        than two groups can show it.
    widest : dict of str to float
        For each measure, the largest difference between two groups.
    """

    groups: tuple[GroupResult, ...]
    p: dict[str, float]
    widest: dict[str, float]
    level: float
    method: str
    caveats: tuple[str, ...]

    def __str__(self) -> str:
        """Return for each measure how far groups lie apart, and whether chance may have done it."""
        lines = [f"{len(self.groups)} groups ({self.method})"]
        for name, apart in self.widest.items():
            verdict = "can" if self.p[name] < 1 - self.level else "cannot"
            words = name.replace("_", " ")
            lines.append(f"  {words}: up to {apart:.3f} apart, which {verdict} be told from chance")
        return "\n".join([*lines, *(f"  Note: {caveat}" for caveat in self.caveats)])


def fairness(
    flagged: npt.ArrayLike,
    outcome: npt.ArrayLike,
    group: Sequence[Hashable] | npt.NDArray[np.generic],
    *,
    weights: npt.ArrayLike | None = None,
    level: float = 0.95,
) -> Fairness:
    """Return selection, sensitivity, false positives and predictive value for each group.

    Where base rates differ no instrument can make all of them alike at once (Chouldechova 2017),
    so all are given. Intervals are Wilson's. The cost grows with n.

    Parameters
    ----------
    flagged, outcome : array_like, shape (n,)
        1 or 0.
    group : sequence, shape (n,)
        Names or codes of the groups.
    weights : array_like, shape (n,), optional
        How many people each row stands for.
    level : float

    Raises
    ------
    InvalidInput
        Values other than 0 and 1, unlike lengths, a missing group, negative weights.
    CannotTell
        Fewer than two groups.
    """
    flag, happened = zero_or_one(flagged, name="flags"), zero_or_one(outcome, name="outcomes")
    inputs.same_length(flags=flag, outcomes=happened)
    people = frequencies(weights, flag)
    inputs.share(level, name="confidence level")
    names, codes = _coded(group, size=flag.size)
    cell = codes * 4 + (flag * 2 + happened).astype(np.int64)
    counts = np.bincount(cell, weights=people, minlength=4 * len(names)).astype(np.float64)
    tables = counts.reshape(-1, 2, 2)
    shares = {name: _shares(tables, *cells) for name, cells in MEASURES.items()}
    estimates = {name: _estimates(*pair, level=level) for name, pair in shares.items()}
    found = tuple(
        GroupResult(
            group=name, people=float(tables[i].sum()), cases=float(tables[i, :, 1].sum()),
            **{measure: values[i] for measure, values in estimates.items()},
        )
        for i, name in enumerate(names)
    )  # fmt: skip
    return Fairness(
        groups=found,
        p={name: _p_alike(*pair) for name, pair in shares.items()},
        widest={name: _widest(*pair) for name, pair in shares.items()},
        level=level,
        method="Wilson intervals, chi-square between groups",
        caveats=(
            "With unlike base rates not all measures can be alike at once.",
            "An outcome that is itself policed unevenly carries that into every measure.",
            NOT_CAUSE,
        ),
    )


def _coded(
    group: Sequence[Hashable] | npt.NDArray[np.generic], *, size: int
) -> tuple[list[Hashable], IntArray]:
    """Return the groups in the order of their first row, and each row's position among them."""
    rows = group.tolist() if isinstance(group, np.ndarray) else list(group)
    if len(rows) != size:
        raise InvalidInput(
            f"The lists must have the same length (groups {len(rows)}, rows {size})."
        )
    names = list(dict.fromkeys(rows))
    if any(name is None or name != name for name in names):
        raise InvalidInput(
            "Some rows have no group.",
            next_step="Give them a group of their own, such as Not known.",
        )
    if len(names) < 2:
        raise CannotTell("Fairness compares groups: there must be at least two.")
    position = {name: i for i, name in enumerate(names)}
    return names, np.fromiter(map(position.__getitem__, rows), np.int64, size)


def _shares(
    tables: FloatArray, above: tuple[tuple[int, int], ...], below: tuple[tuple[int, int], ...]
) -> tuple[FloatArray, FloatArray]:
    def total(cells: tuple[tuple[int, int], ...]) -> FloatArray:
        return np.asarray(sum(tables[:, flag, outcome] for flag, outcome in cells))

    return total(above), total(below)


def _estimates(hits: FloatArray, totals: FloatArray, *, level: float) -> list[Estimate | None]:
    safe = np.maximum(totals, 1e-300)
    low, high = intervals.wilson(hits, safe, level=level)
    return [
        Estimate(
            estimate=float(hits[i] / totals[i]), low=float(low[i]), high=float(high[i]),
            level=level, method="Wilson",
        )
        if totals[i] > 0
        else None
        for i in range(totals.size)
    ]  # fmt: skip


def _p_alike(hits: FloatArray, totals: FloatArray) -> float:
    from scipy.special import chdtrc

    known = totals > 0
    hits, totals = hits[known], totals[known]
    if hits.size < 2:
        return float("nan")
    common = hits.sum() / totals.sum()
    if common in (0.0, 1.0):
        return 1.0
    away = (hits - totals * common) ** 2 / (totals * common * (1 - common))
    return float(chdtrc(hits.size - 1, away.sum()))


def _widest(hits: FloatArray, totals: FloatArray) -> float:
    known = totals > 0
    return float(np.ptp(hits[known] / totals[known])) if known.sum() > 1 else 0.0
