"""HTML: every part in order, nothing from elsewhere, nothing a strict policy would drop."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest

from nhpf import reports
from nhpf.reports.tree import Figure, Paragraph, Report, Section

SIGNED = ("eia-unsolved",)
WITHOUT_PROFILE = "E09000002"


class Page(HTMLParser):
    """What a page holds: tags with attributes, ids, links, words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {key: value or "" for key, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def document(report: Report) -> Page:
    return Page(reports.to_html(report, signed=SIGNED))


@pytest.fixture(scope="module")
def fragment(report: Report) -> Page:
    return Page(
        reports.to_html(
            report,
            standalone=False,
            signed=SIGNED,
            url=lambda entry: f"/framework/{entry}",
            area_url=lambda code: f"/areas/{code}/" if code != WITHOUT_PROFILE else "",
            downloads=lambda figure, ending: f"/figures/{figure}.{ending}",
        )
    )


def test_its_parts_come_in_the_order_of_a_profile(document: Page) -> None:
    parts = [
        "OFFICIAL", "Homicide problem profile", "Homicide in London is as frequent", "Moderate",
        "What the figures say", "Knives are the usual method", "High confidence", "Contents",
        "Homicide is rare.", "Before you compare groups", "Knife crime", "Toolkits for it",
        "It lowers group violence.", "Held by London Ambulance Service.", "Made from data release",
        "What is withheld", "Where the figures come from",
    ]  # fmt: skip
    words = document.words
    start = words.index("Skip to the report")
    places = [words.index(part, start) for part in parts]
    assert places == sorted(places)
    assert words.rstrip().endswith("OFFICIAL")


def test_every_id_is_unique_and_every_link_inside_leads_somewhere(document: Page) -> None:
    ids = Counter(attributes["id"] for _, attributes in document.tags if "id" in attributes)
    assert [id_ for id_, times in ids.items() if times > 1] == []
    inside = {link["href"][1:] for link in document.all("a") if link["href"].startswith("#")}
    assert inside <= set(ids)


def test_it_needs_no_script_and_nothing_from_elsewhere(document: Page, fragment: Page) -> None:
    for page in (document, fragment):
        assert not page.all("script")
        assert not page.all("link")
        assert not page.all("img")
        assert not [tag for tag, attributes in page.tags if "style" in attributes]
        assert not [name for _, attributes in page.tags for name in attributes if name[:2] == "on"]
    assert not fragment.all("style")
    assert "default-src 'none'" in document.all("meta")[1]["content"]


def test_words_of_the_tree_are_never_markup(report: Report) -> None:
    section = Section("s", "<b>S</b>", (Paragraph("<script>alert(1)</script>"),))
    text = reports.to_html(replace(report, sections=(*report.sections, section)))
    assert "<script>" not in text
    assert "<b>S" not in text
    assert "&amp; &lt;later&gt;" in text


def test_each_figure_has_all_its_parts(document: Page, report: Report) -> None:
    figures = list(reports.figures(report))
    assert len(document.all("figure")) == len(figures)
    words = document.words
    for part in ("How it was made", "Cite", "Rows counted", "1,234,567", "ab" * 32, "Vintage"):
        assert words.count(part) >= len(figures), part
    assert words.count("Table of ") == len([figure for figure in figures if figure.chart])
    assert "withheld: fewer than 5" in words
    assert "1.13 (0.94 to 1.35)" in words
    assert "Extracted3 March 2026" in words
    assert "Source: Metropolitan Police Service, London Datastore." in words
    assert words.count("Ranges in brackets are 95% intervals (Byar).") == len(figures)


def test_every_table_has_a_caption_and_headings(document: Page) -> None:
    assert len(document.all("caption")) == len(document.all("table"))
    scopes = Counter(heading["scope"] for heading in document.all("th"))
    assert scopes == {"col": 4 * len(document.all("table")), "row": 3 * len(document.all("table"))}


def test_the_site_gets_its_own_addresses_and_no_marking_of_ours(fragment: Page) -> None:
    addresses = [link["href"] for link in fragment.all("a")]
    assert "/framework/ar-knife" in addresses
    assert "/framework/tk-focused-deterrence" in addresses
    assert {"/figures/trend.csv", "/figures/trend.json", "/figures/trend.svg"} <= set(addresses)
    assert "/figures/words-only.svg" not in addresses
    assert not fragment.all("html")
    assert "nhpf-marking" not in str(fragment.tags)


def test_every_link_of_the_fragment_leads_to_an_address_that_the_site_gave(
    fragment: Page,
) -> None:
    ids = {attributes["id"] for _, attributes in fragment.tags if "id" in attributes}
    given = re.compile(r"/(framework|areas|figures)/[\w.-]+/?|https://.+")
    for link in fragment.all("a"):
        href = link["href"]
        assert href[1:] in ids if href.startswith("#") else given.fullmatch(href), href


def test_a_map_leads_to_the_areas_that_have_an_address(fragment: Page, document: Page) -> None:
    led = [link["href"] for link in fragment.all("a") if link["href"].startswith("/areas/")]
    codes = {f"E0900000{place}" for place in range(9)} - {WITHOUT_PROFILE}
    assert set(led) == {f"/areas/{code}/" for code in codes}
    aside = ("#", "data:", "https://")
    assert [link for link in document.all("a") if not link["href"].startswith(aside)] == []


def test_a_document_alone_holds_its_tables(document: Page, report: Report) -> None:
    held = [link for link in document.all("a") if link["href"].startswith("data:")]
    assert len(held) == len(list(reports.figures(report)))
    figure = reports.figure(report, "trend")
    assert isinstance(figure, Figure)
    assert unquote(held[0]["href"].partition(",")[2]) == reports.figure_csv(figure, report)
    assert held[0]["download"].startswith("OFFICIAL_")


def test_entries_are_not_linked_where_there_is_nowhere_to_go(document: Page) -> None:
    assert not [link for link in document.all("a") if link["href"] in ("#", "")]


def test_who_signed_an_assessment_is_said_in_the_words_given(
    report: Report, document: Page
) -> None:
    words = "signed for demonstration only"
    named = Page(reports.to_html(report, signed={"eia-unsolved": words}))
    assert f"eia-unsolved, {words}" in named.words
    assert "eia-unsolved, signed by someone other than its author" in document.words


def test_handling_is_part_of_the_marking(report: Report) -> None:
    marked = replace(report, marking="OFFICIAL-SENSITIVE", handling='Named readers "only"')
    text = reports.to_html(marked)
    assert text.count("OFFICIAL-SENSITIVE: Named readers &#34;only&#34;</") == 2
    assert 'content: "OFFICIAL-SENSITIVE: Named readers only"' in text


def test_the_same_report_gives_the_same_bytes(report: Report) -> None:
    assert reports.to_html(report) == reports.to_html(replace(report))


def test_charts_do_not_wait_for_jinja() -> None:
    code = "import sys, nhpf.reports; sys.exit('jinja2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_style_sheet_draws_nothing_from_elsewhere() -> None:
    for text in (reports.stylesheet(), reports.stylesheet(standalone=True)):
        assert not re.search(r"url\(|@import", text)
    assert ".govuk-table" not in reports.stylesheet()
