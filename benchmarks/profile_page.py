"""The pages of profiles as readers get them: how long, how large, beside the same built anew.

Each is asked for through the whole stack of Django's test client, compressed as a browser asks for
it, on a database of the benchmark's own. Cold is the first answer of a process that has built
nothing; warm is the median of many. The peer is the same page built uncached: what each answer
would take if nothing were kept between them. "Before the map" leaves the outlines out that only a
page with a map brings. The style sheets and scripts are counted apart, for a browser keeps them,
and with the page against the goal.
"""

from __future__ import annotations

import gzip
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from measuring import finish, on_a_test_database, report

RUNS = 20
MOST_KILOBYTES = 300
AT_LEAST = 10.0
CODES = {"E23000001": "Metropolitan Police", "E23000032": "Kent", "E09000012": "Hackney",
         "K04000001": "England and Wales"}  # fmt: skip
MAPS = re.compile(rb"<svg[^>]*nhpf-chart__map.*?</svg>", re.DOTALL)
DIST = Path(__file__).parents[1] / "src/nhpf_web/core/static/dist"


def asked(client: Any, address: str) -> tuple[bytes, float]:
    """Return the answer as it travels, and the milliseconds it took."""
    start = time.perf_counter()
    answer = client.get(address, headers={"accept-encoding": "gzip"})
    taken = (time.perf_counter() - start) * 1000
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content, taken


def forget() -> None:
    """Throw away every document that this process has built."""
    from nhpf_web.profiles.queries import reports

    reports._rendered.cache_clear()
    reports._versions.cache_clear()


def page_of(code: str) -> tuple[bool, bool]:
    """Measure one profile; return whether it is small enough and quick enough."""
    from django.test import Client

    from nhpf_web.profiles.queries import place_with_code

    place, client = place_with_code(code), Client()
    forget()
    content, cold = asked(client, place.address)
    warm = statistics.median(asked(client, place.address)[1] for _ in range(RUNS))
    anew = []
    for _ in range(5):
        forget()
        anew.append(asked(client, place.address)[1])
    whole = gzip.decompress(content)
    bare = len(gzip.compress(MAPS.sub(b"", whole), 6))
    print(
        f"{CODES[code]}: first {cold:,.0f} ms, then median {warm:.1f} ms; "
        f"{len(whole) / 1000:,.0f} kB, {len(content) / 1000:.0f} kB compressed, "
        f"{bare / 1000:.0f} kB before the map"
    )
    met = report(
        f"{CODES[code]}, warm", ours=warm / 1000, peer=statistics.median(anew) / 1000,
        peer_name="the same page built uncached", goal=AT_LEAST,
    )  # fmt: skip
    return len(content) / 1000 + files() <= MOST_KILOBYTES, met


def chosen_pages() -> None:
    """Print how long the pages take that a reader's choice makes: none of them is kept."""
    from django.test import Client

    client, place = Client(), "/what-happens/E09000012-hackney/"
    for page in ("explore/", "explore/?indicator=robbery&against=all", "explore/map/", "similar/"):
        asked(client, place + page)
        taken = [asked(client, place + page) for _ in range(RUNS)]
        size = len(taken[0][0]) / 1000
        median = statistics.median(each for _, each in taken)
        print(f"Hackney, {page}: median {median:.0f} ms, {size:.0f} kB compressed")


def files() -> float:
    """Return the kilobytes of the style sheets and scripts of a profile's page, compressed."""
    names = ("nhpf.css.br", "nhpf.js.br", "govuk-frontend.min.js.br", "leaflet/leaflet.css.br",
             "leaflet/leaflet.js.br")  # fmt: skip
    return sum((DIST / name).stat().st_size for name in names) / 1000


def measure() -> list[bool]:
    """Measure every page."""
    print(f"style sheets and scripts, kept by a browser: {files():.0f} kB compressed")
    met = []
    for code in CODES:
        is_small, is_quick = page_of(code)
        met += [is_small, is_quick]
    chosen_pages()
    return met


def of_a_new_process() -> None:
    """Print how long the very first page of a new process takes, its imports in it."""
    code = (
        "import sys, time; sys.path[:0] = ['benchmarks']; import profile_page as p;"
        " p.on_a_test_database(p.first_page)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[1])


def first_page() -> list[bool]:
    """Ask for one profile in a process that has done nothing else."""
    from django.test import Client

    _, taken = asked(Client(), "/what-happens/E23000001-metropolitan-police/")
    print(f"Metropolitan Police, very first page of a new process: {taken:,.0f} ms")
    return []


def main() -> None:
    of_a_new_process()
    finish(*on_a_test_database(measure))


if __name__ == "__main__":
    main()
