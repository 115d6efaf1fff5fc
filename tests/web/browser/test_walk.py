"""The way that the service is for, walked in a real browser, with and without JavaScript."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from tests.web.browser.conftest import Windows
    from tests.web.conftest import Site

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (1280, False), (320, True)])
def test_from_home_to_the_source_of_an_intervention(
    window: Windows, site: Site, width: int, javascript: bool
) -> None:
    page = window(width, javascript=javascript)
    page.goto(site.address)
    page.get_by_label("Find your force or area").fill("Metropolitan Police")
    page.get_by_role("button", name="Show its profile").click()
    expect(page).to_have_url(re.compile("/what-happens/E23000001-metropolitan-police/$"))

    judgement = page.locator(".nhpf-judgement").first
    expect(judgement).to_contain_text("confidence")
    judgement.locator("a[href^='#']").first.click()
    figure = page.locator(page.url[page.url.index("#") :])
    expect(figure).to_be_in_viewport()
    figure.locator("summary", has_text="Table").click()
    expect(figure.get_by_role("table")).to_be_visible()

    pointed_to = page.locator("section[aria-labelledby=section-areas-of-focus]")
    pointed_to.get_by_role("link", name="Knife crime", exact=True).click()
    expect(page).to_have_url(re.compile("/what-works/ar-knife/$"))
    page.get_by_role("link", name="Hot spot policing", exact=True).first.click()
    expect(page).to_have_url(re.compile("/what-works/tk-hot-spot/$"))
    page.get_by_role("link", name="Hot spots policing", exact=True).first.click()
    expect(page).to_have_url(re.compile("/what-works/iv-hsp/$"))
    page.locator("#facts ~ .nhpf-facts a").first.click()
    expect(page).to_have_url(re.compile("/what-works/sources/S_"))
    expect(page.get_by_text("Where to read it")).to_be_visible()


def test_search_stabbing_finds_knife_crime_first(page: Page, site: Site) -> None:
    page.goto(site.address)
    page.get_by_role("searchbox").fill("stabbing")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".nhpf-result").first.get_by_role("link")).to_have_text("Knife crime")
    page.locator(".nhpf-result").first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Knife crime")


@pytest.mark.parametrize("javascript", [True, False])
def test_filters_narrow_and_the_address_keeps_them(
    window: Windows, site: Site, javascript: bool
) -> None:
    page = window(1280, javascript=javascript)
    page.goto(f"{site.address}/what-works/")
    page.get_by_text("Strength of evidence").click()
    page.get_by_label(re.compile("^Strong evidence")).check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page).to_have_url(re.compile(r"\?strength=strong$"))
    expect(page.get_by_role("status")).to_contain_text("match")
    page.reload()
    expect(page.get_by_label(re.compile("^Strong evidence"))).to_be_checked()
    page.get_by_role("link", name="Clear all filters").click()
    expect(page).to_have_url(f"{site.address}/what-works/")


def test_a_wrong_name_leads_on(page: Page, site: Site) -> None:
    page.goto(site.address)
    page.get_by_label("Find your force or area").fill("Nortumbria")
    page.get_by_role("button", name="Show its profile").click()
    page.get_by_role("link", name="Northumbria").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Northumbria")


def test_a_map_can_be_enlarged_and_moved_and_nothing_breaks_the_policy(
    page: Page, site: Site
) -> None:
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    outside: list[str] = []
    page.on(
        "request",
        lambda asked: None if asked.url.startswith(site.address) else outside.append(asked.url),
    )
    page.goto(f"{site.address}/what-happens/E23000001-metropolitan-police/")
    drawn = page.locator(".nhpf-map").first
    drawn.scroll_into_view_if_needed()
    before = drawn.locator("svg.nhpf-chart__map").bounding_box()
    drawn.get_by_role("button", name="Zoom in").click()
    page.wait_for_timeout(400)
    after = drawn.locator("svg.nhpf-chart__map").bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] > before["width"] * 1.2
    assert faults == []
    assert [address for address in outside if not address.startswith("data:")] == []


def test_the_keyboard_reaches_the_content_first(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/what-works/ar-knife/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to main content")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
