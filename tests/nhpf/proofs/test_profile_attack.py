"""An attacker of every public profile, over three releases, recovers no withheld count.

Cases are made up. The second release adds a year, the third revises cases and adds a victim late.
Below the nation the attacker has nothing to begin with: whatever the cases are, the profile is the
same to the byte. For the nation it takes every cell of the three profiles with its labels, writes
down which parts make which wholes, and solves for the least and the greatest of each withheld
count. Against the same tables with small counts withheld and nothing else, the attack succeeds.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_array

from nhpf.disclosure import Disclosed
from nhpf.framework import Edition, load_edition
from nhpf.profile import build
from nhpf.profile.cases.shares import DIVISIONS
from nhpf.profile.cases.subtypes import named
from nhpf.profile.versions import build_versions
from nhpf.records import Release, areas, find_area, open_release
from nhpf.records.importing import import_files
from nhpf.records.subtypes import SUBTYPES
from nhpf.records.synthetic_cases import MARKER, SERIES, Place, places_of, synthesise_cases
from nhpf.reports import figures, to_json
from nhpf.reports.tree import Cell, Figure, Interval, Report

NATION = "K04000001"
SLICE = ("E23000001", "E23000028", "E09000012")
THRESHOLD, WIDTH, BASE = 10, 9, 5
REVISED = 10
"""How far the attacker takes a count to have been revised: nobody publishes it."""
FIRST, YEARS = 2022, 3
AGES = {
    **dict.fromkeys(("under 1", "1 to 4", "5 to 9", "10 to 12", "13 to 15"), "0 to 15"),
    **dict.fromkeys(("16 to 17", "18 to 24"), "16 to 24"),
    **{each: each for each in ("25 to 34", "35 to 44", "45 to 54", "55 to 64", "65 and over")},
}
"""The bands of the cases in the groups that are shown."""
KINDS = ("alcohol", "drugs", "sharp")
Name = tuple[str, ...]
Row = dict[str, str]


@dataclass
class System:
    """What the attacker knows: a range for each count, sums, and parts within wholes."""

    low: dict[Name, float] = field(default_factory=dict)
    high: dict[Name, float] = field(default_factory=dict)
    sums: list[tuple[Name, list[Name]]] = field(default_factory=list)
    within: list[tuple[list[Name], Name]] = field(default_factory=list)
    withheld: list[Name] = field(default_factory=list)

    def seen(self, name: Name, low: float = 0, high: float = np.inf) -> Name:
        """Take in a range; further ranges of a count narrow it."""
        self.low[name] = max(self.low.get(name, 0), low)
        self.high[name] = min(self.high.get(name, np.inf), high)
        return name

    def add(self, other: System, release: str) -> None:
        """Take in what one release shows, under names of its own."""
        for name in other.low:
            self.seen((release, *name), other.low[name], other.high[name])
        self.sums += [((release, *t), [(release, *p) for p in ps]) for t, ps in other.sums]
        self.within += [([(release, *p) for p in ps], (release, *t)) for ps, t in other.within]
        self.withheld += [(release, *name) for name in other.withheld]

    def ranges(self, asked: Iterable[Name]) -> dict[Name, tuple[int, int]]:
        """Return the least and greatest whole number that each count can be."""
        at = {name: index for index, name in enumerate(self.low)}
        equal = self._matrix([(ps, t) for t, ps in self.sums], at)
        less = self._matrix(self.within, at)
        bounds = [(self.low[name], min(self.high[name], 1e6)) for name in at]
        found = {}
        for name in asked:
            ends = []
            for sign in (1, -1):
                goal = np.zeros(len(at))
                goal[at[name]] = sign
                solved = linprog(
                    goal,
                    A_eq=equal,
                    b_eq=np.zeros(equal.shape[0]),
                    A_ub=less,
                    b_ub=np.zeros(less.shape[0]),
                    bounds=bounds,
                )
                assert solved.status == 0, solved.message
                ends.append(solved.x[at[name]])
            found[name] = (int(np.ceil(ends[0] - 1e-6)), int(np.floor(ends[1] + 1e-6)))
        return found

    @staticmethod
    def _matrix(lines: list[tuple[list[Name], Name]], at: Mapping[Name, int]) -> csr_array:
        entries = [
            (row, at[name], sign)
            for row, (parts, whole) in enumerate(lines)
            for name, sign in [*((part, 1.0) for part in parts), (whole, -1.0)]
        ]
        rows, columns, signs = zip(*entries, strict=True)
        return csr_array((signs, (rows, columns)), shape=(len(lines), len(at)))

    def contradicted(self, truth: Mapping[Name, int]) -> list[object]:
        """Return what the truth does not keep: the attacker must not know what is not so."""
        out: list[object] = [
            name
            for name in self.low
            if name[0] != "crossing" and not self.low[name] <= truth.get(name, 0) <= self.high[name]
        ]
        out += [(t, ps) for t, ps in self.sums if truth[t] != sum(truth.get(p, 0) for p in ps)]
        return out + [
            (ps, t) for ps, t in self.within if truth.get(t, 0) < sum(truth.get(p, 0) for p in ps)
        ]


def plain(cell: Cell) -> float | None:
    """Return the number that a cell shows; None where it is withheld."""
    value = cell.value if isinstance(cell, Disclosed) else cell
    value = value.estimate if isinstance(value, Interval) else value
    return None if value is None else float(value)


def range_of(cell: Cell) -> tuple[float, float] | None:
    """Return what a reader knows of a count that is shown; None where it is withheld."""
    value = plain(cell)
    if value is None:
        return None
    return max(value - BASE // 2, THRESHOLD), value + (BASE - 1) // 2


def as_read(report: Report) -> System:
    """Return what a reader of the nation's profile can write down."""
    held = {each.id: each for each in figures(report)}
    known = System()
    total = sum(plain(row[1]) or 0 for row in held["cases-by-year"].table.rows)
    known.seen(("all",), total, total)
    for division in DIVISIONS:
        if division.id in held:
            words = {word: name for name, word in division.words.items()}
            _divided(known, held[division.id], division.breakdown, words)
    if "victims-by-sex" in held:
        sexes = {"Female": "female", "Male": "male"}
        _divided(known, held["victims-by-sex"], "victim_sex", sexes)
    if "rates-by-ethnic-group" in held:
        groups = {each: each.lower() for each in ("Asian", "Black", "Mixed", "Other", "White")}
        _divided(known, held["rates-by-ethnic-group"], "victim_ethnicity", groups)
    subtypes = {named(each): each for each in (*SUBTYPES, "none of the seven")}
    _divided(known, held["subtypes"], "subtype", subtypes)
    _crossed(known, held["within-subtypes"])
    if "rates-by-age" in held:
        _aged(known, held["rates-by-age"])
    if "pinch-points" in held:
        _pinched(known, held["pinch-points"])
    return known


def _divided(known: System, figure: Figure, breakdown: str, words: Mapping[str, str]) -> None:
    """Take in a division of all victims; what is not known makes up the whole."""
    for row in figure.table.rows:
        _take(known, (breakdown, words[str(row[0])]), row[1])
    for name in words.values():
        known.seen((breakdown, name))
    told = re.search(r"(?:Not known for|victims) ([\d,]+) (?:of|lack)", " ".join(figure.caveats))
    rest = range_of(int(told[1].replace(",", ""))) if told else (0, np.inf)
    assert rest is not None
    known.seen((breakdown, "rest"), *rest)
    parts: list[Name] = [(breakdown, name) for name in (*words.values(), "rest")]
    known.sums.append((("all",), parts))


def _aged(known: System, figure: Figure) -> None:
    """Take in victims by age: a group is the sum of its bands, each rounded by itself."""
    parts: list[Name] = []
    for row in figure.table.rows:
        bands = sum(group == row[0] for group in AGES.values())
        seen = range_of(row[1])
        spread = (BASE // 2) * (bands - 1)
        ends = (seen[0] - spread, seen[1] + spread) if seen else (0, np.inf)
        parts.append(known.seen(("age", str(row[0])), *ends))
        if seen is None:
            known.withheld.append(parts[-1])
    known.sums.append((("all",), [*parts, known.seen(("age", "rest"))]))


def _pinched(known: System, figure: Figure) -> None:
    """Take in crossings: each is a part of its relationship, its place and its circumstance."""
    if figure.table.columns[1].key != "victims":
        return
    places = {"home": "residential", "public space": "public space", "another place": "other"}
    asked = {"alcohol recorded": "alcohol_related", "drugs recorded": "drug_related"}
    for row in figure.table.rows:
        relationship, place, what = str(row[0]).split(", ")
        cell = known.seen(("crossing", str(row[0])), *(range_of(row[1]) or (0, np.inf)))
        place = re.sub("^in (a )?", "", place)
        for name in (
            ("relationship", relationship.lower()),
            ("place_type", places[place]),
            (asked[what], "yes") if what in asked else ("method", what),
        ):
            known.within.append(([cell], known.seen(name)))


def _take(known: System, name: Name, cell: Cell) -> None:
    seen = range_of(cell)
    known.seen(name, *(seen or (0, np.inf)))
    if seen is None:
        known.withheld.append(name)


def _crossed(known: System, figure: Figure) -> None:
    """Take in alcohol, drugs and sharp instruments within each sub-type."""
    subtypes = {named(each): each for each in SUBTYPES}
    margins = {
        "alcohol": ("alcohol_related", "yes"),
        "drugs": ("drug_related", "yes"),
        "sharp": ("method", "sharp instrument"),
    }
    for at, kind in enumerate(KINDS):
        parts: list[Name] = []
        for row in figure.table.rows:
            subtype = subtypes[str(row[0])]
            yes, no, both = [(kind, subtype, each) for each in ("yes", "no", "known")]
            count, share = (plain(cell) for cell in row[1 + 2 * at : 3 + 2 * at])
            _take(known, yes, count)
            known.seen(no)
            # The share is that of two rounded counts: the whole follows, unless it is all of it.
            whole = round(count / share) if count and share and share < 1 else None
            known.seen(both, *(range_of(whole) or (0, np.inf)))
            known.sums.append((both, [yes, no]))
            known.within.append(([both], ("subtype", subtype)))
            parts.append(yes)
        if margins[kind] in known.low:
            known.within.append((parts, margins[kind]))


def true_counts(release: Release) -> dict[Name, int]:
    """Count the cases, which no reader can."""
    rows = release.query("homicide_cases", level="force")
    truth: dict[Name, int] = {}
    for breakdown, category, n in zip(
        *(rows[each].tolist() for each in ("breakdown", "category", "victims")), strict=True
    ):
        for name in ((breakdown, category), *([("all",)] if breakdown == "subtype" else [])):
            truth[name] = truth.get(name, 0) + n
        if breakdown == "victim_age_band" and category in AGES:
            group = ("age", AGES[category])
            truth[group] = truth.get(group, 0) + n
    span = {"first": FIRST, "last": FIRST + YEARS}
    rows = release.query("homicide_cases_within_subtypes", level="force", **span)
    for at, subtype in enumerate(rows["subtype"].tolist()):
        for kind in KINDS:
            yes, both = int(rows[kind][at]), int(rows[f"{kind}_known"][at])
            for each, n in (("yes", yes), ("no", both - yes), ("known", both)):
                truth[kind, subtype, each] = truth.get((kind, subtype, each), 0) + n
    return truth


def with_rest(known: System, truth: Mapping[Name, int]) -> dict[Name, int]:
    """Return the counts with what each division leaves: those of whom it is not known."""
    rest = {
        parts[-1]: truth[whole] - sum(truth.get(each, 0) for each in parts[:-1])
        for whole, parts in known.sums
        if whole == ("all",)
    }
    return {**truth, **rest}


def plainly(known: System, truth: Mapping[Name, int]) -> System:
    """Return the same tables with small counts withheld and everything else as it is."""
    plain = System(sums=known.sums, within=known.within)
    for name in known.low:
        n = truth.get(name, 0)
        is_shown = n >= THRESHOLD
        plain.seen(name, *((n, n) if is_shown else (0, np.inf)))
        if not is_shown:
            plain.withheld.append(name)
    return plain


def over_releases(read: Mapping[str, System]) -> System:
    """Put three releases together: a year more, then revisions of which nobody says how many."""
    known = System()
    for release, each in read.items():
        known.add(each, release)
    for name in read["first"].low:
        one, two, three = ((release, *name) for release in ("first", "second", "third"))
        if two in known.low and three in known.low:
            known.sums.append((two, [one, known.seen(("added", *name))]))
            raised, lowered = (
                known.seen((way, *name), 0, REVISED) for way in ("raised", "lowered")
            )
            # third = second + raised - lowered, written with parts on one side only.
            both = known.seen(("both", *name))
            known.sums += [(both, [three, lowered]), (both, [two, raised])]
    return known


def narrowed(known: System, truth: Mapping[Name, int]) -> dict[Name, tuple[int, int]]:
    """Return the withheld small counts that are told more closely than the rule tells them."""
    small = [name for name in known.withheld if truth.get(name, 0) < THRESHOLD]
    return {
        name: ends
        for name, ends in known.ranges(small).items()
        if not (ends[0] <= 0 and ends[1] >= THRESHOLD - 1)
    }


@cache
def edition() -> Edition:
    return load_edition()


def made_up(folder: Path, seed: int, small_areas: int) -> list[Row]:
    """Return made-up cases of three years, of a few small areas of each force.

    The counts are then small, as they are where a nation's are split finely.
    """
    places: dict[str, list[Place]] = {}
    for place in places_of():
        places.setdefault(place.force, []).append(place)
    some = [each for held in places.values() for each in held[:small_areas]]
    made = synthesise_cases(folder, some, rng=seed, first_year=FIRST, years=YEARS)
    with made.files["homicide_cases"][0].open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def revised(rows: list[Row], rng: np.random.Generator) -> list[Row]:
    """Return cases of which some have another method or relationship, and one came late."""
    changed = [dict(row) for row in rows]
    for at in rng.choice(len(rows), 6, replace=False).tolist():
        changed[at]["method"] = "blunt instrument"
        changed[at]["alcohol_related"] = "no"
    for at in rng.choice(len(rows), 2, replace=False).tolist():
        changed[at]["domestic"] = "yes" if changed[at]["domestic"] == "no" else "no"
    late = {**rows[0], "case_id": "H999999"}
    return [*changed, late]


def released(folder: Path, rows: list[Row]) -> Release:
    """Put cases into a release of their own."""
    folder.mkdir(parents=True)
    (folder / MARKER).write_text(f"{SERIES}\n", encoding="utf-8")
    path = folder / "homicide_cases_SYNTHETIC.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    import_files("homicide_cases", [path], root=folder / "data")
    return open_release(root=folder / "data")


def three_releases(folder: Path, seed: int, small_areas: int) -> dict[str, Release]:
    """Return a release, one with a year more, and one with that revised."""
    rows = made_up(folder / "made", seed, small_areas)
    early = [row for row in rows if row["recorded_month"] < str(FIRST + YEARS - 1)]
    late = revised(rows, np.random.default_rng(seed))
    return {
        name: released(folder / name, held)
        for name, held in (("first", early), ("second", rows), ("third", late))
    }


@dataclass(frozen=True)
class Outcome:
    """What an attack on three releases found."""

    withheld: int
    narrowed: dict[Name, tuple[int, int]]
    plain: dict[Name, tuple[int, int]]


def attacked(releases: Mapping[str, Release]) -> Outcome:
    """Attack the nation's three public profiles together, and one of them in its plain version."""
    area = find_area(NATION, releases["first"])
    read: dict[str, System] = {}
    truth: dict[Name, int] = {}
    wrong: list[object] = []
    for name, release in releases.items():
        read[name] = as_read(build(area, release=release, edition=edition()))
        counted = with_rest(read[name], true_counts(release))
        wrong += read[name].contradicted(counted)
        truth |= {(name, *each): n for each, n in counted.items()}
    assert wrong == [], "the attacker must not know what is not so"
    together, bare = over_releases(read), plainly(read[name], counted)
    return Outcome(len(together.withheld), narrowed(together, truth), narrowed(bare, counted))


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Release]:
    return three_releases(tmp_path_factory.mktemp("attack"), seed=1, small_areas=120)


def told(release: Release, code: str) -> str:
    """Return all that the public profile of an area says, without the release's name.

    The list of what is withheld is in it.
    """
    made = build_versions(find_area(code, release), release=release, edition=edition())
    return to_json(made["public"]).replace(release.id, "")


def depends_on_cases(releases: Mapping[str, Release], codes: Iterable[str]) -> list[str]:
    """Return the areas whose public profile is not the same to the byte in all releases."""
    return [code for code in codes if len({told(each, code) for each in releases.values()}) > 1]


def test_no_public_profile_below_the_nation_depends_on_a_case(
    releases: dict[str, Release],
) -> None:
    """Whatever the cases are, the same bytes: no count of them leaves, small or large."""
    assert depends_on_cases(releases, SLICE) == []
    assert depends_on_cases(releases, [NATION]) == [NATION]


def test_three_releases_narrow_no_small_count_of_the_nation_and_the_attack_can_bite(
    releases: dict[str, Release],
) -> None:
    found = attacked(releases)
    assert found.withheld > 20
    assert found.narrowed == {}
    assert len(found.plain) > 10


@pytest.mark.prove
def test_no_public_profile_of_any_area_below_the_nation_depends_on_a_case(
    releases: dict[str, Release],
) -> None:
    held = releases["first"]
    boroughs = [each.code for each in areas(held, "local_authority") if each.code[:3] == "E09"]
    codes = [*(each.code for each in areas(held, "force")), *boroughs]
    assert len(codes) == 43 + 33
    assert depends_on_cases(releases, codes) == []


@pytest.mark.prove
def test_of_many_made_up_nations_none_is_laid_open(tmp_path: Path) -> None:
    withheld, bitten = 0, 0
    for seed in range(100, 120):
        size = (140, 160, 180, 250)[seed % 4]
        found = attacked(three_releases(tmp_path / str(seed), seed, size))
        assert found.narrowed == {}, seed
        withheld += found.withheld
        bitten += bool(found.plain)
    assert withheld > 300
    assert bitten >= 18
