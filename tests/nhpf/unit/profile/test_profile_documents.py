"""Profiles in two versions side by side, and their documents: made once, refused without names."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from nhpf.errors import RefusedByDisclosure
from nhpf.framework import Edition
from nhpf.profile.documents import Documents
from nhpf.profile.versions import build_versions
from nhpf.records import Release, find_area
from nhpf.reports import figures
from nhpf.reports.tree import Distribution, Report

GIVEN = Distribution("Head of Crime, Essex Police", "to agree the plan")
Make = Callable[..., Documents]


@pytest.fixture(scope="module")
def make(release: Release, edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Return a function that gives the documents of an area."""
    root = tmp_path_factory.mktemp("kept")

    def documents(area: str = "Essex Police", **kwargs: object) -> Documents:
        given: dict[str, object] = {"signed": {}, "root": root, **kwargs}
        found = find_area(area, release)
        return Documents(found, release=release, edition=edition, **given)  # type: ignore[arg-type]

    return documents


@pytest.fixture(scope="module")
def essex(release: Release, edition: Edition) -> dict[str, Report]:
    found = find_area("Essex Police", release)
    return dict(build_versions(found, release=release, edition=edition))


def test_both_versions_say_what_the_public_one_leaves_to_named_readers(
    essex: dict[str, Report],
) -> None:
    only = {one.id for one in figures(essex["restricted"])} - {
        one.id for one in figures(essex["public"])
    }
    assert only
    listed = essex["public"].withholdings
    assert listed == essex["restricted"].withholdings
    assert only == {one.figure for one in listed if one.what == "the whole figure"}
    assert all(one.why for one in listed)


def test_every_cell_that_london_withholds_is_listed(release: Release, edition: Edition) -> None:
    public = build_versions(find_area("Met", release), release=release, edition=edition)["public"]
    hidden = {
        (one.id, column.heading)
        for one in figures(public)
        for row in one.table.rows
        for column, cell in zip(one.table.columns, row, strict=True)
        if getattr(cell, "is_withheld", False)
    }
    assert hidden
    listed = {(one.figure, one.what.partition(":")[0]) for one in public.withholdings}
    assert hidden <= listed


@pytest.mark.parametrize("form", ["html", "pdf", "docx", "xlsx", "json"])
def test_a_document_is_the_same_when_it_is_made_again(
    make: Make, tmp_path: Path, form: str
) -> None:
    assert make().content(form) == make(root=tmp_path).content(form)


def test_what_is_held_is_served_without_building_the_profile(make: Make) -> None:
    held = make().content("json")
    name = make().name("json")
    again = make()
    assert (again.content("json"), again.name("json")) == (held, name)
    assert "report" not in again.__dict__


def test_another_signature_or_area_is_another_document(make: Make) -> None:
    first = make().content("json")
    signed = make(signed={"eia-profile-ethnicity": "signed"})
    assert signed.content("json") is not None
    assert make("Kent Police").content("json") != first
    assert make().content("json") == first


def test_the_restricted_profile_is_refused_without_a_named_distribution(make: Make) -> None:
    with pytest.raises(RefusedByDisclosure, match="named readers"):
        make(audience="restricted")


def test_the_restricted_documents_name_who_is_given_them(make: Make) -> None:
    given = make(audience="restricted", distribution=GIVEN)
    report = json.loads(given.content("json"))["report"]
    assert report["distribution"] == {
        "recipients": GIVEN.recipients,
        "purpose": GIVEN.purpose,
    }
    assert GIVEN.recipients in given.content("html").decode()
    assert given.name("pdf").startswith("OFFICIAL-SENSITIVE_NHPF_profile_E23000028_restricted_")
    other = make(audience="restricted", distribution=Distribution("Somebody else", "a review"))
    assert GIVEN.recipients not in other.content("html").decode()


def test_the_public_documents_name_nobody(make: Make) -> None:
    assert make(distribution=GIVEN).content("json") == make().content("json")
