"""What the records say of differences between groups of people, each in words that can be kept.

An equality impact assessment begins with these. Every figure carries its place, period, source,
interval and the sentence of what it cannot say; what a policy of disclosure withholds is not here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nhpf.disclosure import disclose, policy_for
from nhpf.methods import rates
from nhpf.profile import disparities, national_shares, who_how_when
from nhpf.profile.scope import Scope
from nhpf.profile.victims import victim_table
from nhpf.profile.wording import big, listed, percent, share_in_words
from nhpf.reports.tree import Interval
from nhpf.reports.words import number

if TYPE_CHECKING:
    from nhpf.disclosure import Audience
    from nhpf.framework import Edition
    from nhpf.records import Release
    from nhpf.reports.tree import Disparity, Figure, Provenance

# As the source names them, and as the Census does.
SEARCHED = {"Black or Black British": "Black", "White": "White"}
CODES = "ONS geography"
UNSTATED = ("Not stated", "Vehicle only")
STOPS_CANNOT_SAY = (
    "Residents are not those who were there or known to police, and the Census of 2021 is two "
    "years later than the searches. Searches are of one year, and one person may be searched "
    "often. A difference says that there is something to explain or reform, not why it is there."
)
MIXES_FORCES = (
    "Forces differ in how much they search and in who lives there: over all of them the ratio "
    "mixes both, and is not that of any force."
)
RATIO_METHOD = (
    "Ratio of two rates with the Wilson 95% interval of the first group's share of both groups' "
    "events."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One comparison of groups, ready to be read in an assessment.

    Attributes
    ----------
    key : str
        Permanent name: the figure's id, with the area where the figure is made for several.
    part : str
        The part of a profile that it belongs to ("ethnicity"); empty where it is in none.
    place, what, value, period, source, method, cannot_say : str
        ``value`` holds the figures with their intervals.
    assessment : str
        The assessment without whose signature the figure is not published; empty where the
        assessment that it stands in is enough.
    release : str
    """

    key: str
    part: str
    place: str
    what: str
    value: str
    period: str
    source: str
    method: str
    cannot_say: str
    assessment: str
    release: str


def comparisons_of_groups(edition: Edition) -> Mapping[str, tuple[Disparity, ...]]:
    """Return, by part of a profile, what stands beside its figures that compare groups."""
    return {
        "age-sex": (disparities.age_sex(edition), disparities.nation_sex(edition)),
        "ethnicity": (disparities.ethnicity(edition), disparities.nation_ethnicity(edition)),
        "unsolved": (disparities.unsolved(edition),),
    }


def differences_between_groups(
    release: Release, edition: Edition, *, audience: Audience = "public"
) -> tuple[Difference, ...]:
    """Return the comparisons of groups that a release can make.

    Homicide victims by ethnic group, by age and sex, and shares unsolved by ethnic group within
    method, for London; the nation's published rates; stop and search by ethnic group for both.

    Parameters
    ----------
    release : Release
    edition : Edition
        Says which assessments the figures wait for.
    audience : {"public", "restricted"}
    """
    from nhpf.indicators import METROPOLITAN
    from nhpf.records import areas

    known = {area.code: area for area in areas(release)}
    london = Scope(known[METROPOLITAN], release, edition, audience)
    (whole,) = (each for each in known.values() if each.kind == "nation")
    nation = Scope(whole, release, edition, audience)
    return (
        _of(london, "ethnicity", disparities.ethnicity_rate(london), _ratio_of_victims(london)),
        _of(nation, "ethnicity", national_shares.ethnicity_figure(nation)),
        _of(london, "age-sex", who_how_when.age_sex(london, disparities.age_sex(edition)),
            _shares(london)),
        _of(london, "unsolved", disparities.unsolved_within_method(london)),
        *_searches(london),
        *_searches(nation),
    )  # fmt: skip


def _of(scope: Scope, part: str, figure: Figure, also: str = "") -> Difference:
    beside = figure.disparity
    assert beside is not None, "only figures that compare groups are asked for"
    return Difference(
        key=figure.id,
        part=part,
        place=scope.place,
        what=figure.subtitle.partition(",")[0],
        value=" ".join(filter(None, (big(figure.reading), also))),
        period=figure.provenance[0].period,
        source=_source(figure.provenance),
        method=" ".join(filter(None, (figure.method, RATIO_METHOD if "Ratio of" in also else ""))),
        cannot_say=" ".join((beside.benchmark_caveat, *figure.caveats)),
        assessment=beside.assessment,
        release=scope.release.id,
    )


def _source(sources: tuple[Provenance, ...]) -> str:
    """Name what was counted, without the lists of codes; licences stand in the release."""
    counted = (one for one in sources if one.series != CODES)
    said = (f"{one.source.partition('. ')[0]} ({one.vintage})" for one in counted)
    return "; ".join(dict.fromkeys(said))


def ratio_of_rates(first: int, second: int, *, people: tuple[int, int]) -> Interval:
    """Return the ratio of two rates, given both counts and the people that each is of.

    Given the sum of the counts, the first is binomial; Wilson's limits of its share are turned
    into limits of the ratio.

    Returns
    -------
    Interval
        Infinite above where the second count may be none.

    Raises
    ------
    InvalidInput
        Where both counts are zero.
    """
    share = rates.proportion(first, first + second)
    scale = people[1] / people[0]
    estimate, low, high = (
        scale * at / (1 - at) if at < 1 else float("inf")
        for at in (share.estimate, share.low, share.high)
    )
    return Interval(estimate, low, high, share.level, "Wilson, given the sum")


def _ratio_in_words(ratio: Interval) -> str:
    low, high = number(ratio.low, 1), number(ratio.high, 1)
    return f"{number(ratio.estimate, 1)} (95% interval {low} to {high})"


def _ratio_of_victims(scope: Scope) -> str:
    found = victim_table(scope, "homicide_victims_by_ethnicity_period", "ethnicity")
    counts = [found.part(found.periods[-1], group) for group in disparities.GROUPS]
    people = _residents(scope)
    first, second = counts
    if first is None or second is None:
        return ""
    ratio = ratio_of_rates(first, second, people=(people["Black"], people["White"]))
    return f"Ratio of the Black to the White rate: {_ratio_in_words(ratio)}."


def _residents(scope: Scope) -> dict[str, int]:
    census = scope.release.query("census_ethnicity", area=scope.area.code)
    return dict(zip(census["ethnic_group"].tolist(), census["residents"].tolist(), strict=True))


def _shares(scope: Scope) -> str:
    """Say each sex's and each age's share of victims that may be shown, with its interval."""
    said = []
    for words, column in (("Sex", 2), ("Age", 1)):
        counts = _counts_by(scope, column)
        whole = sum(counts.values())
        parts = [
            f"{name} {share_in_words(count, whole, share.low, share.high)}"
            for name, count in counts.items()
            for share in (rates.proportion(count, whole),)
        ]
        said.append(f"{words}: {'; '.join(parts)}.")
    return " ".join(said)


def _counts_by(scope: Scope, column: int) -> dict[str, int]:
    """Return victims of the latest period by one column; none where any part is withheld."""
    found = victim_table(scope, "homicide_victims_by_age_sex_period", "age_group", "sex")
    latest = {key: shown for key, shown in found.counts.items() if key[0] == found.periods[-1]}
    counts: dict[str, int] = {}
    for key, shown in latest.items():
        if shown.value is not None:
            counts[key[column]] = counts.get(key[column], 0) + int(shown.value)
    withheld = {key[column] for key, shown in latest.items() if shown.value is None}
    return {} if withheld else counts


def _searches(scope: Scope) -> Iterator[Difference]:
    """Yield stop and search by ethnic group, where the counts may be shown."""
    found = scope.release.query("stop_searches_by_ethnicity", area=scope.area.code)
    policy = policy_for("stop_search", audience=scope.audience)
    pairs = zip(found["ethnic_group"].tolist(), found["searches"].tolist(), strict=True)
    shown = {group: disclose(int(count), policy=policy).value for group, count in pairs}
    counts = {name: shown.get(group) for group, name in SEARCHED.items()}
    black, white = counts["Black"], counts["White"]
    if black is None or white is None:
        return
    year = f"year ending March {int(found['year_ending_march'].max())}"
    people = _residents(scope)
    ratio = ratio_of_rates(int(black), int(white), people=(people["Black"], people["White"]))
    sources = scope.provenance("stop_search", "census_ethnicity", period=year)
    yield Difference(
        key=f"stop-search-{scope.area.code}",
        part="",
        place=scope.place,
        what="Stop and search by ethnic group as the person searched said it",
        value=f"{_search_rates(counts, people)} Ratio of the Black to the White rate: "
        f"{_ratio_in_words(ratio)}. {_unstated(shown)}",
        period=year,
        source=_source(sources),
        method=f"Searches over residents of the Census of 2021. {RATIO_METHOD}",
        cannot_say=" ".join((STOPS_CANNOT_SAY, *_mixes(scope))),
        assessment="",
        release=scope.release.id,
    )


def _mixes(scope: Scope) -> tuple[str, ...]:
    return () if scope.is_london else (MIXES_FORCES,)


def _search_rates(counts: Mapping[str, float | None], people: Mapping[str, int]) -> str:
    said = []
    for group, count in counts.items():
        found = rates.rate(int(count or 0), people[group], per=1000)
        said.append(
            f"{group}: {number(int(count or 0))} searches, {number(found.estimate, 1)} per 1,000 "
            f"residents (95% interval {number(found.low, 1)} to {number(found.high, 1)})"
        )
    return f"{'; '.join(said)}."


def _unstated(shown: Mapping[str, float | None]) -> str:
    """Say how many searches are in no group: the ratio holds only if they are like the rest."""
    counted = sum(value for value in shown.values() if value is not None)
    missing = sum(shown.get(name) or 0 for name in UNSTATED)
    names = listed([name.lower() for name in UNSTATED])
    return f"{percent(missing / counted)} of searches are in no group ({names})."
