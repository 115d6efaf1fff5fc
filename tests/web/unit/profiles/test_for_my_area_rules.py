"""What could help an area: reasons as sentences, stated orders, and nothing added up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhpf_web.organisations.rules import Kind
from nhpf_web.profiles.rules import (
    EVIDENCE,
    ORDERS,
    SECTOR_OF_KIND,
    Candidate,
    Link,
    Pointed,
    Row,
    bearing_of,
    evidence_of,
    evidence_of_practice,
    rows,
    sort,
)
from nhpf_web.what_works.rules import FINDINGS
from nhpf_web.what_works.rules import SECTORS as FRAMEWORK_SECTORS

FIGURE = Link("Methods", "/figures/method/")
KNIFE = Pointed("ar-knife", "Knife crime", "Of victims 41% were stabbed.", (FIGURE,))
YOUTH = Pointed("ar-youth", "Youth violence", "33% were young.", (), frozenset({"3"}))
SECTORS = {"health": "Health", "education": "Education", "police": "Police"}


def candidate(key: str = "iv-a", **fields: Any) -> Candidate:
    """Return an intervention against knife crime with strong evidence, but for these fields."""
    held: dict[str, Any] = {
        "key": key, "kind": "intervention", "title": key.upper(), "summary": "",
        "address": f"/what-works/{key}/", "areas": frozenset({"ar-knife"}),
        "evidence": "helps-strong", "evidence_words": "strong evidence that it helps",
        "evidence_address": f"/what-works/{key}/#evidence",
    }  # fmt: skip
    return Candidate(**held | fields)


def found(*candidates: Candidate, partners: frozenset[str] = frozenset()) -> tuple[Row, ...]:
    return rows((KNIFE, YOUTH), candidates, partners=partners, sectors=SECTORS)


def said(row: Row) -> list[str]:
    return [reason.text for reason in row.reasons]


def keys(found: tuple[Row, ...], order: str = "profile") -> list[str]:
    return [row.candidate.key for row in sort(found, order=order)]


def test_what_serves_nothing_that_is_pointed_to_is_not_there() -> None:
    assert found(candidate(areas=frozenset({"ar-nte"}))) == ()


def test_each_reason_is_a_sentence_with_the_figure_behind_it() -> None:
    (row,) = found(candidate(sectors=frozenset({"health"}), uses=("North adopts it.",)))
    assert said(row) == [
        "The profile points to Knife crime. Of victims 41% were stabbed.",
        "It needs partners: health.",
        "Strong evidence that it helps.",
        "North adopts it.",
    ]
    assert row.reasons[0].links == (FIGURE,)
    assert row.reasons[2].links == (Link("See the evidence", "/what-works/iv-a/#evidence"),)


def test_partners_that_the_reader_works_with_are_told_from_those_missing() -> None:
    one = candidate(sectors=frozenset({"health", "education", "police"}))
    (row,) = found(one, partners=frozenset({"health", "education"}))
    assert "You work with partners that it needs: health and education." in said(row)
    assert "It also needs: police." in said(row)
    assert row.missing == {"police"}


def test_a_kind_of_homicide_serves_the_area_that_it_belongs_to() -> None:
    one = candidate(areas=frozenset(), subtypes=frozenset({"3"}))
    (row,) = found(one)
    assert row.areas == {"ar-youth"}
    assert said(row)[0].endswith("It is aimed at a kind of homicide that belongs there.")
    assert found(candidate(areas=frozenset(), subtypes=frozenset({"5"}))) == ()


def test_an_area_by_its_toolkit_alone_says_so() -> None:
    (row,) = found(candidate(through={"ar-knife": ("Hot spots", "Patrols")}))
    assert said(row)[0].endswith("It belongs there through the toolkits Hot spots and Patrols.")


def test_the_profiles_pointers_come_before_the_strength_of_evidence() -> None:
    both = frozenset({"ar-knife", "ar-youth"})
    shown = found(
        candidate("iv-b"),
        candidate("iv-a"),
        candidate("iv-c", areas=both, evidence="untested"),
        candidate("iv-d", areas=both, evidence="helps-limited"),
    )
    assert keys(shown) == ["iv-d", "iv-c", "iv-a", "iv-b"]
    assert keys(shown, "evidence") == ["iv-a", "iv-b", "iv-d", "iv-c"]


def test_levels_and_missing_partners_decide_where_they_are_asked_for() -> None:
    shown = found(
        candidate("iv-a", levels=frozenset({"tertiary"}), sectors=frozenset({"health"})),
        candidate("iv-b", levels=frozenset({"secondary", "primary"})),
        candidate("iv-c"),
        partners=frozenset({"health"}),
    )
    assert keys(shown, "level") == ["iv-b", "iv-a", "iv-c"]
    alone = found(candidate("iv-a", sectors=frozenset({"health"})), candidate("iv-b"))
    assert keys(alone, "partners") == ["iv-b", "iv-a"]


@pytest.mark.parametrize("order", ORDERS)
def test_stale_then_no_effect_then_harm_come_last_in_every_order(order: str) -> None:
    both = frozenset({"ar-knife", "ar-youth"})
    shown = found(
        candidate("iv-harm", areas=both, evidence="harms", stale="Late"),
        candidate("iv-none", areas=both, evidence="neither"),
        candidate("iv-late", areas=both, stale="Late"),
        candidate("iv-new", evidence="untested", sectors=frozenset({"police"})),
    )
    assert keys(shown, order) == ["iv-new", "iv-late", "iv-none", "iv-harm"]


def test_what_does_harm_is_there_with_a_warning() -> None:
    harm, both, good = found(
        candidate("iv-a", evidence="harms"),
        candidate("iv-b", evidence="mixed", bearing="both"),
        candidate("iv-c"),
    )
    assert harm.warning == "Studies found that it does harm."
    assert "harm for others" in both.warning
    assert good.warning == ""


def test_every_rating_and_every_finding_has_its_place_in_the_order() -> None:
    from nhpf.framework.entries import BEARINGS, STRENGTHS

    for strength in STRENGTHS:
        assert {evidence_of(strength, bearing) for bearing in BEARINGS} <= EVIDENCE.keys()
    assert {evidence_of_practice(finding.code) for finding in FINDINGS} <= EVIDENCE.keys()
    assert evidence_of("none", "helps") == "untested"
    assert evidence_of("strong", "harms") == "harms"
    assert evidence_of_practice("failed-local") == "failed"
    assert evidence_of_practice("worked-independent") == "worked-independent"
    assert [bearing_of(code) for code in ("helps-limited", "mixed", "neither", "harms")] == [
        "for", "open", "against", "against",
    ]  # fmt: skip


def test_every_kind_of_organisation_stands_in_a_known_sector() -> None:
    assert set(SECTOR_OF_KIND) == set(Kind)
    assert set(SECTOR_OF_KIND.values()) <= FRAMEWORK_SECTORS.keys()


CANDIDATES = st.builds(
    candidate,
    st.sampled_from([f"iv-{letter}" for letter in "abcdefgh"]),
    title=st.sampled_from(["One", "one", "Two"]),
    areas=st.sets(st.sampled_from(["ar-knife", "ar-youth"]), min_size=1).map(frozenset),
    evidence=st.sampled_from(list(EVIDENCE)),
    levels=st.sets(st.sampled_from(["primary", "secondary", "tertiary"])).map(frozenset),
    sectors=st.sets(st.sampled_from(list(SECTORS))).map(frozenset),
    stale=st.sampled_from(["", "Late"]),
)


@given(
    held=st.lists(CANDIDATES, unique_by=lambda one: one.key, max_size=8),
    order=st.sampled_from(list(ORDERS)),
    data=st.data(),
)
def test_the_order_does_not_depend_on_the_order_of_what_comes_in(
    held: list[Candidate], order: str, data: st.DataObject
) -> None:
    mixed = data.draw(st.permutations(held))
    assert sort(found(*mixed), order=order) == sort(found(*held), order=order)


@given(held=st.lists(CANDIDATES, unique_by=lambda one: one.key, min_size=1, max_size=8))
def test_another_organisations_use_or_words_never_move_anything(held: list[Candidate]) -> None:
    told = [
        replace(one, uses=("North adopts it.",), summary="New", kind="practice") for one in held
    ]
    assert keys(found(*told)) == keys(found(*held))
