"""Every example on the pages of ``docs/methods`` gives what the page says."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

PAGES = sorted((Path(__file__).parents[4] / "docs" / "methods").glob("*.md"))
METHODS = [page for page in PAGES if page.stem not in ("README", "validation")]
FENCED = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PARTS = ("Question", "Formula", "Assumptions", "When not to use it", "Example", "References")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_examples_give_what_the_page_says(page: Path) -> None:
    text = page.read_text("utf-8")
    examples = "\n".join(FENCED.findall(text))
    test = doctest.DocTestParser().get_doctest(examples, {}, page.name, str(page), 0)
    said: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.REPORT_NDIFF).run(test, out=said.append)
    assert not said, "".join(said)


@pytest.mark.parametrize("page", METHODS, ids=lambda page: page.stem)
def test_pages_have_all_their_parts_and_are_listed(page: Path) -> None:
    text = page.read_text("utf-8")
    assert [part for part in PARTS if f"\n## {part}\n" not in text] == []
    assert ">>>" in text
    assert f"({page.name})" in (page.parent / "README.md").read_text("utf-8")
