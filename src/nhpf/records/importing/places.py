"""The places that look-ups know, by code and by name, for the columns that say where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhpf.records.engine import quoted, reader
from nhpf.records.open_source import open_source

if TYPE_CHECKING:
    import duckdb

# For each kind of place: the shipped look-up, its column of codes, its column of names.
LOOKUPS = {
    "lsoa21": (("lookup_small_areas", "lsoa21_code", ""),),
    "lsoa11": (("lookup_2011_to_2021", "lsoa11_code", ""),),
    "ward24": (("lookup_small_areas", "ward24_code", ""),),
    "ward22": (("ward_outlines", "ward22_code", ""),),
    "csp24": (("lookup_local_authority_to_force", "csp24_code", "csp24_name"),),
    "pfa24": (
        ("lookup_local_authority_to_force", "pfa24_code", "pfa24_name"),
        ("area_names", "code", "name"),
    ),
    "ltla24": (
        ("lookup_local_authority_to_force", "ltla24_code", "ltla24_name"),
        ("area_names", "code", "name"),
    ),
    "region24": (("lookup_small_areas", "region24_code", "region24_name"),),
}
FORCE_ENDINGS = r"( (police service|police force|police|constabulary))$"


def known_places(con: duckdb.DuckDBPyConnection) -> None:
    """Make the table ``known_places``: kind, key (a code or name in small letters) and code."""
    parts = []
    for kind, lookups in LOOKUPS.items():
        for source, code, name in lookups:
            rows = f"(select * from {reader(open_source(source).path)})"
            parts.append(f"select {quoted(kind)}, lower({code}), {code} from {rows}")
            if name:
                parts.append(f"select {quoted(kind)}, {_key(name, (kind,))}, {code} from {rows}")
    con.execute(
        "create temp table known_places as select kind, key, any_value(code) as code"
        f" from ({' union all '.join(parts)}) as listed(kind, key, code)"
        # A name that stands for two places says nothing, and an alias of the nation is no force.
        " where code is not null and (kind <> 'pfa24' or code[2:3] in ('23', '15'))"
        " and (kind <> 'ltla24' or code[2:3] in ('06', '07', '08', '09'))"
        " group by kind, key having count(distinct code) = 1"
    )


def _key(name: str, kinds: tuple[str, ...]) -> str:
    """Return the SQL of what a name or a code is found by, whichever of its spellings it is."""
    key = f"replace(lower({name}), '&', 'and')"
    if "pfa24" in kinds:
        # "Kent Police" and "city-of-london" are forces by other spellings.
        key = f"regexp_replace(replace({key}, '-', ' '), '{FORCE_ENDINGS}', '')"
    return key


def lookup(alias: str, text: str, kinds: tuple[str, ...]) -> str:
    """Return the SQL join that finds the code of a place: ``{alias}.code``, null if not known."""
    listed = ", ".join(quoted(kind) for kind in kinds)
    return (
        f" left join (select key, max(code) as code from known_places where kind in ({listed})"
        f" group by key) as {alias} on {alias}.key = {_key(text, kinds)}"
    )


# Areas that are named by their kind in words, and the look-up that knows them.
KINDS = {"force": "pfa24", "local authority": "ltla24", "region": "region24"}
# A code of these that the look-up does not know is wrong; other areas change too often to say so.
MUST_BE_KNOWN = ("lsoa21", "lsoa11")


def area_lookup(alias: str, text: str, kind: str) -> str:
    """Return the SQL join that finds the code of an area of the kind that another text says."""
    names = " ".join(f"when {quoted(name)} then {quoted(at)}" for name, at in KINDS.items())
    return (
        f" left join known_places as {alias} on {alias}.kind = (case lower({kind}) {names}"
        f" else lower({kind}) end) and {alias}.key = (case lower({kind}) when 'force'"
        f" then {_key(text, ('pfa24',))} else {_key(text, ())} end)"
    )


def area_code(alias: str, text: str, kind: str) -> str:
    """Return the SQL of an area: its code, else the text as it stands where that may be."""
    known = ", ".join(quoted(each) for each in MUST_BE_KNOWN)
    return f"coalesce({alias}.code, case when lower({kind}) not in ({known}) then {text} end)"
