"""The five words, and which of them a page belongs to."""

from __future__ import annotations

import pytest

from nhpf_web.core.rules import SECTIONS, TO_COME, navigation


@pytest.mark.parametrize(
    ("path", "section", "page"),
    [
        ("/", None, None),
        ("/what-works/", "What works", "What works"),
        ("/what-works/tk-hot-spot/", "What works", None),
        ("/what-works-elsewhere/", None, None),
    ],
)
def test_a_page_belongs_to_one_word(path: str, section: str | None, page: str | None) -> None:
    words = navigation(path)
    assert len(words) == 5
    assert [word.text for word in words if word.is_section] == ([section] if section else [])
    assert [word.text for word in words if word.is_page] == ([page] if page else [])


def test_a_section_to_come_is_in_the_navigation_and_names_what_exists() -> None:
    addresses = {address for _, address in SECTIONS}
    for slug, section in TO_COME.items():
        assert f"/{slug}/" in addresses
        assert section.ways
        assert "later version" in section.not_yet
