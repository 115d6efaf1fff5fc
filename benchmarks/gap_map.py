"""The gap map and the radar over 20,000 made-up practices, on the database that is set.

Every second practice is taken up by another force. For PostgreSQL run it beside a server:
``.ci/postgres python benchmarks/gap_map.py``.
"""

from __future__ import annotations

import os
import runpy
import statistics
import time
from pathlib import Path
from typing import Any

import numpy as np

from measuring import finish, on_a_test_database

PRACTICES = 20_000
FORCES = 43
TIMES = 9
MOST_MILLISECONDS = 500
PAGES = ("/how-we-are-doing/gap-map/", "/how-we-are-doing/radar/")
SEARCH = runpy.run_path(str(Path(__file__).with_name("search.py")))


def publish(count: int, *, rng: np.random.Generator) -> None:
    """Put made-up practices with tags, uses and repeats into the database."""
    from nhpf_web.organisations.models import Organisation, User
    from nhpf_web.what_works.models import Adoption, Practice, Replication, Tag, Version
    from nhpf_web.what_works.queries import options

    forces = Organisation.objects.bulk_create(
        Organisation(slug=f"synthetic-{n}", name=f"Synthetic Police {n}", kind="force")
        for n in range(FORCES)
    )
    writer = User.objects.create(username="synthetic")
    practices = Practice.objects.bulk_create(
        Practice(
            number=n, permanent_id=f"pr-{n}-synthetic", organisation=forces[n % FORCES],
            begun_by=writer,
        )
        for n in range(1, count + 1)
    )  # fmt: skip
    versions = Version.objects.bulk_create(
        SEARCH["version"](one, writer, ["synthetic"] * 6, {}) for one in practices
    )
    SEARCH["sign"](practices, writer)
    offered = {name: list(options()[name]) for name in ("area", "subtype", "intervention")}
    offered["prevention"] = list(options()["prevention"])
    Tag.objects.bulk_create(
        Tag(version=one, vocabulary=name, value=str(value))
        for one in versions
        for name, values in offered.items()
        for value in rng.choice(values, size=min(2, len(values)), replace=False)
    )
    taken: list[Any] = [one for one in practices if one.number % 2]
    for model, said in (
        (Adoption, {"plan": "Synthetic", "adopted_by": writer}),
        (Replication, {"period": "2026", "adapted": "x", "dose": "x", "happened": "x",
                       "finding": "promising-local", "logged_by": writer}),
    ):  # fmt: skip
        model.objects.bulk_create(
            model(
                practice=one, organisation=forces[(one.number + 1) % FORCES], version_number=1,
                **said,
            )
            for one in taken
        )  # fmt: skip


def look() -> bool:
    """Measure both pages; return whether each is short enough."""
    from django.db import connection
    from django.test import Client

    publish(PRACTICES, rng=np.random.default_rng(1))
    with connection.cursor() as cursor:
        # Without its figures on a table just filled, a planner may join row by row.
        cursor.execute("ANALYZE")
    client, met = Client(), True
    for page in PAGES:
        client.get(page)
        worked = time.process_time()
        taken = [SEARCH["milliseconds"](lambda page=page: client.get(page)) for _ in range(TIMES)]
        worked = (time.process_time() - worked) * 1000 / TIMES
        median = statistics.median(taken)
        print(f"{connection.vendor}, {page}: median {median:.0f} ms, longest {max(taken):.0f} ms")
        print(
            f"of that our own processor time, mean: {worked:.0f} ms; load {os.getloadavg()[0]:.1f}"
        )
        met &= median < MOST_MILLISECONDS
    return met


def main() -> None:
    finish(on_a_test_database(look))


if __name__ == "__main__":
    main()
