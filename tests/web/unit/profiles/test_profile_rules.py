"""Addresses of areas."""

from __future__ import annotations

import pytest

from nhpf_web.profiles.rules import code_in, place


@pytest.mark.parametrize(
    ("name", "written"),
    [("Devon & Cornwall", "devon-and-cornwall"), ("King's Lynn", "kings-lynn")],
)
def test_an_area_has_one_address(name: str, written: str) -> None:
    assert place("E23000035", name) == f"E23000035-{written}"
    assert code_in(place("E23000035", name)) == "E23000035"


@pytest.mark.parametrize("text", ["kent", "E23000035x", "E2300003", "../E23000035", ""])
def test_other_text_has_no_code(text: str) -> None:
    assert code_in(text) is None
