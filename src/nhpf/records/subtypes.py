"""The seven homicide sub-types of the Home Office, from the fields of a homicide case.

The sub-types (Homicide sub-type data, Home Office, 11 December 2023) are by victim, exclude each
other and cover 95% of homicides; the rest are none of the seven. A domestic homicide is, as in the
national statistics, one of a victim aged 16 or over, so the domestic killing of a child counts by
age and place.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

SUBTYPES = (
    "1 female domestic",
    "2 male domestic",
    "3 male non-domestic under 25 public space",
    "4 female non-domestic 16 and over",
    "5 male non-domestic 25 and over public space",
    "6 male non-domestic 25 and over residential",
    "7 under 16 residential, other or unknown location",
)
NONE_OF_THE_SEVEN = "none of the seven"
CANNOT_BE_DERIVED = "cannot be derived"

CHILD, YOUNG, ADULT = "under 16", "16 to 24", "25 and over"
AGE_GROUPS = {
    **dict.fromkeys(
        ("under 1", "1 to 4", "5 to 9", "10 to 12", "0 to 12", "0 to 15", "13 to 15"), (CHILD,)
    ),
    "13 to 19": (CHILD, YOUNG),
    **dict.fromkeys(("16 to 17", "16 to 24", "18 to 24", "20 to 24"), (YOUNG,)),
    **dict.fromkeys(
        ("25 to 34", "35 to 44", "45 to 54", "55 to 64", "65 to 74", "65 and over", "75 and over"),
        (ADULT,),
    ),
}
"""The age groups that the sub-types know which a victim of each band may be in."""

PLACES = ("residential", "public space", "other")
UNKNOWN_PLACE = "not known"


def subtype(age_band: str | None, sex: str | None, domestic: str | None, place: str | None) -> str:
    """Return the sub-type of one victim.

    A field that is not known, or an age band across a limit, leaves several possible victims. Where
    all of them are of one sub-type that is the answer.

    Parameters
    ----------
    age_band, sex, domestic, place : str or None
        ``victim_age_band``, ``victim_sex``, ``domestic`` (yes or no) and ``place_type`` of the
        contract ``homicide_cases``; anything else is not known. A place recorded as not known is
        an unknown location, which sub-type 7 includes; a blank place says nothing.

    Returns
    -------
    str
        One of `SUBTYPES`, `NONE_OF_THE_SEVEN` or `CANNOT_BE_DERIVED`.
    """
    found = {_subtype(*victim) for victim in _possible(age_band, sex, domestic, place)}
    return found.pop() if len(found) == 1 else CANNOT_BE_DERIVED


def _possible(
    age_band: str | None, sex: str | None, domestic: str | None, place: str | None
) -> Iterator[tuple[str, bool, bool, str]]:
    """Yield each victim that the fields allow: age group, female, domestic, place."""
    ages = AGE_GROUPS.get(age_band or "", (CHILD, YOUNG, ADULT))
    females = [sex == "female"] if sex in ("female", "male") else [True, False]
    domestics = [domestic == "yes"] if domestic in ("yes", "no") else [True, False]
    for age, female, is_domestic in product(ages, females, domestics):
        if place in PLACES:
            places: tuple[str, ...] = (place,)
        elif place == UNKNOWN_PLACE and age == CHILD:
            places = (UNKNOWN_PLACE,)
        else:
            places = (*PLACES, UNKNOWN_PLACE) if age == CHILD else PLACES
        yield from ((age, female, is_domestic, each) for each in places)


def _subtype(age: str, female: bool, domestic: bool, place: str) -> str:
    """Return the sub-type of a victim of whom all is known."""
    if age == CHILD and place != "public space":
        return SUBTYPES[6]
    if age != CHILD and domestic:
        return SUBTYPES[0] if female else SUBTYPES[1]
    if female:
        return NONE_OF_THE_SEVEN if age == CHILD else SUBTYPES[3]
    by_place = {
        (True, "public space"): SUBTYPES[4],
        (True, "residential"): SUBTYPES[5],
        (False, "public space"): SUBTYPES[2],
    }
    return by_place.get((age == ADULT, place), NONE_OF_THE_SEVEN)


def subtype_sql(
    age_band: str = "victim_age_band",
    sex: str = "victim_sex",
    domestic: str = "domestic",
    place: str = "place_type",
) -> str:
    """Return `subtype` as one SQL expression over the named columns.

    It rests on SQL's third truth value: a condition upon a field that is not known is neither true
    nor false, and a victim who fits no sub-type for certain, but may fit one, cannot be derived.
    """
    child = _member(age_band, _bands(CHILD), {"13 to 19"})
    under_25 = _member(age_band, _bands(CHILD) + _bands(YOUNG) + ["13 to 19"], set())
    male, female = (f"nullif({sex}, 'not known') = '{each}'" for each in ("male", "female"))
    adult_domestic = f"(nullif({domestic}, 'not known') = 'yes' and not {child})"
    public, home = (
        f"nullif({place}, 'not known') = '{each}'" for each in ("public space", "residential")
    )
    conditions = (
        f"{female} and {adult_domestic}",
        f"{male} and {adult_domestic}",
        f"{male} and not {adult_domestic} and {under_25} and {public}",
        f"{female} and not {adult_domestic} and not {child}",
        f"{male} and not {adult_domestic} and not {under_25} and {public}",
        f"{male} and not {adult_domestic} and not {under_25} and {home}",
        f"{child} and {place} <> 'public space'",
    )
    named = list(zip(conditions, SUBTYPES, strict=True))
    certain = " ".join(f"when {condition} then '{name}'" for condition, name in named)
    possible = " or ".join(f"({condition})" for condition, _ in named)
    return (
        f"case {certain} when not ({possible}) then '{NONE_OF_THE_SEVEN}'"
        f" else '{CANNOT_BE_DERIVED}' end"
    )


def _bands(group: str) -> list[str]:
    return [band for band, groups in AGE_GROUPS.items() if groups == (group,)]


def _member(column: str, inside: list[str], across: set[str]) -> str:
    """Return whether an age band lies in some bands: true, false, or null where it is not known."""
    known = sorted(set(AGE_GROUPS) - across)
    inner = ", ".join(f"'{each}'" for each in inside)
    outer = ", ".join(f"'{each}'" for each in known)
    return f"(case when {column} in ({inner}) then true when {column} in ({outer}) then false end)"
