"""EMMIE and other libraries' words on interventions' pages and in the draft's form, by axe."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests.web.browser.looking import faults, settled, sign_in

if TYPE_CHECKING:
    from tests.web.browser.conftest import Windows
    from tests.web.conftest import Site

pytestmark = pytest.mark.browser
# With all parts and words of others; with none of the words; with almost nothing known.
PAGES = ("/what-works/iv-cardiff/", "/what-works/iv-sv-ed/", "/what-works/iv-trauma/")
EDITION = "/how-we-are-doing/editions/2026/iv-cardiff/"
OPEN = "document.querySelectorAll('main details').forEach(one => { one.open = true })"
FORM = "/how-we-are-doing/draft/iv-mst/emmie/"


@pytest.mark.parametrize("width", [1280, 320])
def test_emmie_and_the_words_of_others_keep_to_wcag(
    window: Windows, site: Site, width: int
) -> None:
    page, found = window(width), []
    for path in (*PAGES, EDITION):
        page.goto(site.address + path)
        expect(page.get_by_role("heading", name="The five parts of EMMIE")).to_be_visible()
        page.evaluate(OPEN)
        found += faults(page)
    assert found == []


@pytest.mark.parametrize("width", [1280, 320])
def test_an_editor_writes_emmie_and_is_told_what_is_missing(
    window: Windows, site: Site, width: int
) -> None:
    page = window(width)
    sign_in(page, site, "demo-editor")
    page.goto(site.address + FORM)
    found = faults(page)
    page.get_by_label("What does it rest on? (effect)").fill("S_RUMOUR")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("No source has the id S_RUMOUR")
    settled(page)
    found += faults(page)
    expect(page.get_by_label("What does it rest on? (effect)")).to_have_value("S_RUMOUR")
    assert found == []
