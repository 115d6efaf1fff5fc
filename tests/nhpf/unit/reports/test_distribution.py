"""Who is given a document and what for, as they are typed."""

from __future__ import annotations

import pytest

from nhpf.errors import InvalidInput
from nhpf.reports.distribution import EXAMPLE, LONGEST, read_distribution
from nhpf.reports.tree import Distribution


def test_a_semicolon_stands_between_who_and_what_for() -> None:
    assert read_distribution(" Head of  Crime ;to agree; and act") == Distribution(
        "Head of Crime", "to agree; and act"
    )


@pytest.mark.parametrize("text", ["", " ; ", "Head of Crime", "Head of Crime;", ";to agree"])
def test_one_without_the_other_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_distribution(text)
    assert EXAMPLE in refused.value.next_step


def test_what_no_cover_holds_is_refused() -> None:
    read_distribution("a;" + "b" * (LONGEST - 2))
    with pytest.raises(InvalidInput):
        read_distribution("a;" + "b" * LONGEST)
