"""Figures that compare groups of people, each with what must stand beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhpf.methods import rates
from nhpf.profile.victims import KNIFE, SERIES, SHOOTING, VictimTable, victim_table
from nhpf.profile.wording import as_interval, big, percent, share_in_words
from nhpf.reports.charts.specs import DotWhiskers, Point
from nhpf.reports.tree import Column, Disparity, Figure, Judgement, Table
from nhpf.reports.words import number

if TYPE_CHECKING:
    from nhpf.framework import Edition
    from nhpf.methods.rates import Proportion, Rate
    from nhpf.profile.scope import Scope

RATES = "ethnicity-rate"
UNSOLVED = "unsolved-within-method"
POOLED = "January 2003 to June 2022, all years pooled"
WITHIN = {KNIFE: "Knife", SHOOTING: "Shooting"}
GROUPS = ("Black", "White")
REST = "Any other or not known"
REST_WORDS = "Asian, other or not known"
ALL_METHODS = "All methods"
POOLING_IS_OURS = (
    "The source gives the groups apart. They are pooled here under the framework's own disclosure "
    "policy, which withholds small counts of who was killed."
)
OBSERVED = (
    "Ethnicity of victims is what an officer saw. The Census asks people themselves, and counts "
    "people of mixed background apart. The two do not match person by person, so the rates are "
    "approximate."
)
OWNER = "Metropolitan Police Service (no named owner yet); followed up by the Equality desk"


def _assessment(edition: Edition, about: str) -> str:
    """Return the id of the assessment of a section, or the id that one would have."""
    held = edition.assessment_of(about)
    return held.id if held else f"eia-{about}"


def age_sex(edition: Edition) -> Disparity:
    """Return what stands beside victims by age and sex."""
    return Disparity(
        denominator="All homicide victims of the period; residents by age are not used, because "
        "the bands of the source do not fit those of the Census.",
        pooling="Seven calendar years.",
        benchmark_caveat="A share of victims is not a risk: the bands hold different numbers of "
        "residents.",
        explain_or_reform="Not yet explained. The force and its partners are asked to say what "
        "they do for the ages and the sex most often killed, and what they will change.",
        owner=OWNER,
        assessment=_assessment(edition, "profile-age-sex"),
    )


def nation_sex(edition: Edition) -> Disparity:
    """Return what stands beside the nation's victims by method and sex."""
    return Disparity(
        denominator="All homicide victims of the sex in the year.",
        pooling="Eleven financial years, each shown; read them together.",
        benchmark_caveat="A method’s share of one sex’s victims is not a risk: women and men are "
        "killed in different numbers, places and relationships.",
        explain_or_reform="Not yet explained. National bodies are asked to say what they do for "
        "the ways in which each sex is most often killed.",
        owner="National Police Chiefs' Council (no named owner yet); followed up by the Equality "
        "desk",
        assessment=_assessment(edition, "profile-age-sex"),
    )


def ethnicity(edition: Edition) -> Disparity:
    """Return what stands beside London's rates of victims by ethnic group."""
    return Disparity(
        denominator="Residents of the 32 boroughs by ethnic group, Census of 21 March 2021.",
        pooling="Three calendar years.",
        benchmark_caveat=OBSERVED,
        explain_or_reform="Not yet explained. A difference in the rate of being killed follows "
        "where people live, their age and what services reach them; it says nothing about a group. "
        "The force and its partners are asked to explain it or to say what they will reform.",
        owner=OWNER,
        assessment=_assessment(edition, "profile-ethnicity"),
    )


def nation_ethnicity(edition: Edition) -> Disparity:
    """Return what stands beside the nation's published rates by ethnic group."""
    return Disparity(
        denominator="Residents of England and Wales by ethnic group, as the publisher estimates "
        "them.",
        pooling="Three financial years.",
        benchmark_caveat="Ethnicity of victims is what an officer saw, that of residents what they "
        "said. Age, place and deprivation differ between groups.",
        explain_or_reform="Not yet explained. Forces and national bodies are asked to explain it "
        "or to say what they will reform.",
        owner="National Police Chiefs' Council (no named owner yet); followed up by the Equality "
        "desk",
        assessment=_assessment(edition, "profile-ethnicity"),
    )


def ethnicity_rate(scope: Scope) -> Figure:
    """Show the rate of homicide by ethnic group, three years pooled."""
    found = victim_table(scope, "homicide_victims_by_ethnicity_period", "ethnicity")
    period = found.periods[-1]
    census = scope.release.query("census_ethnicity", area=scope.area.code)
    people = dict(zip(census["ethnic_group"].tolist(), census["residents"].tolist(), strict=True))
    rows = [
        (group, found.part(period, group) or 0, people[group], _rate(found, period, group, people))
        for group in GROUPS
    ]
    black, white = (row[3] for row in rows)
    ratio = black.estimate / white.estimate
    return Figure(
        id=RATES,
        title=f"Black Londoners are killed at {_apart(black, white)} the rate of White Londoners",
        subtitle=f"Homicide victims per million residents a year by ethnic group, {period} pooled, "
        f"London, series: {SERIES}; 95% intervals",
        reading="; ".join(
            f"{group}: {number(rate.estimate, 1)} per million a year (95% interval "
            f"{number(rate.low, 1)} to {number(rate.high, 1)})"
            for group, _, _, rate in rows
        )
        + f"; ratio {number(ratio, 1)}. {_rest_words(scope, found, period)}",
        chart=DotWhiskers(
            tuple(Point(group, rate.estimate, rate.low, rate.high) for group, _, _, rate in rows),
            unit="per million residents a year",
        ),
        table=Table(
            f"Homicide victims and residents by ethnic group, {period}",
            (
                Column("group", "Ethnic group"),
                Column("victims", "Victims", "count"),
                Column("residents", "Residents, 2021", "count"),
                Column("rate", "Per million a year", "rate"),
            ),
            (
                *(
                    (group, victims, residents, as_interval(rate))
                    for group, victims, residents, rate in rows
                ),
                (REST_WORDS, found.part(period, REST), "none that fit", "not worked out"),
            ),
            note=f"{_rest_words(scope, found, period)} {POOLING_IS_OURS}",
        ),
        provenance=scope.provenance(found.query, "census_ethnicity", period=period),
        caveats=scope.known_faults("victims_ethnicity"),
        method="Rates with Byar's interval over three times the residents of 2021.",
        disparity=ethnicity(scope.edition),
    )


def _rest_words(scope: Scope, found: VictimTable, period: str) -> str:
    """Say how many victims are of neither group, and how many of them over all years were Asian."""
    totals = {group: int(each.total) for group, each in _all_methods(scope).items()}
    whole = number(sum(totals.values()))
    return (
        f"{found.part(period, REST)} of the {found.whole(period)} victims were Asian, of another "
        f"group or not known. In {POOLED}, {number(totals['Asian'])} of {whole} victims were Asian "
        f"and {number(totals['Other or not known'])} of another group or not known."
    )


def _all_methods(scope: Scope) -> dict[str, Proportion]:
    """Return the share unsolved by ethnicity over all methods and years."""
    found = scope.release.query("homicide_victims_by_ethnicity_solved")
    rows = zip(found["ethnicity"], found["solved"], found["victims"], strict=True)
    counts = {(str(who), str(end)): int(n) for who, end, n in rows}
    return {
        who: rates.proportion(open_cases, open_cases + counts[who, "Solved"])
        for (who, end), open_cases in counts.items()
        if end == "Unsolved"
    }


def _rate(found: VictimTable, period: str, group: str, people: dict[str, int]) -> Rate:
    return rates.rate(found.part(period, group) or 0, 3 * people[group], per=1e6)


def _apart(first: Rate, second: Rate) -> str:
    if first.low <= second.high and second.low <= first.high:
        return "a rate that cannot be told apart from"
    return f"{number(first.estimate / second.estimate, 1)} times"


def _shares(scope: Scope) -> dict[tuple[str, str], Proportion]:
    """Return the share unsolved by method and ethnicity, all years pooled; all groups of it."""
    found = scope.release.query("homicide_victims_by_ethnicity_method_solved")
    rows = zip(found["method"], found["ethnicity"], found["solved"], found["victims"], strict=True)
    counts = {(str(how), str(who), str(end)): int(n) for how, who, end, n in rows}
    shares = {}
    for how in WITHIN:
        for who in (*GROUPS, REST):
            open_cases = counts[how, who, "Unsolved"]
            shares[how, who] = rates.proportion(open_cases, open_cases + counts[how, who, "Solved"])
    return shares


def unsolved_within_method(scope: Scope) -> Figure:
    """Show the share unsolved by ethnic group within knife and within shooting."""
    shares = _shares(scope)
    return Figure(
        id=UNSOLVED,
        title=_unsolved_title(shares),
        subtitle="Share of homicide victims whose case was unsolved, by ethnic group within "
        f"method, {POOLED}, London, series: {SERIES}; Wilson 95% intervals",
        reading="; ".join(
            f"{WITHIN[how]}, {who}: "
            f"{share_in_words(int(each.count), int(each.total), each.low, each.high)}"
            for (how, who), each in shares.items()
            if who in GROUPS
        )
        + f". {_asian_unsolved(scope)}",
        chart=DotWhiskers(
            tuple(
                Point(
                    f"{WITHIN[how]}: {_group(who)}",
                    100 * each.estimate,
                    100 * each.low,
                    100 * each.high,
                )
                for (how, who), each in shares.items()
            ),
            unit="% unsolved",
        ),
        table=Table(
            "Homicide victims by method, ethnic group and status, all years pooled",
            (
                Column("method", "Method"),
                Column("group", "Ethnic group"),
                Column("victims", "Victims", "count"),
                Column("unsolved", "Unsolved", "count"),
                Column("share", "Share unsolved", "share"),
            ),
            (
                *(
                    (WITHIN[how], _group(who), int(each.total), int(each.count), as_interval(each))
                    for (how, who), each in shares.items()
                ),
                *(
                    (ALL_METHODS, who, int(each.total), int(each.count), as_interval(each))
                    for who, each in _all_methods(scope).items()
                ),
            ),
            note=f"Within a method the Asian, other and not known groups are pooled. "
            f"{POOLING_IS_OURS} The rows of all methods show the groups apart but mix methods, so "
            "they do not compare like with like.",
        ),
        provenance=scope.provenance("homicide_victims_by_ethnicity_method_solved", period=POOLED),
        caveats=(
            "Groups are compared within a method because shootings are unsolved far more often "
            "than killings with a knife, and methods differ between groups.",
            *scope.known_faults("victims_ethnicity"),
        ),
        method="Wilson intervals. Two shares can be told apart where their intervals do not meet.",
        disparity=unsolved(scope.edition),
    )


def _group(who: str) -> str:
    return REST_WORDS if who == REST else who


def _asian_unsolved(scope: Scope) -> str:
    each = _all_methods(scope)["Asian"]
    said = share_in_words(int(each.count), int(each.total), each.low, each.high)
    return f"Over all methods, Asian: {said}."


def unsolved(edition: Edition) -> Disparity:
    """Return what stands beside shares unsolved by ethnic group."""
    return Disparity(
        denominator="Homicide victims of the same method and ethnic group.",
        pooling=f"{POOLED} (19 and a half years).",
        benchmark_caveat="The right comparison is within a method. Place, witnesses, the number "
        "of suspects and the year still differ within it, and ethnicity is what an officer saw.",
        explain_or_reform="Not yet explained. The force is asked to explain why killings of Black "
        "victims stay unsolved more often within a method, or to say what it will reform in "
        "investigation and in trust.",
        owner=OWNER,
        assessment=_assessment(edition, "profile-unsolved"),
    )


def _told_apart(shares: dict[tuple[str, str], Proportion], how: str) -> bool:
    black, white = shares[how, "Black"], shares[how, "White"]
    return black.low > white.high or white.low > black.high


def _unsolved_title(shares: dict[tuple[str, str], Proportion]) -> str:
    parts = []
    for how, word in ((KNIFE, "knife homicides"), (SHOOTING, "shootings")):
        black, white = shares[how, "Black"], shares[how, "White"]
        both = f"{percent(black.estimate)} and {percent(white.estimate)}"
        if not _told_apart(shares, how):
            parts.append(f"for {word} the shares ({both}) cannot be told apart")
            continue
        more = "more" if black.estimate > white.estimate else "less"
        parts.append(
            f"{word} of Black victims stay unsolved {more} often than those of White victims "
            f"({both})"
        )
    return big("; ".join(parts))


def unsolved_judgement(scope: Scope) -> Judgement:
    """Judge whether the share unsolved differs by ethnicity within method."""
    shares = _shares(scope)
    apart = [how for how in WITHIN if _told_apart(shares, how)]
    title = _unsolved_title(shares)
    told = " and ".join(WITHIN[how].lower() for how in apart) or "no method"
    return Judgement(
        "unsolved",
        f"{title}.",
        "moderate" if apart else "low",
        f"Compared within a method over {POOLED}: intervals stay apart within {told}. Confidence "
        "is moderate at most, because place, witnesses and year also differ.",
        (UNSOLVED,),
    )
