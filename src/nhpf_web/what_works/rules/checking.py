"""Whether an answer can be kept; asked by the form and by the import alike."""

from __future__ import annotations

from collections.abc import Mapping

from nhpf_web.what_works.rules.fields import FIELDS, Answer, Field, Kind
from nhpf_web.what_works.rules.privacy import points_to_person

Options = Mapping[str, Mapping[str, str]]
"""The values of each vocabulary with their words."""


def fault(field: Field, answer: Answer, *, options: Options) -> str:
    """Return what is wrong with an answer, in words for whoever typed it, or ""."""
    if not answer:
        return ""
    if field.kind in (Kind.ONE, Kind.SEVERAL):
        return _fault_of_choice(field, answer, options[field.options])
    assert isinstance(answer, str)
    if len(answer) > field.longest:
        return f"{field.label} has {len(answer)} characters. It may have {field.longest}."
    if field.kind == Kind.LINE and "\n" in answer:
        return f"{field.label} is one line."
    if field.kind == Kind.MAILBOX and "@" not in answer:
        return f"{field.label} is an e-mail address, such as violence.desk@example.org."
    if what := points_to_person(field, answer):
        return (
            f"{field.label} seems to hold {what}."
            " Leave out everything that points to a person; describe roles and groups."
        )
    return ""


def _fault_of_choice(field: Field, answer: Answer, known: Mapping[str, str]) -> str:
    chosen = [answer] if isinstance(answer, str) else answer
    is_one = isinstance(answer, str)
    if is_one != (field.kind == Kind.ONE) or not set(chosen) <= set(known):
        return f"{field.label} holds a choice that is not offered."
    return ""


def faults(answers: Mapping[str, Answer], *, options: Options) -> dict[str, str]:
    """Return what is wrong, by field; empty where everything can be kept."""
    found = {
        name: fault(FIELDS[name], answer, options=options)
        for name, answer in answers.items()
        if name in FIELDS
    }
    return {name: words for name, words in found.items() if words}
