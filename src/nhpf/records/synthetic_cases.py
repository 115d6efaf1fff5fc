"""Made-up homicide cases, near misses and hospital attendances: profiles filled without a record.

Nobody in them lived. They let every section of a profile be seen, taught and tested before a force
has put its own records in, and they are marked as made up wherever they go.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import nhpf
from nhpf.errors import InvalidInput
from nhpf.numerics.permutation import generator
from nhpf.records.subtypes import NONE_OF_THE_SEVEN, SUBTYPES

MARKER = "SYNTHETIC.txt"
SERIES = "SYNTHETIC records: made-up cases, nobody of them lived"
VICTIMS_A_YEAR = 640
NEAR_MISSES_A_VICTIM, ATTENDANCES_A_VICTIM = 12, 20
EVENING = np.array([4, 4, 3, 2, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 6], float)
"""How often harm falls in each hour of the day, midnight first."""

Shares = Mapping[str, float]

# Of a hundred victims. Invented to be near the national picture, and no estimate of it.
ALL_KINDS = (*SUBTYPES, NONE_OF_THE_SEVEN)
SUBTYPE_SHARES = dict(zip(ALL_KINDS, (14, 8, 18, 8, 21, 16, 9, 6), strict=True))
YOUNG: Shares = {"16 to 17": 3, "18 to 24": 7}
ADULT: Shares = {"25 to 34": 30, "35 to 44": 26, "45 to 54": 20, "55 to 64": 13, "65 and over": 11}
ANY_ADULT: Shares = {**YOUNG, **ADULT}
CHILD: Shares = {"under 1": 4, "1 to 4": 2, "5 to 9": 1, "10 to 12": 1, "13 to 15": 2}
IN_PUBLIC: Shares = {"public space": 1}
HOME: Shares = {"residential": 88, "other": 8, "public space": 4}
ANYWHERE: Shares = {"residential": 55, "public space": 30, "other": 15}
FAMILY: Shares = {"partner or former partner": 62, "parent killed by child": 22, "other family": 16}
NOT_FAMILY: Shares = {
    "friend or acquaintance": 48,
    "stranger": 30,
    "no suspect": 14,
    "not known": 8,
}
PARENTS: Shares = {"child killed by parent": 75, "friend or acquaintance": 15, "not known": 10}


@dataclass(frozen=True, slots=True)
class Kind:
    """What the victims of one sub-type are like."""

    sex: str
    domestic: str
    ages: Shares
    places: Shares
    relationships: Shares
    sharp: float


KINDS = dict(
    zip(
        ALL_KINDS,
        (
            Kind("female", "yes", ANY_ADULT, HOME, FAMILY, 0.38),
            Kind("male", "yes", ANY_ADULT, HOME, FAMILY, 0.45),
            Kind("male", "no", {**YOUNG, "13 to 15": 1}, IN_PUBLIC, NOT_FAMILY, 0.76),
            Kind("female", "no", ANY_ADULT, ANYWHERE, NOT_FAMILY, 0.26),
            Kind("male", "no", ADULT, IN_PUBLIC, NOT_FAMILY, 0.37),
            Kind("male", "no", ADULT, {"residential": 1}, NOT_FAMILY, 0.40),
            Kind("male", "no", CHILD, {"residential": 90, "other": 10}, PARENTS, 0.08),
            Kind("male", "no", ANY_ADULT, {"other": 1}, NOT_FAMILY, 0.30),
        ),
        strict=True,
    )
)
BLUNT = {
    "hitting or kicking": 34,
    "blunt instrument": 13,
    "strangulation or asphyxiation": 14,
    "shooting": 9,
    "other": 22,
    "not known": 8,
}
OFFENCES: Shares = {"murder": 68, "manslaughter": 32}
ETHNIC_GROUPS: Shares = {
    "white": 66,
    "black": 15,
    "asian": 10,
    "mixed": 3,
    "other": 2,
    "not known": 4,
}
ALCOHOL: Shares = {"yes": 30, "no": 50, "not known": 20}
DRUGS: Shares = {"yes": 34, "no": 46, "not known": 20}
SUSPECT_AGES: Shares = {
    "0 to 15": 4,
    "16 to 24": 34,
    "25 to 34": 28,
    "35 to 44": 18,
    "45 to 54": 10,
    "55 to 64": 4,
    "65 and over": 2,
}
STREET = "street or other public space"
NEAR_MISS_PLACES: Shares = {"home": 38, STREET: 47, "licensed premises": 9, "other": 6}
WEAPONS: Shares = {
    "body part": 66,
    "knife or other sharp object": 9,
    "blunt object": 12,
    "other": 13,
}
ASSAULT_PLACES: Shares = {STREET: 46, "home": 26, "licensed premises": 16, "other": 12}
PATIENTS: Shares = {"10 to 15": 5, "16 to 17": 6, "18 to 24": 31, "25 to 34": 28, "35 to 44": 30}
NEAR_MISS = {
    "Attempted murder": ("2", 3.0),
    "Assault with intent to cause serious harm": ("5D", 62.0),
    "Threats to kill": ("3B", 35.0),
}
SITES = 160
"""Made-up hospital sites, numbered."""


@dataclass(frozen=True, slots=True)
class Place:
    """A small area with the local authority and the force that it lies in."""

    lsoa: str
    local_authority: str
    force: str


@dataclass(frozen=True, slots=True)
class Made:
    """The files that were written, each with its number of rows, by the name of its source."""

    folder: Path
    files: Mapping[str, tuple[Path, int]]
    series: str = SERIES


def synthesise_cases(
    folder: Path,
    places: Sequence[Place],
    *,
    rng: np.random.Generator | int,
    first_year: int = 2015,
    years: int = 10,
    raised: Mapping[str, Mapping[str, float]] | None = None,
) -> Made:
    """Write made-up homicide cases, near misses and hospital attendances of the places given.

    Parameters
    ----------
    folder : pathlib.Path
        Made if it is not there; ``SYNTHETIC.txt`` beside the files marks them for the importer.
    places : sequence of Place
        Where harm can happen, each as likely as any other of its kind; the nation's small areas
        give about 640 victims a year, fewer places give fewer.
    rng : numpy.random.Generator or int
        The same seed gives the same rows.
    first_year, years : int
        Calendar years, whole.
    raised : mapping of force code to mapping of sub-type to float, optional
        How many times as often as elsewhere victims of a sub-type fall in a force.

    Raises
    ------
    InvalidInput
        If there is no place or no year.
    """
    if not places or years < 1:
        raise InvalidInput(
            "Made-up cases need at least one place and one year.",
            where=f"{len(places)} places, {years} years",
        )
    random = generator(rng)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARKER).write_text(f"{SERIES}\ncode_version: {nhpf.__version__}\n", encoding="utf-8")
    # About 35,672 small areas make the nation.
    size = VICTIMS_A_YEAR * years * len(places) / 35_672
    span = _Span(first_year, years)
    sources = {
        "homicide_cases": _cases(places, size, span, raised or {}, random),
        "crime_events": _near_misses(places, int(size * NEAR_MISSES_A_VICTIM) + 1, span, random),
        "hospital_assaults": _attendances(
            places, int(size * ATTENDANCES_A_VICTIM) + 1, span, random
        ),
    }
    files = {}
    for source, rows in sources.items():
        path = folder / f"{source}_SYNTHETIC.csv"
        files[source] = (path, _write(path, rows))
    return Made(folder, files)


@dataclass(frozen=True, slots=True)
class _Span:
    first_year: int
    years: int

    def moments(self, n: int, random: np.random.Generator) -> np.ndarray:
        """Return moments to the minute, evenings and nights the most likely, in order."""
        start = np.datetime64(f"{self.first_year}-01-01", "D")
        days = int(
            (np.datetime64(f"{self.first_year + self.years}-01-01", "D") - start).astype(int)
        )
        hour = random.choice(24, n, p=EVENING / EVENING.sum())
        minutes = random.integers(0, days, n) * 1440 + hour * 60 + random.integers(0, 60, n)
        moments: np.ndarray = start.astype("datetime64[m]") + np.sort(minutes).astype(
            "timedelta64[m]"
        )
        return moments


def _cases(
    places: Sequence[Place],
    size: float,
    span: _Span,
    raised: Mapping[str, Mapping[str, float]],
    random: np.random.Generator,
) -> Iterable[dict[str, str]]:
    forces = np.array([place.force for place in places])
    # Forces differ, as they do: a gamma with a coefficient of variation of a quarter.
    level = {force: random.gamma(16, 1 / 16) for force in np.unique(forces)}
    weights = np.array([level[force] for force in forces])
    drawn: list[tuple[int, str]] = []
    for subtype, share in SUBTYPE_SHARES.items():
        factor = [raised.get(force, {}).get(subtype, 1.0) for force in forces]
        expected = size * share / 100 * weights * factor / weights.sum()
        counts = random.poisson(expected)
        drawn += [(place, subtype) for place in np.repeat(np.arange(len(places)), counts).tolist()]
    random.shuffle(drawn)
    for number, ((place, subtype), moment) in enumerate(
        zip(drawn, span.moments(len(drawn), random), strict=True), 1
    ):
        yield _case(number, places[place], KINDS[subtype], moment, random)


def _case(
    number: int, place: Place, kind: Kind, moment: np.datetime64, random: np.random.Generator
) -> dict[str, str]:
    is_sharp = random.random() < kind.sharp
    relationship = _one(kind.relationships, random)
    has_suspect = relationship != "no suspect"
    sex = _one({"female": 45, "male": 55}, random) if kind.ages is CHILD else kind.sex
    return {
        "case_id": f"H{number:06d}",
        "force": place.force,
        "local_authority": place.local_authority,
        "recorded_month": str(moment)[:7],
        "offence": _one(OFFENCES, random),
        "victim_age_band": _one(kind.ages, random),
        "victim_sex": sex,
        "victim_ethnicity": _one(ETHNIC_GROUPS, random),
        "domestic": kind.domestic,
        "relationship": relationship,
        "place_type": _one(kind.places, random),
        "method": "sharp instrument" if is_sharp else _one(BLUNT, random),
        "alcohol_related": _one(ALCOHOL, random),
        "drug_related": _one(DRUGS, random),
        "solved": "no" if not has_suspect or random.random() < 0.04 else "yes",
        "suspects": str(1 + random.poisson(0.5)) if has_suspect else "0",
        "suspect_sex": _one({"male": 91, "female": 9}, random) if has_suspect else "",
        "suspect_age_band": _one(SUSPECT_AGES, random) if has_suspect else "",
    }


def _near_misses(
    places: Sequence[Place], n: int, span: _Span, random: np.random.Generator
) -> Iterable[dict[str, str]]:
    kinds = {name: share for name, (_, share) in NEAR_MISS.items()}
    spots = random.integers(0, len(places), n).tolist()
    for number, (place, moment) in enumerate(zip(spots, span.moments(n, random), strict=True), 1):
        kind = _one(kinds, random)
        # A third were found later: nobody knows to the hour when they happened.
        lasted = 0 if random.random() < 0.67 else int(random.integers(60, 900))
        is_knife = random.random() < 0.4
        yield {
            "event_id": f"SYN{number:07d}",
            "force": places[place].force,
            "month": str(moment)[:7],
            "offence_code": NEAR_MISS[kind][0],
            "category": kind,
            "time_from": _time(moment),
            "time_to": _time(moment + np.timedelta64(lasted, "m")),
            "lsoa": places[place].lsoa,
            "place_type": _one(NEAR_MISS_PLACES, random),
            "method": "knife or other sharp object" if is_knife else "body part",
            "victim_sex": _one({"male": 70, "female": 30}, random),
            "domestic": _one({"yes": 28, "no": 72}, random),
        }


def _attendances(
    places: Sequence[Place], n: int, span: _Span, random: np.random.Generator
) -> Iterable[dict[str, str]]:
    spots = random.integers(0, len(places), n).tolist()
    for place, moment in zip(spots, span.moments(n, random), strict=True):
        yield {
            "site_code": f"SYN{place % SITES:03d}",
            "arrival_time": _time(moment + np.timedelta64(int(random.integers(20, 400)), "m")),
            "assault_time": _time(moment),
            "assault_method": _one(WEAPONS, random),
            "assault_location_type": _one(ASSAULT_PLACES, random),
            "lsoa": places[place].lsoa,
            "age_band": _one(PATIENTS, random),
            "sex": _one({"male": 74, "female": 26}, random),
        }


def _one(shares: Shares, random: np.random.Generator) -> str:
    """Draw one of some words, each as often as its share of the total."""
    at = random.random() * sum(shares.values())
    for word, share in shares.items():
        at -= share
        if at < 0:
            return word
    return word


def _time(moment: np.datetime64) -> str:
    return str(moment).replace("T", " ")


def _write(path: Path, rows: Iterable[dict[str, str]]) -> int:
    written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        for row in rows:
            if not written:
                table = csv.DictWriter(file, list(row))
                table.writeheader()
            table.writerow(row)
            written += 1
    return written


def places_of(forces: Iterable[str] = ()) -> tuple[Place, ...]:
    """Return the small areas of some police force areas, by code; of all where none is named.

    Raises
    ------
    InvalidInput
        If a code is no police force area's.
    """
    from nhpf.records.events import LEVELS, look_up

    table = look_up().select(list(LEVELS.values())).to_pylist()
    asked = frozenset(forces)
    lsoa, local_authority, force = (
        LEVELS[level] for level in ("lsoa", "local_authority", "force_area")
    )
    if unknown := asked - {row[force] for row in table}:
        raise InvalidInput(
            "There is no such police force area.",
            where=", ".join(sorted(unknown)),
            next_step="Give the area's code, such as E23000039 for Thames Valley.",
        )
    kept = {row[lsoa]: row for row in table if not asked or row[force] in asked}
    return tuple(Place(row[lsoa], row[local_authority], row[force]) for row in kept.values())
