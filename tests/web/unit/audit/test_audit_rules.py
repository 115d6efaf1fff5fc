"""What an entry of the log needs."""

from __future__ import annotations

import pytest

from nhpf.errors import InvalidInput
from nhpf_web.audit.rules import Verb, check_entry

WHOLE = {"who": "ann", "organisation": "north", "subject": "assessment:one", "reason": "x" * 200}


def test_the_six_verbs_of_section_62() -> None:
    assert {verb.value for verb in Verb} == {
        "collection", "alteration", "consultation", "disclosure", "combination", "erasure"
    }  # fmt: skip


def test_a_whole_entry_passes() -> None:
    check_entry(**WHOLE)


@pytest.mark.parametrize(
    ("part", "value"),
    [("who", ""), ("organisation", ""), ("subject", ""), ("reason", "x" * 201)],
)
def test_an_entry_without_a_part_is_refused(part: str, value: str) -> None:
    with pytest.raises(InvalidInput):
        check_entry(**WHOLE | {part: value})
