"""Searching, comparing and saving in a real browser: axe, both widths, with and without scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests.web.browser.looking import faults, settled, sign_in

if TYPE_CHECKING:
    from tests.web.browser.conftest import Windows
    from tests.web.conftest import Site

pytestmark = pytest.mark.browser
FOUR = "id=ar-knife&id=tk-hot-spot&id=iv-hsp&id=iv-stop"
PAGES = (
    "/search/",
    "/search/?q=stabbing",
    "/search/?q=violence&kind=intervention&strength=strong&page=1",
    "/search/?q=stabing&exact=1",
    "/search/?q=knife&kind=place",
    "/search/?q=%22street+lighting%22",
    "/search/compare/",
    f"/search/compare/?{FOUR}",
    f"/search/compare/?{FOUR}&id=iv-cctv",
)


@pytest.mark.parametrize("scripts", [True, False], ids=["with-js", "without-js"])
@pytest.mark.parametrize("width", [1280, 320])
def test_pages_of_the_search_keep_to_wcag_and_to_their_window(
    window: Windows, site: Site, width: int, *, scripts: bool
) -> None:
    page = window(width, scripts=scripts)
    found = {}
    for address in PAGES:
        page.goto(site.address + address)
        assert page.locator("h1").count() == 1, address
        for summary in page.locator("main summary").all():
            if summary.locator("..").get_attribute("open") is None:
                summary.click()
        found[address] = faults(page)
    assert {address: wrong for address, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("javascript", [True, False], ids=["with-js", "without-js"])
def test_filters_narrow_and_ticked_results_stand_side_by_side(
    window: Windows, site: Site, *, javascript: bool
) -> None:
    page = window(1280, javascript=javascript)
    page.goto(f"{site.address}/search/?q=knife")
    page.locator("#filter-kind").click()
    page.get_by_label(re.compile("^Interventions")).check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page).to_have_url(re.compile(r"q=knife.*kind=intervention"))
    expect(page.get_by_role("link", name="Remove Interventions")).to_be_visible()
    kinds = page.locator(".nhpf-result__kind:first-of-type")
    assert set(kinds.all_inner_texts()) == {"Intervention"}
    titles = [page.locator(".nhpf-result h2").nth(place).inner_text().strip() for place in range(3)]
    for title in titles:
        page.get_by_label(f"Compare {title}", exact=True).check()
    page.get_by_role("button", name="Compare what is ticked").click()
    heads = page.locator("thead th")
    assert [text.split("\n")[0] for text in heads.all_inner_texts()] == titles
    expect(page.get_by_role("rowheader", name="Strength of evidence")).to_be_visible()


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (320, False)])
def test_a_view_is_saved_followed_and_deleted(
    window: Windows, site: Site, width: int, *, javascript: bool
) -> None:
    page = window(width, javascript=javascript)
    sign_in(page, site, "demo-analyst")
    page.goto(f"{site.address}/search/?q=alcohol&kind=intervention")
    page.get_by_role("link", name="Save this view").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter a name.")
    if javascript:
        assert faults(page) == []
    name = f"Alcohol at {width}"
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_role("button", name="Save").click()
    expect(page).to_have_url(f"{site.address}/search/views/")
    if javascript:
        assert faults(page) == []
    page.get_by_role("link", name=name, exact=True).click()
    expect(page).to_have_url(f"{site.address}/search/?q=alcohol&kind=intervention")
    page.goto(f"{site.address}/search/views/")
    page.get_by_role("link", name=f"Delete {name}").click()
    if javascript:
        settled(page)
        assert faults(page) == []
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("link", name=name, exact=True)).to_have_count(0)
