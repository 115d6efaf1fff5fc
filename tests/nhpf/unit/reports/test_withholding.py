"""What the public version withholds is listed by name and reason, and never by value."""

from __future__ import annotations

from dataclasses import replace

from nhpf.disclosure.values import Disclosed
from nhpf.reports import published_part, to_html
from nhpf.reports.publication import COMPARISON, WHOLE
from nhpf.reports.tree import Figure, Report, Section, Table, Withheld
from nhpf.reports.withholding import NAMED_READERS, withheld_between

SMALL = "withheld because it is below 5"


def with_rows(report: Report, *rows: tuple[object, ...]) -> Report:
    """Return the report with one figure alone, whose table has these rows."""
    (base,) = (b for b in report.sections[0].blocks if getattr(b, "id", "") == "trend")
    assert isinstance(base, Figure)
    columns = tuple(replace(c) for c in base.table.columns[:2])
    table = Table("Homicides by year", columns, rows)  # type: ignore[arg-type]
    return replace(report, sections=(Section("a", "A", (replace(base, table=table),)),))


def test_cells_are_listed_by_row_column_and_reason(report: Report) -> None:
    public = with_rows(report, ("2023", 12), ("2024", Disclosed(None, SMALL)))
    restricted = with_rows(report, ("2023", 12), ("2024", 3))
    assert withheld_between(public, restricted) == (
        Withheld(
            "trend", "Homicides by year", "Homicides: 2024", "because it is below 5", "public"
        ),
    )


def test_what_both_versions_withhold_is_said_to_be_withheld_from_both(report: Report) -> None:
    both = with_rows(report, ("2024", Disclosed(None, SMALL)))
    (one,) = withheld_between(both, both)
    assert one.versions == "both"


def test_rows_and_figures_for_named_readers_alone_are_named(report: Report) -> None:
    public = with_rows(report, ("2023", 12))
    restricted = with_rows(report, ("2023", 12), ("2024", 3))
    assert withheld_between(public, restricted) == (
        Withheld("trend", "Homicides by year", "rows: 2024", NAMED_READERS, "public"),
    )
    bare = replace(public, sections=())
    (one,) = withheld_between(bare, restricted)
    assert (one.what, one.why) == (WHOLE, NAMED_READERS)


def test_two_versions_that_are_the_same_withhold_nothing(report: Report) -> None:
    shown = with_rows(report, ("2023", 12), ("2024", 3))
    assert withheld_between(shown, shown) == ()


def test_a_figure_that_waits_for_its_assessment_is_listed_and_tells_nothing(
    report: Report,
) -> None:
    told = Withheld("unsolved", "Homicides by ethnic group", "Black: 2024", "it is small", "public")
    shown = published_part(replace(report, withholdings=(told,)), ())
    (one,) = shown.withholdings
    assert (one.figure, one.shows, one.what) == ("unsolved", COMPARISON, WHOLE)
    assert "eia-unsolved" in one.why
    signed = published_part(replace(report, withholdings=(told,)), {"eia-unsolved"})
    assert signed.withholdings == (told,)


def test_the_page_lists_them_under_their_own_heading(report: Report) -> None:
    page = to_html(report)
    assert "What was withheld, and why" in page
    assert "its equality impact assessment (eia-unsolved) is not signed" in page
    assert "What was withheld, and why" not in to_html(report, signed={"eia-unsolved"})
