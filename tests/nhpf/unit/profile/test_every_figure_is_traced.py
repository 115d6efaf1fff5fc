"""Every figure of every kind of profile leads back to tables, files and rows of its release."""

from __future__ import annotations

import json

import pytest

from nhpf.framework import Edition
from nhpf.profile import build
from nhpf.records import Release, find_area
from nhpf.records.tracing import trace
from nhpf.reports import figure_csv, figures, to_html, to_json

# Definitions, the yardstick, and tables of words about areas of focus have no rows of data.
COUNTS_NOTHING = (
    "indicator-definitions",
    "probability-yardstick",
    "activity-by-level",
    "intelligence-requirements",
    "gaps-by-level",
    "recommended",
    "root-causes",
)
PLACES = ("Metropolitan Police", "England and Wales", "Hackney", "Kent")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("audience", ["public", "restricted"])
def test_every_figure_has_tables_hashes_and_rows(
    release: Release, edition: Edition, place: str, audience: str
) -> None:
    report = build(
        find_area(place, release), release=release, edition=edition, audience=audience  # type: ignore[arg-type]
    )  # fmt: skip
    found = [each for each in figures(report) if not each.id.startswith(COUNTS_NOTHING)]
    assert found
    for each in found:
        assert each.provenance, each.id
        for part in each.provenance:
            assert part.release == release.id
            assert part.tables, each.id
            assert all(len(digest) == 64 for digest in part.sha256), each.id
            assert part.rows, each.id
            for table in part.tables:
                files = {
                    file["sha256"] for source in trace(release, table).sources
                    for file in source.files
                }  # fmt: skip
                assert files >= set(part.sha256), each.id


@pytest.mark.parametrize("place", PLACES[:3])
def test_every_output_names_the_release_and_the_tables(
    release: Release, edition: Edition, place: str
) -> None:
    report = build(find_area(place, release), release=release, edition=edition)
    signed = {each.disparity.assessment for each in figures(report) if each.disparity}
    page = to_html(report, signed=signed)
    written = json.loads(to_json(report, signed=signed))["report"]["sections"]
    in_json = {
        block["id"]: block for section in written for block in section["blocks"]
        if block["kind"] == "figure"
    }  # fmt: skip
    counting = [each for each in figures(report) if not each.id.startswith(COUNTS_NOTHING)]
    for each in counting:
        made = page.partition(f'id="{each.id}"')[2].partition("</figure>")[0]
        assert release.id in figure_csv(each, report)
        parts = in_json[each.id]["provenance"]
        for part, held in zip(parts, each.provenance, strict=True):
            assert part["tables"] == list(held.tables)
            assert part["release"] == release.id
            assert all(digest in made for digest in part["sha256"]), each.id
            assert all(table in made for table in part["tables"]), each.id
