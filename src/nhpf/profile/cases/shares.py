"""Who was killed, how, where and by whom: shares here beside the shares in all other areas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nhpf.disclosure import Disclosed
from nhpf.methods import rates
from nhpf.profile.cases.held import NOT_KNOWN, TABLE, Cases
from nhpf.profile.wording import as_interval, listed, percent, share_in_words, small
from nhpf.reports.charts.specs import Bars, Point
from nhpf.reports.tree import Cell, Column, Figure, Table
from nhpf.reports.words import number

if TYPE_CHECKING:
    from nhpf.methods.rates import Proportion
    from nhpf.profile.scope import Scope


@dataclass(frozen=True, slots=True)
class Division:
    """One way to divide the victims: the figure's id, what is divided, the categories' words."""

    id: str
    breakdown: str
    heading: str
    said: str
    words: dict[str, str]
    caveats: tuple[str, ...] = ()


def _same(*names: str) -> dict[str, str]:
    return {name: f"{name[0].upper()}{name[1:]}" for name in names}


DIVISIONS = (
    Division(
        "cases-method",
        "method",
        "Method",
        "apparent method of killing",
        _same(
            "sharp instrument",
            "blunt instrument",
            "shooting",
            "hitting or kicking",
            "strangulation or asphyxiation",
            "other",
        ),
    ),
    Division(
        "cases-relationship",
        "relationship",
        "Principal suspect was",
        "relationship of the principal suspect to the victim",
        _same(
            "partner or former partner",
            "parent killed by child",
            "child killed by parent",
            "other family",
            "friend or acquaintance",
            "stranger",
            "no suspect",
        ),
    ),
    Division(
        "cases-place",
        "place_type",
        "Kind of place",
        "kind of place",
        _same("residential", "public space", "other"),
    ),
    Division(
        "cases-domestic",
        "domestic",
        "Domestic",
        "suspect a partner, former partner or relative aged 16 or over",
        {"yes": "Domestic", "no": "Not domestic"},
        ("Suicides after domestic abuse are not among homicides.",),
    ),
    Division(
        "cases-alcohol",
        "alcohol_related",
        "Alcohol",
        "alcohol recorded for victim or suspect",
        {"yes": "Recorded", "no": "Recorded that not"},
        ("Alcohol is recorded where somebody asked.",),
    ),
    Division(
        "cases-drugs",
        "drug_related",
        "Drugs",
        "drugs recorded for victim or suspect",
        {"yes": "Recorded", "no": "Recorded that not"},
        ("Drugs are recorded where somebody asked; use and dealing are not told apart.",),
    ),
    Division(
        "cases-solved",
        "solved",
        "Solved",
        "a suspect charged, or proceedings ended",
        {"yes": "Solved", "no": "Unsolved"},
        ("Recent cases have had less time to be solved.",),
    ),
    Division(
        "cases-suspect-age",
        "suspect_age_band",
        "Age of the principal suspect",
        "age of the principal suspect at the offence",
        _same("0 to 15", "16 to 24", "25 to 34", "35 to 44", "45 to 54", "55 to 64", "65 and over"),
        ("Only victims with a suspect whose age is known.",),
    ),
    Division(
        "cases-suspect-sex",
        "suspect_sex",
        "Sex of the principal suspect",
        "sex of the principal suspect",
        {"male": "Male", "female": "Female"},
        ("Only victims with a suspect whose sex is known.",),
    ),
)


def figures(
    scope: Scope, cases: Cases, divisions: tuple[Division, ...] = DIVISIONS
) -> tuple[Figure, ...]:
    """Return a figure of each division of which something is known."""
    made = (_figure(scope, cases, each) for each in divisions)
    return tuple(each for each in made if each is not None)


def _figure(scope: Scope, cases: Cases, division: Division) -> Figure | None:
    shown = cases.shown(division.breakdown, division.words)
    here = {name: shown[name] for name in division.words}
    there = {name: cases.elsewhere(division.breakdown).get(name, 0) for name in division.words}
    shares, beside = _shares(here), _shares({name: Disclosed(n) for name, n in there.items()})
    if not shares:
        return None
    unknown = shown.get(NOT_KNOWN, Disclosed(0)).value
    most = max(shares, key=lambda name: shares[name].count)
    return Figure(
        id=division.id,
        title=_title(scope, division, shares, beside, most),
        subtitle=f"Victims by {division.said}, {scope.place}, {cases.period}, series: force "
        "homicide records; Wilson 95% intervals",
        reading=f"{division.words[most]}: {_said(shares[most])}.",
        chart=Bars(
            tuple(
                Point(division.words[name], 100 * each.estimate, 100 * each.low, 100 * each.high)
                for name, each in shares.items()
            ),
            unit="% of victims where it is known",
        ),
        table=Table(
            f"Victims by {division.said}, {scope.place}, {cases.period}",
            _columns(division, has_others=bool(beside)),
            tuple(
                (
                    division.words[name],
                    here[name] if here[name].is_withheld else here[name].value,
                    _cell(shares, name),
                    *((_cell(beside, name),) if beside else ()),
                )
                for name in division.words
            ),
        ),
        provenance=scope.provenance(TABLE, period=cases.period),
        caveats=(
            *division.caveats,
            *(
                (f"Not known for {number(unknown)} of {number(cases.victims)} victims.",)
                if unknown
                else ()
            ),
        ),
        method="Shares, of victims where it is known, have Wilson intervals.",
    )


def _columns(division: Division, *, has_others: bool) -> tuple[Column, ...]:
    columns = (
        Column("category", division.heading),
        Column("victims", "Victims", "count"),
        Column("share", "Share here", "share"),
    )
    others = Column("elsewhere", "Share in all other areas", "share")
    return (*columns, others) if has_others else columns


def _shares(counts: dict[str, Disclosed]) -> dict[str, Proportion]:
    """Return the share of each count that is shown among all that are shown."""
    shown = {name: int(each.value) for name, each in counts.items() if each.value is not None}
    whole = sum(shown.values())
    return {name: rates.proportion(n, whole) for name, n in shown.items()} if whole else {}


def _title(
    scope: Scope,
    division: Division,
    shares: dict[str, Proportion],
    beside: dict[str, Proportion],
    most: str,
) -> str:
    unlike = [
        small(division.words[name])
        for name, share in shares.items()
        if (other := beside.get(name)) and (share.low > other.high or share.high < other.low)
    ]
    if unlike:
        return f"{division.heading}: {scope.place} differs from other areas in {listed(unlike)}"
    part = f"{percent(shares[most].estimate)} of homicides in {scope.place}"
    return f"{division.heading}: {small(division.words[most])} in {part}"


def _said(share: Proportion) -> str:
    return share_in_words(int(share.count), int(share.total), share.low, share.high)


def _cell(shares: dict[str, Proportion], name: str) -> Cell:
    return as_interval(shares[name]) if name in shares else None
