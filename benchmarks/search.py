"""The whole page of results over 20,000 documents, and the same on the other database.

The documents are synthetic: words of the edition drawn by how often they stand there, in the shape
of practices, each marked as synthetic. The queries are the fifty that the tests pin. Run it beside
a server of PostgreSQL to measure that: ``.ci/postgres python benchmarks/search.py``.
"""

from __future__ import annotations

import itertools
import os
import resource
import runpy
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import django
import numpy as np

from measuring import finish

DOCUMENTS = 20_000
WORDS = 120
MOST_MILLISECONDS = 50
TESTS = Path(__file__).parents[1] / "tests/web/integration/search/test_fifty_queries.py"


def synthetic(count: int, *, rng: np.random.Generator) -> Iterator[object]:
    """Yield made-up documents of the edition's words, in the shape of practices."""
    from nhpf_web.search.queries import facet_labels
    from nhpf_web.search.queries.framework import entries
    from nhpf_web.search.rules import Document

    held = Counter(word for one in entries() for word in " ".join(one.fields).split())
    known, shares = list(held), np.array(list(held.values())) / held.total()
    facets = {name: list(values) for name, values in facet_labels().items() if name != "kind"}
    for number in range(count):
        drawn = [known[place] for place in rng.choice(len(known), size=WORDS, p=shares)]
        yield Document(
            f"synthetic-{number}",
            "synthetic",
            f"Synthetic {number}: {' '.join(drawn[:5])}",
            f"/synthetic/{number}/",
            " ".join(drawn[5:25]),
            body=" ".join(drawn[25:]),
            tags=tuple((name, str(rng.choice(values))) for name, values in facets.items()),
        )


def megabytes() -> float:
    """Return how much memory this process has held at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def milliseconds(call: Callable[[], object]) -> float:
    """Return how long one call takes."""
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def search_all() -> bool:
    """Measure the index and the pages; return whether the median is short enough."""
    from django.db import connection
    from django.test import Client

    from nhpf_web.search import queries
    from nhpf_web.search.queries import contributions

    made_up = list(synthetic(DOCUMENTS + 1, rng=np.random.default_rng(1)))
    shown = made_up[:-1]
    contributions.CONTRIBUTIONS += (
        queries.Contribution(
            {"synthetic": ("Synthetic entry", "Synthetic entries")},
            lambda: len(shown),
            lambda: shown,
        ),
    )
    before = megabytes()
    first = milliseconds(queries.index)
    print(f"{connection.vendor}: {len(queries.index().documents):,} documents")
    print(f"index made in {first / 1000:.1f} s; it adds {megabytes() - before:.0f} MB at its peak")
    asked = list(itertools.chain(*runpy.run_path(str(TESTS))["QUERIES"].values()))
    client = Client()
    client.get("/search/", {"q": "warm"})
    speller = milliseconds(lambda: queries.index().speller)
    print(f"words for corrections laid out in {speller:.0f} ms")
    alone = [milliseconds(lambda q=q: queries.index().search(q)) for q in asked]
    pages = [milliseconds(lambda q=q: client.get("/search/", {"q": q})) for q in asked * 3]
    share = statistics.quantiles(pages, n=20)[-1]
    median = statistics.median(pages)
    print(f"search alone: median {statistics.median(alone):.1f} ms, longest {max(alone):.1f} ms")
    print(
        f"whole page: median {median:.1f} ms, 95% within {share:.1f} ms, longest {max(pages):.1f}"
    )
    shown.append(made_up[-1])
    changed = milliseconds(queries.index)
    assert queries.index().with_key(f"synthetic-{DOCUMENTS}") is not None
    print(f"one more document: the index follows in {changed:.0f} ms")
    return median < MOST_MILLISECONDS


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhpf_web.config.settings")
    django.setup()
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    setup_test_environment(debug=False)
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        met = search_all()
    finally:
        teardown_databases(databases, verbosity=0)
    finish(met)


if __name__ == "__main__":
    main()
