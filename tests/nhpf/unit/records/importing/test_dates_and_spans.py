"""Dates of another age, other forms and spans that end before they start are rejected in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhpf.errors import InvalidInput, RowsRejected
from nhpf.records.importing import Choices, import_files, try_files

SPANS = "event_id,force,month,category,time_from,time_to\n"
FRONT = "E1,E23000028,{month},Robbery,{start},{end}\n"
DAYS = "%d/%m/%Y"


def rows(folder: Path, *texts: str) -> Path:
    path = folder / "spans.csv"
    path.write_text(SPANS + "".join(texts), encoding="utf-8")
    return path


def refused(path: Path, root: Path, dates: str = "") -> str:
    with pytest.raises(RowsRejected) as raised:
        import_files("crime_events", [path], choices=Choices(dates=dates), root=root)
    return str(raised.value)


@pytest.mark.parametrize(
    ("month", "dates"), [("1/5/24", DAYS), ("01/05/0024", DAYS), ("1899-12", "")]
)
def test_no_month_before_1900(month: str, dates: str, store: Path, tmp_path: Path) -> None:
    said = refused(rows(tmp_path, FRONT.format(month=month, start="", end="")), store, dates)
    assert "column month: lies before 1900" in said
    assert month not in said


def test_a_layout_of_days_takes_no_year_of_two_digits(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(
        "Event Number,Force,Recorded,HO Offence Code,Offence,Committed From,Easting,Northing\n"
        "E1,E23000028,01/05/24 10:00,8N,Robbery,01/05/2024 10:00,,\n",
        encoding="utf-8",
    )
    assert "column Recorded: lies before 1900" in refused(path, store)


def test_a_year_of_two_digits_is_read_where_the_form_says_so(store: Path, tmp_path: Path) -> None:
    path = rows(tmp_path, FRONT.format(month="1/5/24", start="", end=""))
    with try_files("crime_events", [path], choices=Choices(dates="%d/%m/%y"), root=store) as done:
        assert done[0].accepted == 1


def test_old_figures_are_published_and_no_older_ones(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    text = "vintage,area_kind,area,period,period_start,measure,value\n"
    text += "a,nation,K04000001,1857,{},homicides,5\n"
    path.write_text(text.format("1857-01"), encoding="utf-8")
    with try_files("published_series", [path], root=store) as (account, _):
        assert account.accepted == 1
    path.write_text(text.format("1757-01"), encoding="utf-8")
    with pytest.raises(RowsRejected, match="lies before 1800"):
        import_files("published_series", [path], root=store)


def test_a_span_may_not_end_before_it_starts(store: Path, tmp_path: Path) -> None:
    good = FRONT.format(month="2024-05", start="2024-05-04 22:15", end="2024-05-04 22:15")
    turned = FRONT.format(month="2024-05", start="2024-05-04 22:15", end="2024-05-04 22:14")
    said = refused(rows(tmp_path, good, turned.replace("E1", "E2")), store)
    assert "row 2, column time_to: lies before time_from" in said


def test_other_dates_lead_to_the_option(store: Path, tmp_path: Path) -> None:
    path = rows(tmp_path, FRONT.format(month="31/05/2024", start="", end=""))
    said = refused(path, store)
    assert "import with --dates %d/%m/%Y" in said
    assert "--allow-rejects" not in said
    assert "is not a month of the form %Y" in refused(path, store, "%Y")


def test_a_form_without_parts_is_refused_at_once() -> None:
    with pytest.raises(InvalidInput, match="%d/%m/%Y"):
        Choices(dates="dd/mm/yyyy")
