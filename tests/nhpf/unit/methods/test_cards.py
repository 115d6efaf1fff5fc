"""Every public method has one card; what a card says is there; the validation book is its table."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from pathlib import Path

import pytest

import nhpf.methods
from nhpf.errors import DamagedData
from nhpf.methods.cards import MethodCard, load_cards, validation_book
from nhpf.methods.cards.reading import parse

ROOT = Path(__file__).parents[4]
PAGES = ROOT / "docs" / "methods"
CARDS = load_cards()
WHOLE = """
page = "rates.md"
[one]
title = "One"
functions = ["rates.rate"]
question = "?"
needs = "A."
gives = "B."
how = "C."
limits = ["D."]
checks = [{ statistic = "E", against = "F", tolerance = "0", test = "g.py::test_h" }]
"""


def test_every_public_function_is_on_one_card() -> None:
    public = sorted(
        f"{info.name.removeprefix('nhpf.methods.')}.{name}"
        for info in pkgutil.iter_modules(nhpf.methods.__path__, "nhpf.methods.")
        for name, value in vars(importlib.import_module(info.name)).items()
        if inspect.isfunction(value)
        and value.__module__.startswith(info.name)
        and not name.startswith("_")
        and info.name != "nhpf.methods.cards"
    )
    assert sorted(name for card in CARDS for name in card.functions) == public


def test_every_page_has_a_card_and_every_card_a_page() -> None:
    no_methods = {"README.md", "signals.md", "validation.md"}
    pages = {page.name for page in PAGES.glob("*.md")} - no_methods
    assert {card.page for card in CARDS} == pages


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_the_tests_that_a_card_names_are_there(card: MethodCard) -> None:
    for check in card.checks:
        file, name = check.test.split("::")
        assert f"def {name}(" in (ROOT / "tests" / "nhpf" / file).read_text("utf-8")


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_a_card_prints_its_limits_and_says_whether_chance_enters(card: MethodCard) -> None:
    text = str(card)
    assert text.count("\n  Note: ") == len(card.limits) > 0
    random = [
        "rng"
        in inspect.signature(
            getattr(importlib.import_module(f"nhpf.methods.{room}"), name)
        ).parameters
        for room, name in (each.split(".") for each in card.functions)
    ]
    assert card.seeded == any(random)


def test_the_validation_book_is_the_table_of_the_cards() -> None:
    assert (PAGES / "validation.md").read_text("utf-8") == validation_book()


def test_what_stands_above_holds_for_all_cards_of_a_file() -> None:
    (card,) = parse(WHOLE)
    assert (card.id, card.page, card.seeded) == ("one", "rates.md", False)
    assert "scores nobody" in card.people


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('needs = "A."', "", "card one, needs"),
        ('needs = "A."', 'needs = ""', "card one, needs"),
        ('limits = ["D."]', "limits = []", "card one, limits"),
        ('how = "C."', 'how = "C."\nowner = "me"', "card one, owner"),
        ('tolerance = "0"', 'tolerance = ""', "card one, checks"),
    ],
)
def test_a_card_with_a_part_missing_is_refused(old: str, new: str, where: str) -> None:
    with pytest.raises(DamagedData) as refused:
        parse(WHOLE.replace(old, new))
    assert refused.value.where == where
