"""Signing in, and looking at a page as axe and a narrow window do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from tests.web.conftest import Site

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WITH_BEST_PRACTICE = {"runOnly": [*WCAG, "best-practice"]}
WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def sign_in(page: Page, site: Site, name: str) -> Page:
    """Sign in and wait for the page that shows it."""
    page.goto(f"{site.address}/accounts/login/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(site.password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="My organisation").wait_for()
    return page


def settled(page: Page) -> None:
    """Wait for the page that a click leads to: the click returns before it is there."""
    page.wait_for_load_state("networkidle")


def faults(page: Page, *, rules: dict[str, Any] = WITH_BEST_PRACTICE) -> list[str]:
    """Return what axe finds wrong, and whether the page is wider than its window."""
    found = ["it scrolls sideways"] if page.evaluate(WIDE) else []
    for one in Axe().run(page, options=rules).response["violations"]:
        found += [f"{one['id']}: {node['html'][:120]}" for node in one["nodes"]]
    return [f"{page.url}: {fault}" for fault in found]


def wide_and_narrow(page: Page) -> list[str]:
    """Return what is wrong with the page that is there, wide and phone-sized."""
    settled(page)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    found = []
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"at {width}: {fault}" for fault in faults(page)]
    page.set_viewport_size({"width": 1280, "height": 900})
    return found


def press(page: Page, name: str) -> None:
    """Press a button of the page's main part, and wait for what comes of it."""
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()
    settled(page)


def follow(page: Page, name: str) -> None:
    """Follow a link of the page's main part, and wait for where it leads."""
    page.get_by_role("main").get_by_role("link", name=name, exact=True).click()
    settled(page)
