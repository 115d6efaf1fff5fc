"""From one's own profile to a practice that serves it, adopted; and the notices that follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect
from tests.web.browser.looking import sign_in
from tests.web.browser.looking import wide_and_narrow as faults

if TYPE_CHECKING:
    from tests.web.browser.conftest import Windows
    from tests.web.conftest import Site

pytestmark = pytest.mark.browser
LONDON = "/what-happens/E23000001-metropolitan-police/"
PRACTICE = "Example: what a published practice looks like"


def adopt_from_the_profile(page: Page, site: Site) -> list[str]:
    """Go from the profile to the practice and record that it is adopted."""
    page.goto(f"{site.address}/organisations/")
    page.get_by_role("link", name="Our area’s profile").click()
    page.get_by_role("link", name="See what could help in Metropolitan Police").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What could help here")
    found = faults(page)
    page.get_by_text("Practice or intervention").click()
    page.get_by_label("Practice (").check()
    page.get_by_label("Order", exact=True).select_option(label="Strength of evidence")
    page.get_by_role("button", name="Apply", exact=True).click()
    found += faults(page)
    row = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=PRACTICE))
    expect(row).to_contain_text("The profile points to Knife crime.")
    expect(row).to_contain_text("Metropolitan Police Service does not yet record")
    row.get_by_role("button", name="Follow").click()
    page.goto(f"{site.address}{LONDON}for-my-area/?kind=practice")
    row.get_by_role("link", name="Record that we adopt it").click()
    page.get_by_label("What will you do, and where?").fill("On two routes.")
    page.get_by_role("main").get_by_role("button", name="Record it").click()
    page.goto(f"{site.address}{LONDON}for-my-area/?kind=practice")
    expect(row).to_contain_text("Metropolitan Police Service adopts it since")
    expect(row).to_contain_text("You follow it")
    return found + faults(page)


def test_a_lead_goes_from_the_profile_to_a_practice_and_its_owner_is_told(
    window: Windows, site: Site
) -> None:
    lead = sign_in(window(1280), site, "demo-lead")
    found = adopt_from_the_profile(lead, site)
    owner = sign_in(window(1280), site, "demo-example-contributor")
    owner.get_by_role("link", name="Notices (").click()
    expect(owner.get_by_role("main")).to_contain_text("Metropolitan Police Service adopts it.")
    found += faults(owner)
    owner.get_by_role("button", name="Mark all as read").click()
    expect(owner.get_by_role("main")).to_contain_text("Nothing new")
    found += faults(owner)
    owner.get_by_role("link", name="Change this").click()
    found += faults(owner)
    owner.get_by_label("Your work e-mail address").fill("no address")
    owner.get_by_role("button", name="Save").click()
    expect(owner.get_by_role("alert")).to_contain_text("Enter an e-mail address")
    found += faults(owner)
    assert found == []


@pytest.mark.parametrize("javascript", [True, False])
def test_everybody_can_look_what_could_help_a_place(
    window: Windows, site: Site, *, javascript: bool
) -> None:
    page = window(1280, javascript=javascript)
    page.goto(f"{site.address}{LONDON}")
    page.get_by_role("link", name="What could help here", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("How they are ordered.")
    page.goto(f"{site.address}{LONDON}for-my-area/?evidence=against")
    expect(page.get_by_role("main")).to_contain_text("Studies found that it does harm.")
    if javascript:
        found = faults(page)
        page.goto(f"{site.address}{LONDON}for-my-area/?area=ar-gun&partner=research")
        expect(page.get_by_role("main")).to_contain_text("Nothing here matches what is ticked")
        assert found + faults(page) == []
