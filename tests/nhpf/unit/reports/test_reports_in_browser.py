"""A report in a real browser: accessible, no sideways scrolling, readable words on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nhpf import reports
from nhpf.reports import charts
from nhpf.reports.charts.specs import Chart
from nhpf.reports.tree import Report

pytestmark = pytest.mark.browser
CHROMIUM = Path("/usr/bin/chromium")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SMALLEST_WORDS = """() => Math.min(...[...document.querySelectorAll('.nhpf-chart text')]
  .filter(text => text.checkVisibility())
  .map(text => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a))"""
SHOWN = "() => [...document.querySelectorAll('.nhpf-chart > svg')].filter(s => s.checkVisibility())"


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    sync_api = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed; make test says how to add it.")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def document(report: Report, tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("report") / "report.html"
    file.write_text(reports.to_html(report, signed={"eia-unsolved"}), encoding="utf-8")
    return file.as_uri()


@pytest.fixture(scope="module")
def gallery_page(gallery: dict[str, Chart], tmp_path_factory: pytest.TempPathFactory) -> str:
    drawn = "".join(
        f"<h2>{name}</h2>" + charts.draw(chart, id=f"c{rank}", title=name, description=name)
        for rank, (name, chart) in enumerate(gallery.items())
    )
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    style = f"<style>body {{ margin: 15px }} {reports.stylesheet()}</style>"
    file = tmp_path_factory.mktemp("gallery") / "gallery.html"
    file.write_text(
        f'<!DOCTYPE html><html lang="en-GB"><head><title>Charts</title>{head}{style}</head>'
        f"<body><main><h1>Charts</h1>{drawn}</main></body></html>",
        encoding="utf-8",
    )
    return file.as_uri()


@pytest.mark.parametrize("width", [1280, 320])
def test_a_report_has_no_accessibility_fault_and_fits(
    browser: object, document: str, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    complaints: list[str] = []
    page = browser.new_page(viewport={"width": width, "height": 900})  # type: ignore[attr-defined]
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(document)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    found = Axe().run(page, options={"runOnly": RULES})
    assert found.violations_count == 0, found.generate_report()
    assert complaints == [], "the policy of the page dropped something"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(SMALLEST_WORDS) >= 10.9
    page.close()


@pytest.mark.parametrize(("width", "drawing"), [(1280, "wide"), (320, "narrow")])
def test_one_drawing_of_a_chart_is_shown_and_can_be_read(
    browser: object, gallery_page: str, gallery: dict[str, Chart], width: int, drawing: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})  # type: ignore[attr-defined]
    page.goto(gallery_page)
    names = page.evaluate(f"({SHOWN})().map(svg => svg.getAttribute('class'))")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(SMALLEST_WORDS) >= 10.9
    page.close()
    assert len(names) == len(gallery)
    assert set(names) == {f"nhpf-chart__{drawing}", "nhpf-chart__map"}


def test_on_paper_tables_are_open_and_links_to_files_gone(browser: object, document: str) -> None:
    page = browser.new_page(viewport={"width": 680, "height": 900})  # type: ignore[attr-defined]
    page.goto(document)
    page.emulate_media(media="print")
    assert page.locator("details table").first.is_visible()
    assert not page.locator(".nhpf-figure__downloads").first.is_visible()
    page.close()
