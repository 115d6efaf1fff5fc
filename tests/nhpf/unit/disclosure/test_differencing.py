"""A table is held against what the same audience saw before."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhpf.disclosure import Dimension, Ledger, audit, policy_for, protect_table
from nhpf.errors import ContradictsRelease, DamagedData, InvalidInput

PUBLIC = policy_for("homicide_attribute", audience="public")
DISTRICTS = Dimension.flat("place", ["E1", "E2", "E3"], total=None)
REGION = Dimension.flat("place", ["R1"], total=None)
IN_REGION = Dimension.tree("place", {"E1": "R1", "E2": "R1", "E3": "R1"})
COUNTS = {("E1",): 4, ("E2",): 30, ("E3",): 40}
SMALL = (("place", "E1"),)


def first() -> Ledger:
    table = protect_table(COUNTS, dimensions=[DISTRICTS], policy=PUBLIC, subject="victims")
    return Ledger("public").with_table(table, published="2024")


def test_a_later_total_that_would_uncover_an_earlier_count_is_withheld() -> None:
    later = {("R1",): 74}
    alone = protect_table(later, dimensions=[REGION], policy=PUBLIC, subject="victims")
    assert not alone.cells["R1",].is_withheld

    ledger = first()
    tree = protect_table(
        COUNTS,
        dimensions=[IN_REGION],
        policy=PUBLIC,
        earlier=ledger.about("victims"),
        subject="victims",
    )
    assert tree.cells["R1",].is_withheld
    assert audit(ledger.with_table(tree, published="2025").publications).passes


def test_the_audit_tells_what_two_publications_lay_open_together() -> None:
    careless = protect_table(COUNTS, dimensions=[IN_REGION], policy=PUBLIC, subject="victims")
    assert careless.cells["E2",].is_withheld
    ledger = first()
    assert audit(ledger.publications).passes
    found = audit(ledger.with_table(careless, published="2025").publications)
    assert SMALL in found.told
    assert found.ranges[SMALL] == (4, 4)


def test_a_count_that_was_shown_before_stays_public_and_the_table_says_so() -> None:
    shown = protect_table(
        COUNTS,
        dimensions=[DISTRICTS],
        policy=policy_for("homicide_total", audience="public"),
        subject="victims",
    )
    ledger = Ledger("public").with_table(shown, published="2024")
    table = protect_table(
        COUNTS,
        dimensions=[IN_REGION],
        policy=PUBLIC,
        earlier=ledger.about("victims"),
        subject="victims",
    )
    assert table.cells["E1",].is_withheld
    assert table.already_public == (("E1",),)
    assert table.lost.companions == 0


def test_other_subjects_are_not_held_against_each_other() -> None:
    assert first().about("offences") == ()


def test_counts_that_changed_need_a_bound_on_revisions() -> None:
    ledger = first()
    revised = {("E1",): 4, ("E2",): 31, ("E3",): 40}

    def table(revised_by: int) -> bool:
        earlier = ledger.about("victims", revised_by=revised_by)
        given = protect_table(
            revised, dimensions=[IN_REGION], policy=PUBLIC, earlier=earlier, subject="victims"
        )
        return given.cells["R1",].is_withheld

    with pytest.raises(ContradictsRelease, match="do not fit"):
        table(0)
    assert table(1)
    assert not table(8)


def test_a_ledger_is_a_file_that_holds_only_what_was_seen(tmp_path: Path) -> None:
    ledger = first()
    ledger.write(tmp_path / "ledger.json")
    assert Ledger.read(tmp_path / "ledger.json") == ledger
    assert ledger.publications[0].shown["E1",] is None
    (tmp_path / "other.json").write_text("[]")
    with pytest.raises(DamagedData):
        Ledger.read(tmp_path / "other.json")


def test_a_ledger_takes_its_own_audience_and_each_name_once() -> None:
    table = protect_table(
        COUNTS,
        dimensions=[DISTRICTS],
        policy=policy_for("health", audience="restricted"),
        subject="victims",
    )
    with pytest.raises(InvalidInput, match="another audience"):
        first().with_table(table, published="2025")
    again = protect_table(COUNTS, dimensions=[DISTRICTS], policy=PUBLIC, subject="victims")
    with pytest.raises(InvalidInput, match="published under this name"):
        first().with_table(again, published="2024")
