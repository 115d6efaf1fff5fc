"""One figure as a reader chooses it: an indicator, a period and what it is set beside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from nhpf.errors import CannotTell, InvalidInput
from nhpf.indicators import (
    FORCE_YEAR,
    METROPOLITAN,
    Indicator,
    compute,
    indicator,
    load_indicators,
)
from nhpf.profile import force_year, precursors
from nhpf.profile.building import HANDLING, MARKINGS
from nhpf.profile.chosen_figures import Held, beside, beside_before, funnel, is_homicide, shares
from nhpf.profile.comparison import CITY_OF_LONDON, Compared, boroughs_compared, forces_compared
from nhpf.profile.flagged import with_flags
from nhpf.profile.similar import MOST, similar
from nhpf.profile.wording import small
from nhpf.records import areas
from nhpf.reports.tree import Figure, Judgement, Report, Section
from nhpf.reports.words import in_words, period

if TYPE_CHECKING:
    from nhpf.profile.scope import Scope

Against = Literal["whole", "similar", "all", "before"]
AGAINST: dict[Against, str] = {
    "whole": "The whole it lies in: England and Wales, or London for a borough",
    "similar": "The most similar areas",
    "all": "All areas of its kind",
    "before": "Its own period before",
}
YEARS = (1, 3, 5)
POOLED = 5


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader asked for: an indicator's id, how many latest years are pooled, beside what."""

    indicator: str
    years: int = 1
    against: Against = "whole"


def offered(scope: Scope) -> tuple[Indicator, ...]:
    """Return the indicators that the release holds for an area, in the order of their titles.

    Those that compare groups of people stand in the profile beside their disparity record, and
    homicides per resident are what homicides are shown as here.
    """
    wanted = [
        each for each in load_indicators().values() if not each.disparity and each.measure != "rate"
    ]
    held = [each for each in wanted if _is_held(scope, each)]
    return tuple(sorted(held, key=lambda each: each.title))


def _is_held(scope: Scope, wanted: Indicator) -> bool:
    try:
        scope.measured(wanted.id)
    except CannotTell:
        return False
    return True


def usual(scope: Scope) -> Choice:
    """Return what is shown before a reader has chosen: one that the release can answer."""
    has_peers = scope.area.kind != "nation" and scope.area.code != CITY_OF_LONDON
    return Choice("violence-with-injury", 1, "whole" if has_peers else "all")


def explored(scope: Scope, choice: Choice) -> Figure:
    """Return the figure that a reader chose.

    Raises
    ------
    InvalidInput
        If there is no such indicator, period or comparison, or they do not go together here.
    CannotTell
        If the release does not hold what the comparison needs, or its counts are too few.
    """
    chosen = _checked(scope, choice)
    measured = scope.measured(chosen.id)
    if measured.shares:
        return shares(scope, measured)
    if choice.against == "before":
        return beside_before(scope, measured, choice.years)
    held = _held(scope, chosen, choice.years)
    if choice.against == "all":
        return funnel(scope, chosen, held)
    if scope.area.code not in held.compared.codes:
        raise CannotTell(
            f"{scope.area.name} cannot be set beside others by its residents.",
            next_step="Compare all areas of a kind instead.",
        )
    if choice.against == "whole":
        return beside(scope, chosen, held)
    peers, note = _similar_held(scope, held.compared)
    return beside(scope, chosen, held, peers=peers, note=note)


def _checked(scope: Scope, choice: Choice) -> Indicator:
    chosen = indicator(choice.indicator)
    if chosen.disparity:
        raise InvalidInput(
            f"{chosen.title} compares groups of people and is shown in the profile only.",
            next_step="There it stands beside its disparity record and its impact assessment.",
        )
    if choice.years not in YEARS:
        raise InvalidInput(
            "There is no such period.", next_step="Choose the latest one, three or five years."
        )
    if choice.against not in AGAINST:
        raise InvalidInput(
            "There is no such comparison.", next_step=f"Choose from {', '.join(AGAINST)}."
        )
    is_local = scope.area.kind == "local_authority"
    if is_homicide(chosen) and is_local and (choice.years, choice.against == "before") != (
        POOLED, False,
    ):  # fmt: skip
        raise InvalidInput(
            "Below the police force homicide is compared over five pooled years only.",
            next_step="Choose five years, and other areas to compare with.",
        )
    return chosen


def _held(scope: Scope, chosen: Indicator, years: int) -> Held:
    if scope.area.kind == "local_authority":
        return _of_boroughs(scope, chosen, years)
    if not chosen.counted.force:
        raise CannotTell(
            f"No open table holds {small(chosen.title)} for other forces.",
            next_step="Compare with the period before.",
        )
    if years != 1:
        raise InvalidInput(
            f"All forces are held for one year only, the {FORCE_YEAR}.",
            next_step="Choose one year; London can also be compared with its own period before.",
        )
    widened = not is_homicide(chosen)
    compared = forces_compared(scope, category=chosen.counted.force, widened=widened)
    return Held(compared, FORCE_YEAR, "force_offence")


def _of_boroughs(scope: Scope, chosen: Indicator, years: int) -> Held:
    series = scope.of_code(METROPOLITAN).measured(chosen.id).monthly
    if series is None or not series.holds(12 * years):
        raise InvalidInput(
            f"{chosen.title} is not held for {in_words(years)} years.",
            next_step="Choose a shorter period.",
        )
    _, first, last = series.latest(12 * years)
    span, widened = period(first, last), not is_homicide(chosen)
    if not chosen.counted.knife:
        compared = boroughs_compared(
            scope, categories=chosen.counted.london, first=first, last=last, years=years,
            widened=widened,
        )  # fmt: skip
        return Held(compared, span, "london_borough_offences")
    boroughs = [
        each for each in areas(scope.release, "local_authority") if each.parent == METROPOLITAN
    ]
    boroughs.sort(key=lambda each: each.name)
    found = [compute(chosen, each, release=scope.release).monthly for each in boroughs]
    compared = Compared(
        tuple(each.code for each in boroughs),
        tuple(each.name for each in boroughs),
        tuple(each.latest(12 * years)[0] for each in found if each),
        tuple(scope.residents[each.code] for each in boroughs),
        years,
        widened,
    )
    return Held(compared, span, "london_knife_crime_count")


def _similar_held(scope: Scope, compared: Compared) -> tuple[tuple[str, ...], str]:
    found = similar(scope)
    codes = tuple(each for each in (found.codes if found else ()) if each in compared.codes)
    if not codes:
        raise CannotTell(
            "The release holds no counts of the areas most like this one.",
            next_step="Compare with the whole, or with all areas of its kind.",
        )
    left = MOST - len(codes)
    if not left:
        return codes, ""
    return codes, (
        f"Of the {in_words(MOST)} most similar areas {in_words(left)} outside London "
        f"{'is' if left == 1 else 'are'} not shown: no open table holds such counts."
    )


def multiples(scope: Scope) -> Figure | None:
    """Return the precursors side by side: small trends, or ratios where one year is held."""
    if scope.is_london:
        return precursors.trends_figure(scope, precursors.precursors(scope))
    harm = force_year.other_harm(scope) if scope.area.kind == "force" else ()
    return force_year.other_harm_figure(scope, harm) if harm else None


def alone(scope: Scope, figure: Figure) -> Report:
    """Return a report of one figure, so that its files bear marking, release and flags."""
    tables = {table for source in figure.provenance for table in source.tables}
    made_up = "SYNTHETIC " if any(map(scope.release.is_synthetic, tables)) else ""
    (section,) = with_flags(scope, (Section("chosen", figure.title, (figure,)),))
    return Report(
        title=f"Figure as chosen: {scope.area.name}",
        area_code=scope.area.code,
        area_name=scope.area.name,
        audience=scope.audience,
        marking=f"{made_up}{MARKINGS[scope.audience]}",
        handling=HANDLING if scope.audience == "restricted" else "",
        period="; ".join(dict.fromkeys(each.period for each in figure.provenance)),
        release=scope.release.id,
        edition=scope.edition.name,
        code_version=str(scope.release.manifest["code_version"]),
        headline=Judgement("chosen", figure.title, "low", figure.reading, (figure.id,)),
        judgements=(),
        sections=(section,),
    )
