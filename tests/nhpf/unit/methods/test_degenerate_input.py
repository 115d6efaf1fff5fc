"""Public functions of rates and places at the ends of their input: a stated result or an error.

One table; a function that is public and not in it fails the last test.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable

import numpy as np
import pytest

from nhpf.errors import CannotTell, InvalidInput
from nhpf.methods import hot_spots, near_repeat, rates
from nhpf.numerics import graphs

NAN = math.nan
CHAIN = graphs.from_neighbours([[1], [0, 2], [1, 3], [2]])
ISLANDS = graphs.from_neighbours([[], [], [], []])
LONE = graphs.from_neighbours([[]])
DRAWS = {"permutations": 9, "rng": 1}
GRID = {"bandwidth": 2, "shape": (9, 9), "bounds": (0, 0, 9, 9)}
BANDS = {"distances": [1], "intervals": [1], **DRAWS}

# Function, name of the case, arguments, named arguments, what comes of it: an error, or a check.
Outcome = type[Exception] | Callable[[object], bool]
TABLE: list[tuple[Callable[..., object], str, tuple[object, ...], dict[str, object], Outcome]] = [
    (rates.rate, "no event", (0, 10), {}, lambda found: found.low == 0 < found.high),
    (rates.rate, "negative", (-1, 10), {}, InvalidInput),
    (rates.rate, "NaN", (1, NAN), {}, InvalidInput),
    (rates.rate, "nobody", (1, 0), {}, InvalidInput),
    (rates.proportion, "none of them", (0, 5), {}, lambda found: found.low == 0 < found.high),
    (rates.proportion, "all of them", (5, 5), {}, lambda found: found.low < found.high == 1),
    (rates.proportion, "empty total", (0, 0), {}, InvalidInput),
    (rates.proportion, "NaN", (NAN, 5), {}, InvalidInput),
    (rates.standardised, "no events", ([0, 0], [9, 9], [1, 1]), {}, CannotTell),
    (rates.standardised, "one group", ([3], [9], [1]), {}, lambda found: found.low < found.high),
    (rates.standardised, "an empty group", ([3, 1], [9, 0], [1, 1]), {}, InvalidInput),
    (rates.standardised, "negative", ([3, -1], [9, 9], [1, 1]), {}, InvalidInput),
    (rates.compare, "both zero", (0, 1, 0, 1), {}, CannotTell),
    (rates.compare, "first zero", (0, 1, 4, 1), {}, lambda found: math.isinf(found.estimate)),
    (
        rates.compare,
        "second zero",
        (4, 1, 0, 1),
        {},
        lambda found: found.estimate == found.low == 0,
    ),
    (rates.compare, "no time", (4, 0, 3, 1), {}, InvalidInput),
    (rates.compare, "NaN", (NAN, 1, 3, 1), {}, InvalidInput),
    (rates.funnel, "one area", ([3], [2]), {}, lambda found: found.position == ("in line",)),
    (rates.funnel, "all zero", ([0, 0], [2, 2]), {}, lambda found: (found.ratio == 0).all()),
    (rates.funnel, "nothing expected", ([0, 0], [2, 0]), {}, InvalidInput),
    (rates.funnel, "empty", ([], []), {}, InvalidInput),
    (hot_spots.concentration, "all zero", ([0, 0],), {}, CannotTell),
    (hot_spots.concentration, "one place", ([4],), {}, CannotTell),
    (hot_spots.concentration, "all alike", ([4, 4],), {}, lambda found: found.estimate == 0),
    (hot_spots.concentration, "negative", ([4, -4],), {}, InvalidInput),
    (hot_spots.capture, "nothing later", ([1, 2], [0, 0]), {}, CannotTell),
    (hot_spots.capture, "one place", ([1], [3]), {}, lambda found: found.at[0].estimate == 1),
    (
        hot_spots.capture,
        "all scores alike",
        ([5] * 10, range(10)),
        {"shares": (0.2,)},
        lambda found: math.isclose(found.at[0].pai, 1) and found.at[0].tied == 10,
    ),
    (hot_spots.capture, "NaN", ([1, NAN], [1, 1]), {}, InvalidInput),
    (hot_spots.capture, "an area of no size", ([1, 2], [1, 1], [0, 1]), {}, InvalidInput),
    (hot_spots.stability, "all zero", ([[0, 0], [0, 0]],), DRAWS, CannotTell),
    (hot_spots.stability, "one place", ([[1, 2]],), DRAWS, CannotTell),
    (hot_spots.stability, "all alike", ([[1, 1], [1, 1]],), DRAWS, lambda found: found.p > 0.05),
    (hot_spots.stability, "negative", ([[1, -1], [1, 1]],), DRAWS, InvalidInput),
    (hot_spots.density, "nothing inside", ([99], [99]), GRID, CannotTell),
    (hot_spots.density, "one point", ([4], [4]), GRID, lambda found: found.values.max() > 0),
    (hot_spots.density, "NaN", ([4], [NAN]), GRID, InvalidInput),
    (hot_spots.density, "empty", ([], []), GRID, InvalidInput),
    (near_repeat.knox, "two events", ([1, 2], [1, 2], [1, 2]), BANDS, CannotTell),
    (near_repeat.knox, "none near", ([1, 9, 99], [1, 9, 99], [1, 2, 3]), BANDS, CannotTell),
    (
        near_repeat.knox,
        "all in one place at one time",
        ([1] * 4, [1] * 4, [1] * 4),
        BANDS,
        lambda found: found.p[0, 0] == 1 and found.ratio[0, 0] == 1,
    ),
    (near_repeat.knox, "NaN", ([1, NAN, 2], [1, 1, 1], [1, 2, 3]), BANDS, InvalidInput),
    *(
        (method, name, arguments, DRAWS, outcome)
        for method in (hot_spots.getis_ord, hot_spots.local_moran, hot_spots.moran)
        for name, arguments, outcome in (
            ("all zero", ([0] * 4, CHAIN), CannotTell),
            ("one area", ([3], LONE), CannotTell),
            ("islands alone", ([1, 2, 3, 4], ISLANDS), CannotTell),
            ("NaN", ([1, 2, 3, NAN], CHAIN), InvalidInput),
            ("another graph", ([1, 2, 3, 4, 5], CHAIN), InvalidInput),
            ("a dense matrix", ([1, 2], np.ones((2, 2))), InvalidInput),
            ("a chain", ([1, 2, 3, 5], CHAIN), lambda found: bool(np.all(found.p > 0))),
        )
    ),
]


@pytest.mark.parametrize(
    ("function", "arguments", "options", "outcome"),
    [(function, *rest) for function, _, *rest in TABLE],
    ids=[f"{function.__name__}: {name}" for function, name, *_ in TABLE],
)
def test_input_at_its_ends(
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


@pytest.mark.parametrize("module", [rates, hot_spots, near_repeat], ids=lambda each: each.__name__)
def test_every_public_function_is_in_the_table(module: object) -> None:
    public = {
        value
        for name, value in vars(module).items()
        if inspect.isfunction(value)
        and value.__module__.startswith("nhpf.methods")
        and not name.startswith("_")
    }
    assert public - {function for function, *_ in TABLE} == set()
