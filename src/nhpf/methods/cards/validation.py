"""The validation book: one table of every statistic, its reference, tolerance and test."""

from __future__ import annotations

from nhpf.methods.cards.reading import load_cards

HEAD = """\
# Validation book

What each statistic was held against, how close it comes, and the test that shows it. The tests run
in `make test`; the long simulations in `make prove`. Data of the references stand in
`tests/nhpf/reference/data`, each with the package, version and data set that made it; study tables
that may not be passed on are read from a folder beside the project, and their tests say so where it
is absent. "Monte Carlo errors" are standard errors of the simulation.

This page is written from the method cards (`src/nhpf/methods/cards`):
`python -c "from nhpf.methods.cards import validation_book; print(validation_book(), end='')"`.

| method | statistic | held against | tolerance | test |
|---|---|---|---|---|
"""


def validation_book() -> str:
    """Return the book as Markdown, as it stands in ``docs/methods/validation.md``."""
    rows = [
        f"| [{card.title}]({card.page}) | {check.statistic} | {check.against} "
        f"| {check.tolerance} | `{check.test}` |"
        for card in load_cards()
        for check in card.checks
    ]
    return HEAD + "\n".join(rows) + "\n"
