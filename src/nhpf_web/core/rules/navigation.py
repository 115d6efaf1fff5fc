"""The five words of the navigation, which of them a page belongs to, and the sections to come."""

from __future__ import annotations

from dataclasses import dataclass

SECTIONS = (
    ("What happens", "/what-happens/"),
    ("What works", "/what-works/"),
    ("What we do", "/what-we-do/"),
    ("What we learned", "/what-we-learned/"),
    ("How we are doing", "/how-we-are-doing/"),
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the navigation on one page."""

    text: str
    address: str
    is_section: bool
    is_page: bool


def navigation(path: str) -> tuple[Word, ...]:
    """Return the navigation as the page at ``path`` shows it."""
    return tuple(
        Word(text, address, is_section=path.startswith(address), is_page=path == address)
        for text, address in SECTIONS
    )


@dataclass(frozen=True, slots=True)
class Way:
    """A page that already answers some of a section's question."""

    text: str
    address: str
    why: str


@dataclass(frozen=True, slots=True)
class Section:
    """A section that is not built: what it will answer, what answers some of it now."""

    title: str
    question: str
    ways: tuple[Way, ...]
    not_yet: str


TO_COME = {
    "what-we-do": Section(
        "What we do",
        "Which problem are we working on, what will we do about it, who answers for it?",
        (
            Way(
                "Problems",
                "/what-we-do/problems/",
                "What your organisation works on: a problem, its reason, the figures behind it,"
                " who owns it. For its own analysts and leads.",
            ),
            Way(
                "Toolkits",
                "/what-works/toolkits/",
                "Fifteen collections of what works, each with how it is done and who is needed.",
            ),
            Way(
                "Your area’s profile",
                "/what-happens/",
                "Each profile ends with the areas of focus and toolkits that its figures point to.",
            ),
        ),
        "Plans, their evaluations and the tools that run on a force’s own data come in a later"
        " version. A problem that is taken up is ready for a plan; nothing here makes one yet.",
    ),
    "what-we-learned": Section(
        "What we learned",
        "What did reviews find, what did we change, and did it help?",
        (
            Way(
                "Interventions and what studies found",
                "/what-works/interventions/",
                "Effects with their intervals, null and harmful results among them.",
            ),
            Way(
                "Sources",
                "/what-works/sources/",
                "Every study, review and publication that an entry rests on.",
            ),
        ),
        "Recommendations of reviews, debriefs and forces’ own evaluations come in a later version.",
    ),
}
