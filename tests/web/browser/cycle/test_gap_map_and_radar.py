"""The gap map and the radar looked at by axe, wide and narrow, and walked without JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests.web.browser.looking import faults, settled, sign_in

if TYPE_CHECKING:
    from tests.web.browser.conftest import Windows
    from tests.web.conftest import Site

pytestmark = pytest.mark.browser
HOME = "/how-we-are-doing/"
PAGES = (
    f"{HOME}gap-map/",
    f"{HOME}gap-map/?level=primary&theme=theme-drugs&strength=strong",
    f"{HOME}gap-map/ar-knife/secondary/",
    f"{HOME}gap-map/subtype-5/primary/",
    f"{HOME}radar/",
    "/what-works/pr-1/",
)


@pytest.mark.parametrize("width", [1280, 320])
def test_both_pages_and_their_cells(window: Windows, site: Site, width: int) -> None:
    page, found = window(width), []
    for path in PAGES:
        page.goto(site.address + path)
        settled(page)
        # Gaps are folded away until somebody asks for them.
        for folded in page.locator("main details:not([open]) > summary").all()[:3]:
            folded.click()
        found += faults(page)
    assert found == []


def test_a_gap_leads_to_a_practice_that_knows_what_it_is_about(window: Windows, site: Site) -> None:
    page = window(320, javascript=False)
    sign_in(page, site, "demo-contributor")
    page.goto(f"{site.address}{HOME}")
    page.get_by_role("link", name="Gap map").click()
    page.get_by_label("Prevention level").select_option("primary")
    page.get_by_role("button", name="Show").click()
    row = page.get_by_role("row", name="Gun crime")
    row.locator("summary", has_text="no published practice").click()
    row.get_by_role("link", name="Describe a practice").click()
    expect(page.get_by_text("It begins as about: Primary: whole populations; Gun")).to_be_visible()
    page.get_by_label("Title").fill("A surrender of firearms")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("link", name="Themes and areas of focus").click()
    expect(page.get_by_label("Gun crime")).to_be_checked()


def test_the_radar_leads_to_a_call_for_a_trial(window: Windows, site: Site) -> None:
    page = window(1280, javascript=False)
    sign_in(page, site, "demo-editor")
    page.goto(f"{site.address}{HOME}")
    page.get_by_role("link", name="Radar").click()
    expect(page.get_by_text("Demonstration:")).to_be_visible()
    page.get_by_role("link", name="Open a call for a trial of Example").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("call")
