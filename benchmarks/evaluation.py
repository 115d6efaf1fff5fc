"""Synthetic control with all placebos, 43 units x 120 months, beside pysyncon; three sizes of ours.

Pysyncon fits one area at a time; it is timed on one and stands for all 43 in proportion.
It weighs the means of each year before the start, as its users do (with every month as a predictor
of its own it takes minutes); the monthly losses before the start are compared.
"""

from __future__ import annotations

import os
import time
import warnings

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # with two, pysyncon is far slower
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

from measuring import finish, first_calls, report, seconds
from nhpf.methods.evaluation import synthetic_control

START = 84
TIMED = (0,)


def made_up_areas(units: int, periods: int) -> np.ndarray:
    rng = np.random.default_rng(1)
    shared = rng.normal(size=(4, periods)).cumsum(axis=1)
    return 50 + rng.dirichlet(np.ones(4), units) @ shared * 3 + rng.normal(size=(units, periods))


def by_pysyncon(table: np.ndarray, unit: int) -> float:
    """Return the mean squared gap before the start that pysyncon reaches."""
    import pandas as pd
    from pysyncon import Synth

    frame = pd.DataFrame(table.T)
    others = [other for other in frame.columns if other != unit]
    before = frame.iloc[:START]
    years = before.groupby(before.index // 12).mean()
    fitted = Synth()
    fitted.fit(X0=years[others], X1=years[unit], Z0=before[others], Z1=before[unit])
    return float(np.mean((before[unit] - before[others] @ fitted.W) ** 2))


def main() -> None:
    warnings.simplefilter("ignore")
    table = made_up_areas(43, 120)
    first_calls(
        "import numpy as np\nfrom nhpf.methods.evaluation import synthetic_control",
        "synthetic_control(np.random.default_rng(1).normal(size=(8, 20)), 0, 15)",
    )
    began = time.perf_counter()
    theirs = [by_pysyncon(table, unit) for unit in TIMED]
    peer = (time.perf_counter() - began) / len(TIMED) * len(table)
    ours = [synthetic_control(table, unit, START, placebos=False).loss for unit in TIMED]
    for unit, our_loss, their_loss in zip(TIMED, ours, theirs, strict=True):
        print(f"  area {unit}: loss before the start {our_loss:.6f}, pysyncon {their_loss:.6f}")
    assert all(our <= their * (1 + 1e-9) for our, their in zip(ours, theirs, strict=True))
    met = report(
        "synthetic control, 43 x 120, all placebos",
        ours=seconds(lambda: synthetic_control(table, 0, START)),
        peer=peer,
        peer_name="pysyncon",
        goal=30,
    )
    for units in (20, 40, 80):
        larger = made_up_areas(units, 120)
        taken = seconds(lambda larger=larger: synthetic_control(larger, 0, START))
        print(f"  {units} areas: {taken:.3f} s")
    finish(met)


if __name__ == "__main__":
    main()
