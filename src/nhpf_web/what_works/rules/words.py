"""The framework's words on its pages."""

from __future__ import annotations

from collections.abc import Mapping

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
