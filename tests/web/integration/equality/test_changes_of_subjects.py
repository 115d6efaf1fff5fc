"""An assessment lapses when what it assesses changes, and a publication gate takes it as absent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client

from nhpf.indicators import load_indicators
from nhpf.methods.cards import load_cards
from nhpf_web.equality import actions, queries
from nhpf_web.equality.models import Assessment
from nhpf_web.equality.queries import library_subjects, subjects
from nhpf_web.equality.rules import ABSENT, Subject
from nhpf_web.organisations.models import User

Whole = Callable[..., Assessment]
Person = Callable[..., User]
Offers = dict[Subject, subjects.Offer]


def now_says(monkeypatch: pytest.MonkeyPatch, kind: Subject, digest: str) -> None:
    """Have a kind's subjects say something else, as after a change of the files."""

    def find(identity: str) -> subjects.Thing:
        return subjects.Thing(identity, "Changed", digest=digest)

    monkeypatch.setitem(subjects._OFFERS, kind, subjects.Offer(find, lambda: ()))


@pytest.mark.parametrize(
    ("kind", "identity"),
    [
        ("method", "rate"),
        ("indicator", "homicide-rate"),
        ("profile", "ethnicity"),
        ("edition", "2026"),
        ("entry", "ar-knife"),
    ],
)
def test_each_kind_lapses_when_its_content_changes(
    kind: str, identity: str, signed: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = signed(kind, identity)
    about = f"{kind}-{identity}"
    assert held.signed_for not in ("", ABSENT)
    assert queries.is_published(about)
    now_says(monkeypatch, Subject(kind), "another")
    assert not queries.is_published(about)
    assert held.reference not in queries.published_references()
    assert queries.standing(held) == "thing changed"
    page = Client().get(f"/equality/{held.reference}/").text
    assert "what it assesses has changed since" in page
    assert "what it assesses has changed" in Client().get("/equality/").text


def test_signing_again_is_for_what_it_says_now(
    signed: Whole, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = signed("method", "rate")
    now_says(monkeypatch, Subject.METHOD, "another")
    actions.reopen(held, by=person("wil"), reason="The method changed")
    actions.sign(held, by=person("sig"))
    assert queries.is_published("method-rate")
    assert Assessment.objects.get(pk=held.pk).signed_for == "another"


def test_what_was_signed_before_digests_were_kept_stands_until_its_review(
    signed: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = signed("method", "rate")
    Assessment.objects.filter(pk=held.pk).update(signed_for="")
    now_says(monkeypatch, Subject.METHOD, "another")
    assert queries.is_published("method-rate")


def test_what_comes_into_being_after_the_signature_was_not_signed_for(
    signed: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert signed("method", "not-there-yet").signed_for == ABSENT
    assert queries.is_published("method-not-there-yet")
    now_says(monkeypatch, Subject.METHOD, "begun")
    assert not queries.is_published("method-not-there-yet")


def test_a_part_that_had_its_own_is_not_covered_by_the_whole_when_that_lapses(
    signed: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = signed("edition", "2026", "Whole")
    assert queries.assessment_covering("entry-ar-knife", "edition-2026") == whole
    own = signed("entry", "ar-knife", "Own")
    assert queries.assessment_covering("entry-ar-knife", "edition-2026") == own
    now_says(monkeypatch, Subject.ENTRY, "another")
    assert queries.assessment_covering("entry-ar-knife", "edition-2026") is None


def test_the_library_says_what_its_subjects_are() -> None:
    methods = {one.identity: one for one in library_subjects.methods()}
    assert set(methods) == {card.id for card in load_cards()}
    indicators = {one.identity for one in library_subjects.indicators()}
    assert indicators == set(load_indicators())
    assert [one.identity for one in library_subjects.comparisons()] == [
        "age-sex", "ethnicity", "unsolved",
    ]  # fmt: skip
    digests = [one.digest for one in (*methods.values(), *library_subjects.comparisons())]
    assert len(set(digests)) == len(digests)


def test_more_tests_of_a_method_are_no_other_method(monkeypatch: pytest.MonkeyPatch) -> None:
    first = next(iter(load_cards()))
    before = next(library_subjects.methods()).digest
    for changed, is_same in (
        (replace(first, checks=()), True),
        (replace(first, how="Another way."), False),
    ):
        monkeypatch.setattr("nhpf.methods.cards.load_cards", lambda changed=changed: (changed,))
        assert (next(library_subjects.methods()).digest == before) is is_same


def test_every_kind_but_pages_and_plans_is_offered() -> None:
    assert set(subjects.offers()) == set(Subject) - {Subject.PAGE, Subject.PLAN}
