"""Every likely pair of standard deviation and mixing, weighed by how well it explains the counts.

The lattice is even in the logarithm of the standard deviation and in the angle whose squared sine
is the mixing, on which the prior of the mixing, Beta(1/2, 1/2), is flat. It is climbed to its
highest point and then flooded outwards until what is left is too unlikely to matter. Steps are
about one standard deviation of the posterior: for smooth densities sums over such a lattice are
exact to many digits.
"""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from nhpf.errors import CannotTell
from nhpf.methods.small_areas.propagation import Areas, Fit, Stand, first_stand, fit_at
from nhpf.numerics.inputs import FloatArray

Place: TypeAlias = tuple[int, int]

WORKERS = 2
# First strides, in the log of the sd and in the angle, and bounds of the later ones.
FIRST_STEP, FIRST_ANGLES = 0.4, 6
SMALLEST_STEP, WIDEST_STEP = 0.005, 0.3
FEWEST_ANGLES, MOST_ANGLES = 12, 120
# Stride of the final lattice, in standard deviations of the posterior.
STRIDE = 1.2
# The flood ends where points are less likely than the highest by this much (in logarithms).
TOO_UNLIKELY = 4.5
LOWEST, HIGHEST = math.log(1e-3), math.log(20.0)
MOST_POINTS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Posterior:
    """Fits over the lattice with their weights, which sum to 1."""

    sds: FloatArray
    mixings: FloatArray
    weights: FloatArray
    fits: tuple[Fit, ...]


def explore(areas: Areas) -> Posterior:
    """Return the posterior of standard deviation and mixing, and the fit at each point.

    Raises
    ------
    CannotTell
        A posterior that spreads over more points than the data of a map should leave.
    """
    lattice = _Lattice(areas=areas, step=FIRST_STEP, angles=FIRST_ANGLES)
    top = lattice.climb(lattice.nearest(math.log(0.3), 0.5), first_stand(areas))
    for _ in range(4):
        finer = lattice.finer(top)
        if finer is None:
            break
        stand, where = lattice.fits[top].stand, lattice.summit(top)
        lattice = finer
        top = lattice.climb(lattice.nearest(*where), stand)
    lattice.flood(top)
    return lattice.posterior()


@dataclass(kw_only=True)
class _Lattice:
    areas: Areas
    step: float
    angles: int
    fits: dict[Place, Fit] = field(default_factory=dict)

    def at(self, place: Place) -> tuple[float, float]:
        """Return the log standard deviation and the angle of a place."""
        return place[0] * self.step, (place[1] + 0.5) / self.angles

    def nearest(self, log_sd: float, angle: float) -> Place:
        return round(log_sd / self.step), min(max(int(angle * self.angles), 0), self.angles - 1)

    def score(self, place: Place) -> float:
        """Return the log posterior: half normal with scale 1 for the sd, flat for the angle."""
        log_sd = self.at(place)[0]
        return self.fits[place].log_evidence + log_sd - math.exp(2 * log_sd) / 2

    def around(self, place: Place) -> list[Place]:
        """Return the neighbours of a place that lie on the lattice."""
        i, j = place
        lowest, highest = LOWEST / self.step, HIGHEST / self.step
        sides = [(i - 1, j), (i + 1, j), (i, j - 1), (i, j + 1)]
        return [(a, b) for a, b in sides if lowest <= a <= highest and 0 <= b < self.angles]

    def fit(self, begin: dict[Place, Stand]) -> None:
        """Fit the places that have no fit yet, each from the stand-ins given for it."""
        missing = {place: near for place, near in begin.items() if place not in self.fits}

        def one(place: Place) -> Fit:
            log_sd, angle = self.at(place)
            mixing = math.sin(math.pi * angle / 2) ** 2
            return fit_at(self.areas, sd=math.exp(log_sd), mixing=mixing, stand=missing[place])

        with ThreadPoolExecutor(WORKERS) as pool:
            self.fits.update(zip(missing, pool.map(one, missing), strict=True))

    def climb(self, place: Place, stand: Stand) -> Place:
        """Return the highest place that a walk over neighbours reaches."""
        self.fit({place: stand})
        while True:
            around = self.around(place)
            self.fit(dict.fromkeys(around, self.fits[place].stand))
            best = max([place, *around], key=self.score)
            if best == place:
                return place
            place = best

    def bend(self, place: Place) -> tuple[tuple[float, float], tuple[float, float]]:
        """Return for each direction the slope and the downward curvature, in strides."""
        i, j = place
        here, known = self.score(place), self.around(place)
        found = []
        for down, up in (((i - 1, j), (i + 1, j)), ((i, j - 1), (i, j + 1))):
            if down in known and up in known:
                low, high = self.score(down), self.score(up)
                found.append(((high - low) / 2, 2 * here - low - high))
            else:  # at the edge: take the fall towards the inside as half a parabola's
                inside = self.score(up if up in known else down)
                found.append((0.0, 2 * (here - inside)))
        return found[0], found[1]

    def summit(self, place: Place) -> tuple[float, float]:
        """Return where a parabola through the place and its neighbours is highest."""
        log_sd, angle = self.at(place)
        (slope, curve), (slope_2, curve_2) = self.bend(place)
        along = max(-1.0, min(1.0, slope / max(curve, 1e-9)))
        across = max(-1.0, min(1.0, slope_2 / max(curve_2, 1e-9)))
        return log_sd + along * self.step, angle + across / self.angles

    def finer(self, place: Place) -> _Lattice | None:
        """Return a lattice with the stride wanted, or None if this one has it."""
        (_, curve), (_, curve_2) = self.bend(place)
        step = STRIDE * self.step / math.sqrt(max(curve, 1e-9))
        step = min(max(step, SMALLEST_STEP), WIDEST_STEP)
        width = STRIDE / self.angles / math.sqrt(max(curve_2, 1e-9))
        angles = min(max(math.ceil(1 / width), FEWEST_ANGLES), MOST_ANGLES)
        if self.step <= 1.4 * step and angles <= 1.4 * self.angles:
            return None
        return _Lattice(
            areas=self.areas, step=min(step, self.step), angles=max(angles, self.angles)
        )

    def flood(self, top: Place) -> None:
        """Fit everything around that is likely enough to matter."""
        wet, frontier = {top}, [top]
        while frontier:
            begin: dict[Place, Stand] = {}
            for place in frontier:
                for side in self.around(place):
                    begin.setdefault(side, self.fits[place].stand)
            self.fit(begin)
            if len(self.fits) > MOST_POINTS:
                raise CannotTell("How much these areas differ could not be settled.")
            shore = max(self.score(place) for place in self.fits) - TOO_UNLIKELY
            frontier = [p for p in begin if p not in wet and self.score(p) > shore]
            wet.update(frontier)

    def posterior(self) -> Posterior:
        """Return all places that were fitted, with their weights."""
        places = sorted(self.fits)
        scores = np.array([self.score(place) for place in places])
        weights = np.exp(scores - scores.max())
        where = np.array([self.at(place) for place in places])
        return Posterior(
            sds=np.exp(where[:, 0]),
            mixings=np.sin(np.pi * where[:, 1] / 2) ** 2,
            weights=weights / weights.sum(),
            fits=tuple(self.fits[place] for place in places),
        )
