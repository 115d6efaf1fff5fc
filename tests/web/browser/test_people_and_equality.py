"""The pages of people, log and equality in a real browser: axe, width, keyboard, strict policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page
from tests.web.browser.looking import faults as looked_at
from tests.web.browser.looking import sign_in

if TYPE_CHECKING:
    from tests.web.browser.conftest import Windows
    from tests.web.conftest import Site

pytestmark = pytest.mark.browser
# One address of each type of page that only some people reach.
SEEN_BY = {
    "demo-organisation-administrator": (
        "/organisations/",
        "/organisations/npcc-homicide-prevention/add/",
    ),
    "demo-auditor": ("/audit/",),
    "demo-editor": ("/equality/start/", "/equality/eia-edition-2026/reopen/"),
    "demo-equality-lead": ("/equality/eia-edition-2026/",),
}


def faults(page: Page, address: str) -> list[str]:
    """Return what is wrong with a page in the window that it has."""
    page.goto(address)
    return looked_at(page)


@pytest.mark.parametrize("scripts", [True, False], ids=["with-js", "without-js"])
@pytest.mark.parametrize("width", [1280, 320])
def test_an_assessment_is_everybodys_to_read(
    window: Windows, site: Site, width: int, *, scripts: bool
) -> None:
    page = window(width, scripts=scripts)
    assert faults(page, f"{site.address}/equality/eia-edition-2026/") == []


@pytest.mark.parametrize("name", SEEN_BY)
def test_pages_of_people(window: Windows, site: Site, name: str) -> None:
    for width in (1280, 320):
        page = window(width)
        sign_in(page, site, name)
        found = [fault for path in SEEN_BY[name] for fault in faults(page, site.address + path)]
        assert found == []


def test_nothing_is_asked_of_the_outside_and_no_script_is_refused(
    window: Windows, site: Site
) -> None:
    page, seen = window(1280), []
    page.on("request", lambda one: seen.append(one.url))
    page.on("console", lambda one: seen.append(one.text))
    sign_in(page, site, "demo-auditor")
    page.goto(f"{site.address}/audit/")
    assert seen
    assert [one for one in seen if not one.startswith(site.address)] == []


def test_a_wrong_form_leads_the_eye_to_its_fault(window: Windows, site: Site) -> None:
    page = window(1280)
    page.goto(f"{site.address}/accounts/login/")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    summary = page.get_by_role("alert")
    assert "There is a problem" in summary.inner_text()
    assert page.title().startswith("Error: ")
    summary.get_by_role("link").first.click()
    assert page.evaluate("document.activeElement.name") == "login"


def test_the_keyboard_skips_to_the_page(window: Windows, site: Site) -> None:
    page = window(1280)
    page.goto(f"{site.address}/equality/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"
