"""Public functions of evaluation at the ends of their input: a stated result or an error.

One table; a function that is public and not in it fails the last test.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable

import numpy as np
import pytest

from nhpf.errors import CannotTell, InvalidInput
from nhpf.methods import evaluation as ev

NAN, INF = math.nan, math.inf
TWO = ([0, 0, 1, 1], [-1, 0, -1, 0])
FLAT = np.ones((5, 8))
ROUGH = np.random.default_rng(1).normal(size=(5, 8))
GRID = (np.repeat([0, 1, 2, 3], 3), np.tile([0, 1, 2], 4))
STARTS = np.repeat([1, 1, INF, INF], 3)
WEDGE = (*GRID, [0, 1, 1, 0, 1, 1, 0, 0, 1, 0, 0, 0])

Outcome = type[Exception] | Callable[[object], bool]
TABLE: list[tuple[Callable[..., object], str, tuple[object, ...], dict[str, object], Outcome]] = [
    (ev.interrupted_series, "all zero", ([0] * 20,), {"start": 10}, CannotTell),
    (ev.interrupted_series, "none after", ([4] * 10 + [0] * 10,), {"start": 10}, CannotTell),
    (ev.interrupted_series, "two before", ([4] * 20,), {"start": 2}, CannotTell),
    (ev.interrupted_series, "few periods", ([4, 5, 6, 5, 4],), {"start": 3}, CannotTell),
    (ev.interrupted_series, "no variation", ([4] * 20,), {"start": 10},
     lambda found: math.isclose(found.estimate, 1) and found.low < 1 < found.high),
    (ev.interrupted_series, "start outside", ([4] * 20,), {"start": 20}, InvalidInput),
    (ev.interrupted_series, "NaN", ([4] * 19 + [NAN],), {"start": 10}, InvalidInput),
    (ev.interrupted_series, "negative", ([4] * 19 + [-1],), {"start": 10}, InvalidInput),
    (ev.interrupted_series, "broken counts", ([4] * 19 + [0.5],), {"start": 10}, InvalidInput),
    (ev.interrupted_series, "nobody exposed", ([4] * 20,), {"start": 10, "exposure": [0] * 20},
     InvalidInput),
    (ev.interrupted_series, "unknown family", ([4] * 20,), {"start": 10, "family": "normal"},
     InvalidInput),
    (ev.interrupted_series, "season of one", ([4] * 20,), {"start": 10, "season": 1}, InvalidInput),
    (ev.interrupted_series, "lags below zero", ([4] * 20,), {"start": 10, "lags": -1},
     InvalidInput),
    *(
        (function, *rest)
        for function in (ev.difference_in_differences, ev.event_study)
        for rest in (
            ("an empty cell", ([3, 0, 4, 5], *TWO), {}, CannotTell),
            ("one side", ([3, 4], [1, 1], [-1, 0]), {}, CannotTell),
            ("nothing before", ([3, 4], [0, 1], [0, 0]), {}, CannotTell),
            ("all alike", ([3] * 4, *TWO), {}, lambda found: "Note: " in str(found)),
            ("a flag of two", ([3] * 4, [0, 0, 2, 2], [-1, 0, -1, 0]), {}, InvalidInput),
            ("a unit on both sides", ([3] * 4, *TWO), {"unit": list("aaaa")}, InvalidInput),
            ("too few units named", ([3] * 4, *TWO), {"unit": ["a"]}, InvalidInput),
            ("negative", ([3, -1, 4, 5], *TWO), {}, InvalidInput),
            ("NaN", ([3, 1, NAN, 5], *TWO), {}, InvalidInput),
            ("nobody exposed", ([3] * 4, *TWO), {"exposure": [1, 1, 1, 0]}, InvalidInput),
        )
    ),
    (ev.event_study, "an empty period", ([3, 0, 3, 3, 3, 3], [0, 0, 0, 1, 1, 1], [-2, -1, 0] * 2),
     {}, CannotTell),
    (ev.staggered, "all zero", ([0] * 12, *GRID, STARTS), {}, CannotTell),
    (ev.staggered, "all alike", ([5] * 12, *GRID, STARTS), {},
     lambda found: math.isclose(found.estimate, 1)),
    (ev.staggered, "nobody later", ([5] * 12, *GRID, [1] * 12), {}, CannotTell),
    (ev.staggered, "no time before", ([5] * 12, *GRID, np.repeat([0, 0, 1, 1], 3)), {},
     CannotTell),
    (ev.staggered, "cohort of one", ([5] * 12, *GRID, np.repeat([1, 2, INF, INF], 3)), {},
     CannotTell),
    (ev.staggered, "two starts", ([5] * 12, *GRID, [1, 2, 1] * 4), {}, InvalidInput),
    (ev.staggered, "a row missing", ([5] * 11, *(each[:11] for each in (*GRID, STARTS))), {},
     InvalidInput),
    (ev.staggered, "NaN", ([5] * 12, *GRID, [NAN] * 12), {}, InvalidInput),
    (ev.synthetic_control, "no variation", (FLAT, 0, 5), {}, CannotTell),
    (ev.synthetic_control, "two areas", (FLAT[:2], 0, 5), {}, CannotTell),
    (ev.synthetic_control, "one period before", (ROUGH, 0, 1), {}, CannotTell),
    (ev.synthetic_control, "flat donors", (np.vstack([ROUGH[:1], FLAT]), 0, 5), {},
     lambda found: (found.standing_out[1:] == 0).all() and math.isinf(found.high)),
    (ev.synthetic_control, "NaN", (np.full((5, 8), NAN), 0, 5), {}, InvalidInput),
    (ev.synthetic_control, "one row", ([1, 2, 3], 0, 1), {}, InvalidInput),
    (ev.synthetic_control, "row outside", (ROUGH, 5, 5), {}, InvalidInput),
    (ev.synthetic_control, "start outside", (ROUGH, 0, 8), {}, InvalidInput),
    (ev.displacement, "no control", ([9, 9, 0], [9, 9, 9]), {}, CannotTell),
    (ev.displacement, "no fall", ([100, 50, 300], [99, 50, 300]), {}, CannotTell),
    (ev.displacement, "all zero", ([0] * 3, [0] * 3), {}, CannotTell),
    (ev.displacement, "target emptied", ([100, 50, 300], [0, 50, 300]), {},
     lambda found: found.low < found.estimate < found.high),
    (ev.displacement, "two counts", ([9, 9], [9, 9]), {}, InvalidInput),
    (ev.displacement, "negative", ([9, 9, -9], [9, 9, 9]), {}, InvalidInput),
    (ev.stepped_wedge, "all zero", ([0] * 12, *WEDGE), {}, CannotTell),
    (ev.stepped_wedge, "three clusters", ([5] * 9, *(each[:9] for each in WEDGE)), {}, CannotTell),
    (ev.stepped_wedge, "all at once", ([5] * 12, *GRID, [0, 1, 1] * 4), {}, CannotTell),
    (ev.stepped_wedge, "never", ([5] * 12, *GRID, [0] * 12), {}, CannotTell),
    (ev.stepped_wedge, "all alike", ([5] * 12, *WEDGE), {},
     lambda found: math.isclose(found.estimate, 1) and found.spread == 0),
    (ev.stepped_wedge, "stepped back", ([5] * 12, *GRID, [0, 1, 0] * 4), {}, InvalidInput),
    (ev.stepped_wedge, "a flag of two", ([5] * 12, *GRID, [0, 1, 2] * 4), {}, InvalidInput),
    (ev.stepped_wedge, "NaN", ([NAN] * 12, *WEDGE), {}, InvalidInput),
    (ev.detectable, "nothing asked", (14,), {}, InvalidInput),
    (ev.detectable, "both asked", (14,), {"change": -0.2, "periods": 5}, InvalidInput),
    (ev.detectable, "no events", (0,), {"change": -0.2}, InvalidInput),
    (ev.detectable, "no change", (14,), {"change": 0}, InvalidInput),
    (ev.detectable, "below nothing", (14,), {"change": -1}, InvalidInput),
    (ev.detectable, "no time", (14,), {"periods": 0}, InvalidInput),
    (ev.detectable, "too little time", (0.1,), {"periods": 1}, CannotTell),
    (ev.detectable, "a few events", (9,), {"periods": 3},
     lambda found: any("rough" in caveat for caveat in found.caveats)),
    (ev.detectable, "under-dispersed", (14,), {"change": -0.2, "dispersion": 0.5}, InvalidInput),
    (ev.detectable, "a wedge of one", (14,), {"change": -0.2, "design": "stepped wedge"},
     InvalidInput),
    (ev.detectable, "unknown design", (14,), {"change": -0.2, "design": "before"}, InvalidInput),
    (ev.power, "no events", (0,), {"change": -0.2, "periods": 1, "rng": 1}, InvalidInput),
    (ev.power, "hardly any", (0.01,), {"change": -0.2, "periods": 1, "rng": 1},
     lambda found: found.estimate < 0.01),
    (ev.power, "no simulation", (9,), {"change": -0.2, "periods": 1, "rng": 1, "simulations": 0},
     InvalidInput),
    (ev.power, "wedge of hardly any", (0.1,),
     {"change": 0, "periods": 1, "rng": 1, "units": 3, "design": "stepped wedge",
      "simulations": 50}, lambda found: found.estimate < 0.2),
]  # fmt: skip


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
        assert str(refused.value).endswith((".", ")"))
    else:
        found = function(*arguments, **options)
        assert outcome(found)
        assert "Note: " in str(found)


def test_every_public_function_is_in_the_table() -> None:
    public = {value for value in vars(ev).values() if inspect.isfunction(value)}
    assert public - {function for function, *_ in TABLE} == set()
