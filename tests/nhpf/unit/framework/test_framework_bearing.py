"""How strong evidence is and which way it points, in words that cannot be read the wrong way."""

from __future__ import annotations

import pytest

from nhpf.framework import Evidence, Outcome, load_edition


@pytest.mark.parametrize(
    ("id", "words"),
    [
        ("iv-second", "strong evidence of no clear effect"),
        ("iv-scared", "strong evidence of harm"),
        ("iv-stop", "moderate evidence of help for some outcomes and of harm for others"),
        ("iv-alcohol", "limited evidence that it helps"),
    ],
)
def test_evidence_in_words_keeps_its_direction(id: str, words: str) -> None:
    held = load_edition("2026").entry(id).evidence
    assert held is not None
    assert held.in_words == words


@pytest.mark.parametrize(
    ("directions", "together"),
    [
        ([], "unknown"),
        (["favourable", "favourable"], "helps"),
        (["unfavourable"], "harms"),
        (["favourable", "unfavourable", "no clear effect"], "both"),
        (["favourable", "no clear effect"], "mixed"),
        (["mixed"], "mixed"),
        (["no clear effect"], "neither"),
    ],
)
def test_findings_point_together(directions: list[str], together: str) -> None:
    rows = tuple(Outcome("violence", "", direction, strength="strong") for direction in directions)
    assert Evidence("strong", rows).bearing == together


def test_evidence_without_findings_says_so() -> None:
    assert Evidence("limited").in_words == "limited evidence in words only"
    assert Evidence("none").in_words == "no evidence of effect yet"
