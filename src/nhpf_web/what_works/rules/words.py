"""The framework's words on its pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nhpf.framework import Evidence

KIND_NAMES: Mapping[str, tuple[str, str]] = {
    "theme": ("Theme", "Themes"),
    "area": ("Area of focus", "Areas of focus"),
    "toolkit": ("Toolkit", "Toolkits"),
    "intervention": ("Intervention", "Interventions"),
    "strategy": ("Fundamental strategy", "Fundamental strategies"),
    "enabler": ("Enabler", "Enablers"),
    "driver": ("Driver", "Drivers"),
    "objective": ("Objective", "Objectives"),
    "phase": ("Phase", "Phases"),
    "prevention_level": ("Prevention level", "Prevention levels"),
}
KIND_GLOSSES: Mapping[str, str] = {
    "theme": "The drivers that lead to homicide: the first level of the framework.",
    "area": "What would change homicide most if it were tackled well: the second level.",
    "toolkit": "Collections of what works that forces and partners use: the third level.",
    "intervention": "Classes of practice, each with what studies found and how sure they are.",
    "strategy": "National strategies that act on the drivers and causes of homicide.",
    "enabler": "What the framework needs in order to work.",
    "driver": "What makes homicide more likely in a population or a place.",
    "objective": "What the strategy set out to achieve.",
    "phase": "The steps of the cycle, repeated every 18 to 24 months.",
    "prevention_level": "Whom prevention is for: everybody, those at risk, those already harmed.",
}
KIND_PATHS: Mapping[str, str] = {
    kind: plural.lower().replace(" ", "-") for kind, (_, plural) in KIND_NAMES.items()
}
STRENGTH_WORDS: Mapping[str, str] = {
    "strong": "Strong evidence",
    "moderate": "Moderate evidence",
    "limited": "Limited evidence",
    "none": "No evidence of effect yet",
}
_BEARINGS = {"favourable": "helps", "unfavourable": "harms", "no clear effect": "neither"}
_POINTS = {
    "helps": "that it helps",
    "harms": "of harm",
    "neither": "of no clear effect",
    "both": "of help for some outcomes and of harm for others",
    "mixed": "with mixed findings",
    "unknown": "in words only",
}
LEVEL_WORDS: Mapping[str, str] = {
    "primary": "Primary: whole populations",
    "secondary": "Secondary: where risk is raised",
    "tertiary": "Tertiary: stopping what recurs",
}
PART_HEADINGS: Mapping[str, str] = {
    "what": "What it is",
    "when": "When it helps",
    "how": "How it is done",
    "who": "Who is needed",
    "risks": "What can go wrong",
}


def finding_words(strength: str, directions: Iterable[str]) -> str:
    """Return how strong evidence is and which way it points, so that harm never reads as help.

    Parameters
    ----------
    strength : str
        How sure the evidence is overall.
    directions : iterable of str
        Which way each finding of that strength points.
    """
    certainty = STRENGTH_WORDS[strength]
    return certainty if strength == "none" else f"{certainty} {_POINTS[bearing(directions)]}"


def strongest_directions(evidence: Evidence) -> tuple[str, ...]:
    """Return which way the findings of the overall strength point, or all where none has it."""
    strongest = [row for row in evidence.outcomes if row.strength == evidence.strength]
    return tuple(row.direction for row in strongest or evidence.outcomes)


def bearing(directions: Iterable[str]) -> str:
    """Return which way findings point together: helps, harms, both, neither, mixed or unknown."""
    found = set(directions)
    if not found:
        return "unknown"
    if {"favourable", "unfavourable"} <= found:
        return "both"
    return _BEARINGS.get(found.pop(), "mixed") if len(found) == 1 else "mixed"
