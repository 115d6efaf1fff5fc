"""Scans at the ends of their input: a stated result or an error, for every public function."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable

import pytest

from nhpf.errors import CannotTell, InvalidInput
from nhpf.methods import scan

LINE = [[0, 0], [1, 0], [2, 0], [3, 0]]
HERE = [[0, 0]] * 4
DRAWS = {"permutations": 9, "rng": 1}
RISK = {"members": [0], "relative_risk": 2.0, "permutations": 99, "simulations": 9, "rng": 1}
NAN = math.nan

Outcome = type[Exception] | Callable[[object], bool]
TABLE: list[tuple[Callable[..., object], str, tuple[object, ...], dict[str, object], Outcome]] = [
    (scan.spatial, "all zero", ([0] * 4, [1] * 4, LINE), DRAWS, CannotTell),
    (scan.spatial, "one case", ([1, 0, 0, 0], [1] * 4, LINE), DRAWS, CannotTell),
    (scan.spatial, "one area", ([4], [1], [[0, 0]]), DRAWS, CannotTell),
    (scan.spatial, "negative", ([4, -1, 1, 1], [1] * 4, LINE), DRAWS, InvalidInput),
    (scan.spatial, "NaN", ([4, NAN, 1, 1], [1] * 4, LINE), DRAWS, InvalidInput),
    (scan.spatial, "nobody", ([1] * 4, [0] * 4, LINE), DRAWS, InvalidInput),
    (scan.spatial, "cases of nobody", ([1] * 4, [0, 1, 1, 1], LINE), DRAWS, InvalidInput),
    (scan.spatial, "unlike lengths", ([1] * 4, [1] * 3, LINE), DRAWS, InvalidInput),
    (scan.spatial, "a point missing", ([1] * 4, [1] * 4, LINE[:3]), DRAWS, InvalidInput),
    (scan.spatial, "no place", ([1] * 4, [1] * 4, [[NAN, 0]] * 4), DRAWS, InvalidInput),
    (scan.spatial, "words", ([1] * 4, [1] * 4, "here"), DRAWS, InvalidInput),
    (scan.spatial, "far too many", ([1e6] * 4, [1] * 4, LINE), DRAWS, InvalidInput),
    (
        scan.spatial,
        "more than half",
        ([1] * 4, [1] * 4, LINE),
        {**DRAWS, "max_share": 0.6},
        InvalidInput,
    ),
    (
        scan.spatial,
        "areas too large",
        ([1] * 4, [1] * 4, LINE),
        {**DRAWS, "max_share": 0.1},
        CannotTell,
    ),
    (
        scan.spatial,
        "no replication",
        ([1] * 4, [1] * 4, LINE),
        {"permutations": 0, "rng": 1},
        InvalidInput,
    ),
    (
        scan.spatial,
        "all alike",
        ([2] * 4, [1] * 4, LINE),
        DRAWS,
        lambda found: found.clusters == (),
    ),
    (
        scan.spatial,
        "all in one place",
        ([9, 0, 0, 0], [1] * 4, HERE),
        DRAWS,
        lambda found: found.clusters == (),
    ),
    (
        scan.spatial,
        "an island without people",
        ([5, 0, 1, 0], [1, 0, 1, 1], LINE),
        DRAWS,
        lambda found: found.clusters[0].members[0] == 0,
    ),
    (scan.space_time, "all zero", ([[0, 0]] * 4, [1] * 4, LINE), DRAWS, CannotTell),
    (scan.space_time, "one period", ([[1]] * 4, [1] * 4, LINE), DRAWS, CannotTell),
    (scan.space_time, "one area", ([[1, 4]], [1], [[0, 0]]), DRAWS, CannotTell),
    (scan.space_time, "a list", ([1, 2, 3, 4], [1] * 4, LINE), DRAWS, InvalidInput),
    (scan.space_time, "words", ("cases", [1] * 4, LINE), DRAWS, InvalidInput),
    (scan.space_time, "NaN", ([[1, NAN]] * 4, [1] * 4, LINE), DRAWS, InvalidInput),
    (scan.space_time, "negative", ([[1, -1]] * 4, [1] * 4, LINE), DRAWS, InvalidInput),
    (scan.space_time, "no population", ([[1, 1]] * 4, None, LINE), DRAWS, InvalidInput),
    (scan.space_time, "nobody", ([[1, 1]] * 4, [0] * 4, LINE), DRAWS, InvalidInput),
    (scan.space_time, "cases of nobody", ([[1, 1]] * 4, [0, 1, 1, 1], LINE), DRAWS, InvalidInput),
    (scan.space_time, "unlike lengths", ([[1, 1]] * 4, [1] * 3, LINE), DRAWS, InvalidInput),
    *(
        (scan.space_time, name, ([[1, 3]] * 4, [1] * 4, LINE), {**DRAWS, **options}, outcome)
        for name, options, outcome in (
            ("all periods", {"max_periods": 2}, InvalidInput),
            ("another model", {"model": "bernoulli"}, InvalidInput),
            ("areas too large", {"max_share": 0.1}, CannotTell),
            ("expected elsewhere", {"expected": [[1, 1]] * 3}, InvalidInput),
            (
                "expected by permutation",
                {"expected": [[1, 1]] * 4, "model": "permutation"},
                InvalidInput,
            ),
            ("no variation", {"model": "permutation"}, lambda found: found.clusters == ()),
        )
    ),
    (
        scan.space_time,
        "fractions dealt anew",
        ([[1, 0.5]] * 4, None, LINE),
        {**DRAWS, "model": "permutation"},
        InvalidInput,
    ),
    (scan.power, "no case", (0, [1] * 4, LINE), RISK, CannotTell),
    (scan.power, "half a case", (2.5, [1] * 4, LINE), RISK, InvalidInput),
    (scan.power, "negative", (-4, [1] * 4, LINE), RISK, InvalidInput),
    (scan.power, "nobody", (9, [0] * 4, LINE), RISK, InvalidInput),
    (scan.power, "NaN", (9, [1, 1, 1, NAN], LINE), RISK, InvalidInput),
    (scan.power, "one area", (9, [1], [[0, 0]]), RISK, CannotTell),
    (scan.power, "empty group", (9, [1] * 4, LINE), {**RISK, "members": []}, InvalidInput),
    (scan.power, "member elsewhere", (9, [1] * 4, LINE), {**RISK, "members": [4]}, InvalidInput),
    (scan.power, "no risk", (9, [1] * 4, LINE), {**RISK, "relative_risk": 0}, InvalidInput),
    (scan.power, "too few draws", (9, [1] * 4, LINE), {**RISK, "permutations": 9}, InvalidInput),
    (
        scan.power,
        "overwhelming risk",
        (40, [1] * 4, LINE),
        {**RISK, "relative_risk": 1e6},
        lambda found: found.estimate == 1,
    ),
]


@pytest.mark.parametrize(
    ("function", "arguments", "options", "outcome"),
    [(function, *rest) for function, _, *rest in TABLE],
    ids=[f"{function.__name__}: {name}" for function, name, *_ in TABLE],
)
def test_scans_at_the_ends_of_their_input(
    function: Callable[..., object],
    arguments: tuple[object, ...],
    options: dict[str, object],
    outcome: Outcome,
) -> None:
    if isinstance(outcome, type):
        with pytest.raises(outcome) as refused:
            function(*arguments, **options)
        assert str(refused.value).endswith(".")
    else:
        found = function(*arguments, **options)
        assert outcome(found)
        assert "Note: " in str(found)


def test_every_public_scan_is_in_the_table() -> None:
    public = {value for name, value in vars(scan).items() if inspect.isfunction(value)}
    assert public == {function for function, *_ in TABLE}
