"""The screen over many made-up nations: how many raised forces it finds, how many finds are false.

``pytest -s`` prints the rates with their Monte Carlo errors.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from nhpf.errors import CannotTell
from nhpf.framework import load_edition
from nhpf.profile.cases.subtypes import FALSE_FINDS
from nhpf.profile.scope import Scope
from nhpf.profile.screen import signals
from nhpf.records import areas, open_release
from nhpf.records.importing import import_files
from nhpf.records.subtypes import SUBTYPES
from nhpf.records.synthetic_cases import places_of, synthesise_cases

pytestmark = pytest.mark.prove
NATIONS = 40
FORCES = ("E23000003", "E23000012", "E23000020", "E23000028", "E23000036")
RAISED = frozenset((force, SUBTYPES[4]) for force in FORCES)
TIMES = 3.0


def found_in(folder: Path, seed: int) -> frozenset[tuple[str, str]]:
    """Return what the screen finds in every force of a made-up nation."""
    raised = {force: {subtype: TIMES} for force, subtype in RAISED}
    made = synthesise_cases(folder / "made", places_of(), rng=seed, raised=raised)
    path, _ = made.files["homicide_cases"]
    import_files("homicide_cases", [path], root=folder / "data")
    release, edition = open_release(root=folder / "data"), load_edition()
    found = set()
    for area in areas(release, "force"):
        try:
            each = signals(Scope(area, release, edition, "restricted"))
        except CannotTell:  # The City of London may have no case at all.
            continue
        found |= {(area.code, signal.subtype) for signal in each}
    return frozenset(found)


def mean(values: list[float]) -> tuple[float, float]:
    """Return a mean with its Monte Carlo error."""
    return float(np.mean(values)), float(np.std(values, ddof=1) / np.sqrt(len(values)))


def test_raised_forces_are_found_and_false_finds_stay_within_the_stated_rate(
    tmp_path: Path,
) -> None:
    power, false, proportion = [], [], []
    for seed in range(1000, 1000 + NATIONS):
        found = found_in(tmp_path / str(seed), seed)
        power.append(len(found & RAISED) / len(RAISED))
        false.append(float(len(found - RAISED)))
        proportion.append(len(found - RAISED) / max(1, len(found)))
    for what, values in (("found", power), ("false", false), ("of finds false", proportion)):
        print(what, *(f"{each:.3f}" for each in mean(values)))  # noqa: T201
    share, error = mean(proportion)
    assert share - 2 * error <= FALSE_FINDS
    assert mean(power)[0] > 0.9
