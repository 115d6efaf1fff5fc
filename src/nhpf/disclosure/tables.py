"""Protect a table with its totals: unsafe cells first, then companions, then the proof."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np

from nhpf.disclosure.companions import with_companions
from nhpf.disclosure.counted import CountedTable, Margins
from nhpf.disclosure.dimensions import Dimension, Position
from nhpf.disclosure.knowledge import SLACK, Flags, Floats, Knowledge, Places
from nhpf.disclosure.ledger import Publication
from nhpf.disclosure.policies import Policy
from nhpf.disclosure.proof import Need, Witnesses, unmet
from nhpf.disclosure.protected import ProtectedTable
from nhpf.disclosure.union import Union


def protect_table(
    counts: Mapping[Position, int],
    *,
    dimensions: Sequence[Dimension],
    policy: Policy,
    earlier: Iterable[Publication] = (),
    official: Collection[Position] = (),
    contributions: Mapping[Position, Mapping[str, int]] | None = None,
    margins: Margins = "independent",
    subject: str = "",
) -> ProtectedTable:
    """Return a table with all its totals as an audience may see it.

    Counts that the policy withholds are withheld; then others, totals among them, until a reader
    who knows the policy, and solves for everything that is shown here and was shown before, can
    narrow no withheld count down: for a small count every number that the policy withholds stays
    possible, for any other withheld cell a range as wide. Proved by tables in whole numbers that
    look the same.

    Parameters
    ----------
    counts : mapping of position to int
        Every inner cell, zeros included; totals are added up here.
    dimensions : sequence of Dimension
    policy : Policy
    earlier : iterable of Publication
        What the same audience has seen: ``ledger.about(subject)``.
    official : collection of positions
        Cells that are shown whatever their size, because they are published elsewhere.
    contributions : mapping of position to mapping of str to int, optional
        For each inner cell what each contributor adds to it, where the policy has a rule of
        dominance.
    margins : str
        Of rounded tables: ``independent`` rounds each total by itself, so that rounded parts need
        not add up to it; ``added`` adds up the rounded parts, and withholds a total with any of
        them.
    subject : str
        What is counted.

    Raises
    ------
    InvalidInput
        If a cell is missing, unknown or a total, or a count is negative.
    ContradictsRelease
        If the counts do not fit what was published before, within its bound on revisions.
    RefusedByDisclosure
        If a small count would be laid open whatever is withheld: by the zeros that are shown,
        beside official cells or earlier publications.
    """
    table = CountedTable.of(counts, tuple(dimensions), policy, set(official), margins)
    distances = table.distances(contributions or {})
    unsafe = (table.small | (distances > 0)) & ~table.official
    before = [each for each in earlier if each.subject == subject]
    withheld, public = _withhold(table, before, unsafe, distances)
    return table.protected(withheld, unsafe, public, subject)


def _withhold(
    table: CountedTable, before: Sequence[Publication], unsafe: Flags, distances: Floats
) -> tuple[Flags, Flags]:
    """Return which cells are withheld, and which are public already."""
    union = Union()
    for each in before:
        union.add_publication(each)
    places = union.add_table(table.dimensions)
    knowledge, without_table = _knowledge(table, union, places, unsafe)
    need = _need(table, union, places, unsafe, distances)
    public = np.zeros(len(need.width), bool)
    if before or np.any(table.official):
        need, public = _as_before_allows(without_table, need)
    if np.any(knowledge.withheld):
        cost = np.zeros(len(need.width))
        cost[places] = 1 + np.log1p(table.truth)
        knowledge, _ = with_companions(knowledge, need, cost)
    return knowledge.withheld[places], public[places]


def _knowledge(
    table: CountedTable, union: Union, places: Places, unsafe: Flags
) -> tuple[Knowledge, Knowledge]:
    """Return what a reader knows with the table's unsafe cells withheld, and without the table."""
    low, high = np.array(union.low), np.array(union.high)
    fixed = (low.copy(), high.copy())
    fixed[0][places] = np.maximum(low[places], table.truth)
    fixed[1][places] = np.minimum(high[places], table.truth)
    counts = union.completed(*fixed)
    shown, hidden = np.stack([low, high]), np.stack([low, high])
    ranges = table.ranges()
    shown[0, places] = np.maximum(low[places], ranges[0])
    shown[1, places] = np.minimum(high[places], ranges[1])
    least = np.minimum(table.policy.least_withheld, table.truth)
    hidden[0, places] = np.maximum(low[places], least)
    withheld = union.withheld_flags()
    # What was withheld before stays withheld: to show it now would tell what it was.
    withheld[places] = (unsafe | withheld[places]) & ~table.official
    can = np.zeros(len(low), bool)
    can[places] = ~withheld[places] & ~table.official & (table.truth >= table.policy.least_withheld)
    can &= (hidden[0] < shown[0]) | (hidden[1] > shown[1])
    without = np.stack([low, high]) - counts
    here = withheld.copy()
    here[places] = ~table.official
    return (
        Knowledge(union.sums, shown - counts, hidden - counts, withheld, can),
        Knowledge(union.sums, shown - counts, without, here, np.zeros(len(low), bool)),
    )


def _need(
    table: CountedTable, union: Union, places: Places, unsafe: Flags, distances: Floats
) -> Need:
    """Return how far a reader must stay from each withheld count, of this table and of earlier."""
    low, high = np.zeros(len(union.low)), np.zeros(len(union.low))
    least = np.minimum(table.least, table.truth)
    most = np.maximum(table.policy.threshold - 1, table.truth)
    low[places] = np.where(
        table.small, least - table.truth, -np.minimum(distances, table.truth - least)
    )
    high[places] = np.where(table.small, most - table.truth, 0)
    high[places] = np.maximum(high[places], distances)
    low[places] = np.where(unsafe, low[places], 0)
    high[places] = np.where(unsafe, high[places], 0)
    width = union.widths()
    # With zeros shown, a total of several counts cannot be told to be less than their number.
    reach = np.where(unsafe, high[places] - low[places], np.inf)
    width[places] = np.maximum(width[places], np.minimum(float(table.policy.protection), reach))
    return Need(low, high, width)


def _as_before_allows(without_table: Knowledge, need: Need) -> tuple[Need, Flags]:
    """Ask no more than what was published before, and what is official, leave possible.

    Returns
    -------
    Need
        Lowered where a count is told more closely without this table.
    array of bool
        Which counts are told too closely without it: these stay public.
    """
    seen = Witnesses.none(len(need.width))
    short = unmet(without_table, need, seen)
    reach = seen.high - seen.low
    lowered = Need(
        np.where(short, np.maximum(need.low, seen.low), need.low),
        np.where(short, np.minimum(need.high, seen.high), need.high),
        np.where(short, np.minimum(need.width, reach), need.width),
    )
    return lowered, short & (reach < need.width - SLACK)
