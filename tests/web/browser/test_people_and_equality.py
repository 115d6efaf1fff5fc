"""The pages of people, log and equality in a real browser: axe, width, strict policy."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Protocol

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

pytestmark = pytest.mark.browser

CHROMIUM = os.environ.get("NHPF_CHROMIUM", "/usr/bin/chromium")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WIDTHS = (1280, 320)
# One address of each type of page.
OPEN = (
    "/what-we-do/",
    "/accounts/login/",
    "/equality/",
    "/equality/eia-edition-2026/",
    "/nowhere/",
)
SIGNED_IN = {
    "demo-organisation-administrator": (
        "/organisations/",
        "/organisations/npcc-homicide-prevention/add/",
    ),
    "demo-auditor": ("/audit/",),
    "demo-editor": ("/equality/start/", "/equality/eia-edition-2026/reopen/"),
    "demo-equality-lead": ("/equality/eia-edition-2026/",),
}


class Site(Protocol):
    """The served site that conftest starts."""

    address: str
    password: str


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


def faults(page: Page, address: str) -> list[str]:
    """Return what is wrong with a page at each width."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address)
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            found.append(f"{address} at {width}: {wide} pixels wide")
        found += [
            f"{address} at {width}: {one['id']} {one['nodes'][0]['html'][:90]}"
            for one in Axe().run(page, options=RULES).response["violations"]
        ]
    return found


def watched(browser: Browser, site: Site) -> tuple[Page, list[str]]:
    """Return a page and a list that fills with requests to the outside and refused scripts."""
    page, seen = browser.new_page(), []
    page.on(
        "request",
        lambda one: None if one.url.startswith((site.address, "data:")) else seen.append(one.url),
    )
    page.on(
        "console",
        lambda one: seen.append(one.text) if "Content Security Policy" in one.text else None,
    )
    return page, seen


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_open_pages(browser: Browser, site: Site, *, script: bool) -> None:
    page, seen = watched(browser, site)
    if not script:
        # Only ours are kept away: axe itself needs a browser that runs scripts.
        page.route("**/*.js", lambda route: route.abort())
    assert [fault for path in OPEN for fault in faults(page, site.address + path)] == []
    assert seen == []


@pytest.mark.parametrize("name", SIGNED_IN)
def test_pages_of_people(browser: Browser, site: Site, name: str) -> None:
    page, seen = watched(browser, site)
    page.goto(f"{site.address}/accounts/login/")
    page.get_by_label("Name for signing in").fill(name)
    page.get_by_label("Password").fill(site.password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    assert page.get_by_role("link", name="My organisation").is_visible()
    assert [fault for path in SIGNED_IN[name] for fault in faults(page, site.address + path)] == []
    assert seen == []


def test_a_wrong_form_leads_the_eye_to_its_fault(browser: Browser, site: Site) -> None:
    page, _ = watched(browser, site)
    page.goto(f"{site.address}/accounts/login/")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    summary = page.get_by_role("alert")
    assert "There is a problem" in summary.inner_text()
    assert page.title().startswith("Error: ")
    summary.get_by_role("link").first.click()
    assert page.evaluate("document.activeElement.name") == "login"


def test_the_keyboard_skips_to_the_page(browser: Browser, site: Site) -> None:
    page, _ = watched(browser, site)
    page.goto(f"{site.address}/equality/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"
