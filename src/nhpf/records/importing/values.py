"""Turn the text of a column into a field's value, in SQL; say in words what a wrong value is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from nhpf.records.contract import Field
from nhpf.records.engine import named, quoted

LONGEST = {"text": 200, "place_name": 200, "free_text": 4000}
LARGEST_COUNT = 1_000_000_000

TYPES = {"count": "bigint", "number": "double", "share": "double", "month": "date", "date": "date",
         "time": "timestamp", "year": "smallint", "outline": "geometry"}  # fmt: skip

BLANK, WRONG, FUTURE, BOUNDS, EARLY, BEFORE = 1, 2, 3, 4, 5, 6
MOMENTS = ("month", "date", "time")

# How publishers mark a figure that they withhold.
SUPPRESSED = ("*", "[c]", "c", "suppressed")
# A spreadsheet would run a text that begins like a formula; characters that cannot be seen hide
# words from whoever reads or screens them.
UNSAFE = r"^[=+@\t\x{ff0b}\x{ff1d}\x{ff20}]|^-.|[\p{Cf}\x00-\x08\x0b-\x1f\x7f-\x{9f}]"
YES = "('yes', 'y', 'true', 't', '1', '1.0')"
NO = "('no', 'n', 'false', 'f', '0', '0.0')"
UNKNOWN = "('not known', 'unknown', 'nk', 'not recorded', 'not stated')"

KNOWN_AS = {
    "lsoa21": "small areas (LSOA) of 2021",
    "lsoa11": "small areas (LSOA) of 2011",
    "ward24": "wards of 2024",
    "ward22": "wards of 2022",
    "csp24": "community safety partnerships of 2024",
    "pfa24": "police force areas",
    "ltla24": "local authorities of 2024",
    "region24": "regions of England",
}


@dataclass(frozen=True, slots=True)
class Expression:
    """SQL for one field.

    Attributes
    ----------
    field : Field
    value : str
        Its value, null where the text is blank or wrong.
    fault : str
        A number: null where the value may stand, else one of BLANK, WRONG, FUTURE, BOUNDS, EARLY,
        BEFORE.
    """

    field: Field
    value: str
    fault: str


def expression(
    field: Field,
    text: str,
    *,
    dates: str,
    today: dt.date,
    place: str = "",
    others: Sequence[Expression] = (),
) -> Expression:
    """Return the SQL of a field.

    Parameters
    ----------
    field : Field
    text : str
        SQL for the text of its column: trimmed, null where it is blank.
    dates : str
        The form of dates and months, as ``strptime`` takes it, where it is not ISO 8601.
    today : datetime.date
        Nothing that is said to have happened can have happened later.
    place : str
        SQL for the code that a look-up gave, for a field of that kind.
    others : sequence of Expression
        Of the fields above, where this one may not come before one of them.
    """
    value = place or _value(field, text, dates)
    tests = [(f"{text} is null", _blank(field))]
    tests.append((f"{value} is null", str(WRONG)))
    if field.kind in (*MOMENTS, "year"):
        tests.append((f"{value} < {_earliest(field)}", str(EARLY)))
    if field.kind in MOMENTS and field.past:
        tests.append((f"{value} > {quoted(today + dt.timedelta(days=1))}::timestamp", str(FUTURE)))
    tests += [(f"{value} {sign} {bound}", str(BOUNDS)) for sign, bound in _bounds(field)]
    starts = [each.value for each in others if each.field.name == field.not_before]
    tests += [(f"{value} < {start}", str(BEFORE)) for start in starts]
    branches = " ".join(f"when {test} then {number}" for test, number in tests)
    return Expression(field, value, f"(case {branches} end)")


def _blank(field: Field) -> str:
    """A figure that may not be blank may be where its publisher withheld it."""
    if field.optional or not field.suppression:
        return "null" if field.optional else str(BLANK)
    flag = f"rows.{named(f't_{field.suppression}')}"
    return f"(case when lower({flag}) in {YES} then null else {BLANK} end)"


def _earliest(field: Field) -> str:
    """Return the SQL of the first moment that may stand: a year of two digits is one of Rome."""
    return str(field.earliest) if field.kind == "year" else f"'{field.earliest}-01-01'::timestamp"


def _bounds(field: Field) -> list[tuple[str, float]]:
    lowest, highest = field.lowest, field.highest
    if field.kind == "share":
        lowest, highest = 0, 1
    if field.kind == "count" and highest is None:
        highest = LARGEST_COUNT
    bounds = (("<", lowest), (">", highest))
    return [(sign, bound) for sign, bound in bounds if bound is not None]


def translated(text: str, words: dict[str, str]) -> str:
    """Replace the words of a file by the words of the contract; an empty one is a blank."""
    pairs = " ".join(
        f"when {quoted(old.casefold())} then {quoted(new) if new else 'null'}"
        for old, new in words.items()
    )
    return f"(case lower({text}) {pairs} else {text} end)"


def label(text: str, *, longest: int = LONGEST["text"]) -> str:
    """Return the SQL of a text that is short enough, hides nothing and that no spreadsheet runs."""
    return (
        f"(case when length({text}) <= {longest} and not regexp_matches({text},"
        rf" '{UNSAFE}') then {text} end)"
    )


def _choice(field: Field, text: str) -> str:
    pairs = " ".join(
        f"when {quoted(each.casefold())} then {quoted(each)}" for each in field.choices
    )
    return f"(case lower({text}) {pairs} end)"


def _value(field: Field, text: str, dates: str) -> str:
    if field.kind in LONGEST:
        return label(text, longest=LONGEST[field.kind])
    if field.kind == "code":
        return f"(case when regexp_full_match({text}, {quoted(field.pattern)}) then {text} end)"
    if field.kind == "choice":
        return _choice(field, text)
    return _of_kind(field.kind, text, dates)


def _of_kind(kind: str, text: str, dates: str) -> str:
    whole = rf"regexp_full_match({text}, '[0-9]+(\.0+)?')"
    number = (
        rf"regexp_full_match({text}, '[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{{1,3}})?')"
    )
    kinds = {
        "flag": f"(case when lower({text}) in {YES} then 'yes' when lower({text}) in {NO} then 'no'"
        f" when lower({text}) in {UNKNOWN} then 'not known' end)",
        "count": f"(case when {whole} then try_cast(split_part({text}, '.', 1) as bigint) end)",
        "number": f"(case when {number} then try_cast({text} as double) end)",
        "share": f"(case when {number} then try_cast({text} as double) end)",
        "year": rf"(case when regexp_full_match({text}, '(1[6-9]|20)[0-9]{{2}}(\.0)?')"
        f" then {text}[:4]::smallint end)",
        "outline": text,
        "month": _month(text, dates),
        "date": _date(text, dates),
        "time": _time(text, dates),
    }
    return kinds[kind]


def _month(text: str, dates: str) -> str:
    if dates:
        return f"date_trunc('month', try_strptime({text}, {quoted(dates)}))::date"
    return (
        rf"(case when regexp_full_match({text}, '[0-9]{{4}}-[0-9]{{2}}') then"
        rf" try_cast({text} || '-01' as date)"
        rf" when regexp_full_match({text}, '(19|20)[0-9]{{4}}') then"
        f" try_cast({text}[:4] || '-' || {text}[5:] || '-01' as date)"
        f" else date_trunc('month', {_time(text, '')})::date end)"
    )


def _date(text: str, dates: str) -> str:
    if dates:
        return f"try_strptime({text}, {quoted(dates)})::date"
    return f"({_time(text, '')})::date"


def _time(text: str, dates: str) -> str:
    """Read a moment as ISO 8601 writes it; a zone of zero is dropped, any other is refused."""
    if dates:
        return f"try_strptime({text}, {quoted(dates)})"
    iso = (
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?(Z|[+]00:?00)?)?"
    )
    bare = rf"regexp_replace({text}, '(Z|[+]00:?00)$', '')"
    fits = f"regexp_full_match({text}, {quoted(iso)})"
    return f"(case when {fits} then try_cast({bare} as timestamp) end)"


def written_like(kind: str) -> str:
    """Return a month, date, time or year as ISO 8601 writes it; "" for another kind of field."""
    examples = {"month": "2024-05", "date": "2024-05-31", "time": "2024-05-31 22:15"}
    return (examples | {"year": "2024"}).get(kind, "")


def known_as(kinds: tuple[str, ...]) -> str:
    """Return in words which places a field knows."""
    return " or ".join(KNOWN_AS[each] for each in kinds)


def reason(field: Field, fault: int, *, dates: str = "") -> str:
    """Say what is wrong with a value, without the value; ``dates`` is the form that was asked."""
    if fault == BLANK:
        return "is blank, and may not be"
    if fault == FUTURE:
        return "lies in the future"
    if fault == EARLY:
        return f"lies before {field.earliest}; a year has four digits"
    if fault == BEFORE:
        return f"lies before {field.not_before}, and may not"
    if fault == BOUNDS:
        return f"is outside {_range(field)}"
    if field.kind in MOMENTS:
        return _no_moment(field, dates)
    if field.kind in LONGEST:
        return (
            f"is longer than {LONGEST[field.kind]} characters, begins like a formula, or has a"
            " character that cannot be seen"
        )
    return {
        "code": f"is not a code like {' or '.join(field.like)}",
        "choice": f"is not one of: {'; '.join(field.choices)}",
        "flag": "is not yes, no or not known",
        "count": "is not a whole number of zero or more",
        "number": "is not a number",
        "share": "is not a number",
        "year": "is not a year",
        "place": f"is not a code or name known among the {known_as(field.known_in)}",
        "area": "is not a code known in the look-up of its kind",
        "outline": "is not an outline",
    }[field.kind]


def _no_moment(field: Field, dates: str) -> str:
    if dates:
        return f"is not a {field.kind} of the form {dates}"
    return (
        f"is not a {field.kind} written like {written_like(field.kind)}; a spreadsheet may have"
        " changed it; if all dates are written like 25/12/2024, import with --dates %d/%m/%Y"
    )


def _range(field: Field) -> str:
    bounds = {">" if sign == "<" else "<": bound for sign, bound in _bounds(field)}
    low, high = bounds.get(">"), bounds.get("<")
    if low is None or high is None:
        return f"at least {low:,.0f}" if low is not None else f"at most {high:,.0f}"
    return f"{low:,.0f} to {high:,.0f}"
