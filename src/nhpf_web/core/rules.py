"""The five words of the navigation and which of them a page belongs to."""

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
