"""Find a nation, force or local authority by its code or by a name in common use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal

from nhpf.errors import AmbiguousArea, UnknownArea

if TYPE_CHECKING:
    from nhpf.records.release import Release

Kind = Literal["nation", "force", "local_authority"]

# A name that says what it is the name of is looked for among areas of that kind alone.
KIND_WORDS: tuple[tuple[Kind, str], ...] = (
    ("force", r" (police service|police force|police|constabulary|force)$"),
    (
        "local_authority",
        r" (city council|county council|borough council|district council|council|borough)$",
    ),
    ("local_authority", r"^(london borough of|royal borough of|borough of) "),
)


@dataclass(frozen=True, slots=True)
class Area:
    """A place that a profile can be made for.

    Attributes
    ----------
    code, name : str
    kind : str
        nation, force or local_authority.
    parent : str
        The code of the force of a local authority, of the nation of a force, else empty.
    """

    code: str
    name: str
    kind: Kind
    parent: str


def areas(release: Release, kind: Kind | None = None) -> tuple[Area, ...]:
    """Return all areas, or those of one kind, in the order of their codes."""
    found = release.query("areas")
    rows = zip(found["code"], found["name"], found["kind"], found["parent"], strict=True)
    listed = (Area(*row) for row in rows)
    return tuple(area for area in listed if kind in (None, area.kind))


def find_area(text: str, release: Release) -> Area:
    """Return the one area that a code or a name means.

    Parameters
    ----------
    text : str
        Such as ``E23000001``, ``Met``, ``Kent Police``, ``hackney``; read as `areas_called` does.
    release : Release

    Raises
    ------
    UnknownArea
        If nothing has this code or name; names the nearest.
    AmbiguousArea
        If several areas have this name; names their codes.
    """
    fitting = areas_called(text, release)
    if len(fitting) > 1:
        listed = ", ".join(f"{area.code} ({area.name}, {_words(area.kind)})" for area in fitting)
        raise AmbiguousArea(
            f"Several areas are called {text.strip()}.",
            next_step=f"Give one of these codes: {listed}.",
        )
    return fitting[0]


def areas_called(text: str, release: Release) -> tuple[Area, ...]:
    """Return every area that a code or a name may mean, in the order of their codes.

    Names match without regard to case, punctuation, "and" or "&"; "Police" or "Council" at the
    end of a name says which kind is meant.

    Raises
    ------
    UnknownArea
        If nothing has this code or name; names the nearest.
    """
    known = {area.code: area for area in areas(release)}
    if text.strip().upper() in known:
        return (known[text.strip().upper()],)
    names = _names(known, release)
    kind, plain = _plain(text)
    codes = names.get(_letters(text)) or names.get(plain, set())
    fitting = tuple(known[code] for code in sorted(codes) if kind in (None, known[code].kind))
    if not fitting:
        raise _unknown(text, plain, names, known)
    return fitting


def _unknown(
    text: str, plain: str, names: dict[str, set[str]], known: dict[str, Area]
) -> UnknownArea:
    near = get_close_matches(plain, names, n=3, cutoff=0.6)
    found = dict.fromkeys(known[code].name for name in near for code in sorted(names[name]))
    hint = f"The nearest names are {', '.join(found)}." if found else "Give a code or a full name."
    return UnknownArea(f"No area is called {text.strip()!r}.", next_step=hint)


def _names(known: dict[str, Area], release: Release) -> dict[str, set[str]]:
    names: dict[str, set[str]] = {}
    for area in known.values():
        # "Bristol, City of" is also Bristol, and City of Bristol.
        short, _, rank = area.name.partition(", ")
        for form in (area.name, _plain(area.name)[1], short, f"{rank} {short}"):
            names.setdefault(_letters(form), set()).add(area.code)
    other = release.query("area_names")
    for name, code in zip(other["name"], other["code"], strict=True):
        names.setdefault(_letters(name), set()).add(code)
    return names


def _letters(text: str) -> str:
    """Return a name in small letters without punctuation."""
    spelled = text.casefold().replace("&", " and ")
    return " ".join(re.sub(r"[^\w\s]", " ", spelled).split())


def _plain(text: str) -> tuple[Kind | None, str]:
    """Return the kind that a name's words claim, and the name without those words."""
    name = re.sub(r"^the ", "", _letters(text))
    for kind, words in KIND_WORDS:
        shorter = re.sub(words, "", name)
        if shorter != name:
            return kind, shorter
    return None, name


def _words(kind: str) -> str:
    return kind.replace("_", " ").replace("force", "police force")
