"""Every page and form state of equality assessments: axe at two widths, errors included."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect
from tests.web.browser.looking import faults, sign_in

from nhpf_web.equality.rules import PARTS

if TYPE_CHECKING:
    from tests.web.browser.conftest import Windows
    from tests.web.conftest import Site

pytestmark = pytest.mark.browser
WIDTHS = (1280, 320)
PUBLIC = (
    "/equality/",
    "/equality/?q=edition&state=signed&kind=edition&group=race",
    "/equality/?q=nothing-has-this-name",
    "/equality/mitigations/",
    "/equality/mitigations/?state=dropped",
    "/equality/without/",
    "/equality/eia-edition-2026/",
    "/equality/eia-profile-ethnicity/",
)


def looked(page: Page, address: str) -> list[str]:
    """Return what is wrong with a page at both widths."""
    page.goto(address)
    return list(_at_both(page))


def _at_both(page: Page) -> Iterator[str]:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        yield from faults(page)


def refused(page: Page, address: str, button: str) -> list[str]:
    """Send a form as it stands, which it is refused for, and return what is wrong with the page."""
    page.goto(address)
    page.get_by_role("main").get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    return list(_at_both(page))


@pytest.mark.parametrize("scripts", [True, False], ids=["with-js", "without-js"])
def test_what_everybody_reads(window: Windows, site: Site, *, scripts: bool) -> None:
    page = window(1280, scripts=scripts)
    assert [fault for path in PUBLIC for fault in looked(page, site.address + path)] == []


def begin(page: Page, site: Site) -> str:
    """Begin an assessment of a method and return its address."""
    page.goto(f"{site.address}/equality/start/?subject_kind=method&subject_id=rate")
    page.get_by_label("Title").fill("Rates of rare events")
    page.get_by_role("main").get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rates of rare events")
    return page.url


def test_every_form_and_its_errors(window: Windows, site: Site) -> None:
    # Without JavaScript, so that each form is what the server sends.
    page = sign_in(window(1280), site, "demo-editor")
    start = f"{site.address}/equality/start/"
    found = [*looked(page, start), *refused(page, start, "Save")]
    own = begin(page, site)
    expect(page.get_by_text("95% interval").first).to_be_visible()
    found += looked(page, own)
    for part in PARTS:
        found += looked(page, f"{own}change/{part.slug}/")
    page.goto(f"{own}change/decision/")
    page.get_by_label("Title").fill("")
    page.get_by_label("who answers").fill("PC John Smith")
    page.get_by_role("main").get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("alert")).to_contain_text("This holds a name")
    found += _at_both(page)
    page.goto(f"{own}change/effects/")
    page.locator("[name=rationale_5]").fill("A reason without its effect.")
    page.get_by_role("main").get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Choose the effect, for race.")
    found += _at_both(page)
    found += refused(page, f"{own}mitigations/add/", "Save")
    found += looked(page, f"{own}check/")
    found += refused(page, f"{own}check/", "Ask for a signature")
    page.goto(own)
    page.get_by_role("link", name="Say what it means, or leave it out").first.click()
    found += _at_both(page)
    page.get_by_label("why it is left out").fill("Not of this place.")
    page.get_by_role("main").get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Left out", exact=True).first).to_be_visible()
    page.get_by_role("button", name="Look at the figures again").click()
    expect(page.get_by_text("No figure has changed.")).to_be_visible()
    found += _at_both(page)
    assert found == []


def test_progress_is_recorded_under_a_signature(window: Windows, site: Site) -> None:
    page = sign_in(window(1280), site, "demo-editor")
    page.goto(f"{site.address}/equality/eia-profile-age-sex/")
    page.get_by_role("link", name="Record it as done").first.click()
    address = page.url
    found = [*looked(page, address), *refused(page, address, "Record")]
    page.get_by_label("What was done?").fill("Asked the services and wrote down what they said.")
    page.get_by_role("main").get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_text("Asked the services")).to_be_visible()
    found += _at_both(page)
    assert found == []


def test_a_wrong_signature_is_said(window: Windows, site: Site) -> None:
    editor = sign_in(window(1280), site, "demo-editor")
    own = begin(editor, site)
    lead = sign_in(window(1280), site, "demo-equality-lead")
    found = [*looked(lead, f"{own}sign/"), *refused(lead, f"{own}sign/", "Sign")]
    signed = f"{site.address}/equality/eia-profile-unsolved/reopen/"
    found += [*looked(editor, signed), *refused(editor, signed, "Reopen")]
    assert found == []


def test_the_register_is_filtered_without_javascript(window: Windows, site: Site) -> None:
    page = window(1280, javascript=False)
    page.goto(f"{site.address}/equality/")
    page.get_by_label("Words in the title").fill("ethnicity")
    page.get_by_role("button", name="Apply filters").click()
    main = page.get_by_role("main")
    expect(main.get_by_role("link", name="unsolved homicides by ethnicity")).to_be_visible()
    expect(main.get_by_text("edition 2026 of the framework")).to_have_count(0)
    with page.expect_download() as download:
        page.get_by_role("link", name="These as CSV").click()
    assert download.value.suggested_filename.startswith("equality-impact-assessments_")
