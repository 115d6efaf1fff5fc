"""The whole page of results over 20,000 practices and the edition, on the database that is set.

The practices are synthetic and say so: words of the edition, drawn by how often they stand there,
published in a database of the benchmark's own. The queries are the fifty that the tests pin. For
PostgreSQL run it beside a server: ``.ci/postgres python benchmarks/search.py``.
"""

from __future__ import annotations

import itertools
import os
import resource
import runpy
import statistics
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from django.utils import timezone

from measuring import finish, on_a_test_database

DOCUMENTS = 20_000
WORDS = 120
IN_A_YEAR = (datetime.now(UTC) + timedelta(days=365)).date()
MOST_MILLISECONDS = 50
TESTS = Path(__file__).parents[1] / "tests/web/integration/search/test_fifty_queries.py"


def publish(count: int, *, rng: np.random.Generator) -> None:
    """Put made-up practices of the edition's words into the database, each as if published."""
    from nhpf_web.organisations.models import Organisation, User
    from nhpf_web.search.queries.framework import entries
    from nhpf_web.what_works.models import Practice, Version
    from nhpf_web.what_works.queries import options

    held = Counter(word for one in entries() for word in " ".join(one.fields).split())
    known, shares = list(held), np.array(list(held.values())) / held.total()
    owner = Organisation.objects.create(slug="synthetic", name="Synthetic Police", kind="force")
    writer = User.objects.create(username="synthetic")
    practices = Practice.objects.bulk_create(
        Practice(number=n, permanent_id=f"pr-{n}-synthetic", organisation=owner, begun_by=writer)
        for n in range(1, count + 1)
    )
    Version.objects.bulk_create(
        version(practice, writer, rng.choice(known, size=WORDS, p=shares).tolist(), {
            name: [str(rng.choice(list(options()[vocabulary])))]
            for name, vocabulary in (("themes", "theme"), ("areas", "area"))
        })
        for practice in practices
    )  # fmt: skip
    sign(practices, writer)


def version(practice: Any, writer: Any, drawn: list[str], chosen: dict[str, list[str]]) -> Any:
    """Return a version in the state that readers see, marked as synthetic."""
    from nhpf_web.what_works.models import Version

    title = f"Synthetic {practice.number}: {' '.join(drawn[:5])}"
    return Version(
        practice=practice, number=1, label=f"{practice.permanent_id}-v1", state="published",
        title=title[:120], finding="new-untested", is_fit=True, published_at=timezone.now(),
        published_by=writer, published_under="synthetic", review_due=IN_A_YEAR,
        answers={"summary": " ".join(drawn[5:25]), "response": " ".join(drawn[25:]), **chosen},
    )  # fmt: skip


def sign(practices: list[Any], writer: Any) -> None:
    """Put a signed equality assessment beside each."""
    from nhpf_web.equality.models import Assessment
    from nhpf_web.organisations.models import User

    signer = User.objects.create(username=f"synthetic-signer-{practices[0].number}")
    Assessment.objects.bulk_create(
        Assessment(
            reference=f"synthetic-{one.number}", organisation=one.organisation, title="Synthetic",
            subject_kind="practice", subject_id=f"{one.permanent_id}-v1", author=writer,
            status="signed", signed_by=signer, signed_at=timezone.now(), review_due=IN_A_YEAR,
        )
        for one in practices
    )  # fmt: skip


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
    from nhpf_web.search.queries import practices
    from nhpf_web.what_works.models import Version

    publish(DOCUMENTS, rng=np.random.default_rng(1))
    with connection.cursor() as cursor:
        # Without its figures on a table just filled, a planner may join row by row.
        cursor.execute("ANALYZE")
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
    worked = time.process_time()
    pages = [milliseconds(lambda q=q: client.get("/search/", {"q": q})) for q in asked * 3]
    worked = (time.process_time() - worked) * 1000 / len(pages)
    share = statistics.quantiles(pages, n=20)[-1]
    median = statistics.median(pages)
    print(f"search alone: median {statistics.median(alone):.1f} ms, longest {max(alone):.1f} ms")
    print(f"whole page: median {median:.1f} ms, 95% within {share:.1f}, longest {max(pages):.1f}")
    print(f"of that our own processor time, mean: {worked:.1f} ms; load {os.getloadavg()[0]:.1f}")
    for asks, call in (
        ("whether anything was marked, for each page", practices.version),
        ("what is published now, after a mark", practices.published_now),
    ):
        print(f"{asks}: {statistics.median(milliseconds(call) for _ in range(20)):.1f} ms")
    mended = Version.objects.order_by("pk").first()
    mended.title = "Synthetic practice about quokkas"
    mended.save()
    changed = milliseconds(queries.index)
    assert len(queries.index().search("quokka")) == 1
    print(f"one practice changed: the index follows in {changed:.0f} ms")
    return median < MOST_MILLISECONDS


def main() -> None:
    finish(on_a_test_database(search_all))


if __name__ == "__main__":
    main()
