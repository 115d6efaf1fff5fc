"""A figure that compares groups of people tells nothing until its assessment is signed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from nhpf import reports
from nhpf.errors import RefusedByDisclosure
from nhpf.reports.publication import LEFT_OUT
from nhpf.reports.tree import NotPublished, Pointer, Report, Section

# What the unsigned figure, its judgement and its chart say.
FINDINGS = ("Deaths of Black victims", "22.4", "Few differences", "known method and ethnicity")


@pytest.mark.parametrize("write", [reports.to_html, reports.to_json])
def test_no_output_tells_an_unsigned_finding(report: Report, write: Callable[..., str]) -> None:
    unsigned = write(report)
    assert not [finding for finding in FINDINGS if finding in unsigned]
    assert "eia-unsolved" in unsigned
    assert LEFT_OUT in unsigned
    signed = write(report, signed={"eia-unsolved"})
    assert all(finding in signed for finding in (FINDINGS[0], FINDINGS[2], FINDINGS[3]))


def test_the_figure_leaves_a_place_holder_and_cannot_be_taken_away(report: Report) -> None:
    shown = reports.published_part(report, ())
    assert NotPublished("unsolved", "eia-unsolved") in shown.sections[1].blocks
    assert reports.figure(shown, "unsolved") is None
    assert reports.figure(reports.published_part(report, {"eia-unsolved"}), "unsolved") is not None


def test_pointers_that_rest_on_it_go_and_others_stay(report: Report) -> None:
    toolkit = Pointer("tk-b", "B", "It is unequal.", ("unsolved",))
    pointers = (
        Pointer("ar-a", "A", "Knives.", ("methods",), (toolkit,)),
        Pointer("ar-c", "C", "Unequal.", ("unsolved",)),
    )
    pointing = replace(report, sections=(*report.sections, Section("p", "P", pointers)))
    shown = reports.published_part(pointing, ())
    assert shown.sections[-1].blocks == (Pointer("ar-a", "A", "Knives.", ("methods",)),)


def test_a_headline_that_rests_on_it_stops_the_report(report: Report) -> None:
    headline = replace(report.headline, figures=("unsolved",))
    with pytest.raises(RefusedByDisclosure, match="headline"):
        reports.published_part(replace(report, headline=headline), ())
