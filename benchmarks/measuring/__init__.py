"""Time ours and a peer in one run, and say whether the ratio that was promised holds."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

Found = TypeVar("Found")


def seconds(call: Callable[[], object], *, repeats: int = 3) -> float:
    """Return the median time of a call, the first one left out as warming up."""
    call()
    taken = []
    for _ in range(repeats):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def first_calls(setup: str, call: str) -> None:
    """Print what the first call of a process takes, imports included.

    Once with no kernel compiled, then with kernels read from the cache that this left.
    """
    code = f"import time\n{setup}\nstart = time.perf_counter()\n{call}\n"
    code += "print(time.perf_counter() - start)"
    with tempfile.TemporaryDirectory() as cache:
        fresh, cached = (
            float(
                subprocess.run(
                    [sys.executable, "-c", code],
                    env={**os.environ, "NUMBA_CACHE_DIR": cache},
                    capture_output=True,
                    text=True,
                    check=True,
                ).stdout
            )
            for _ in range(2)
        )
    print(f"first call of a process: {fresh:.1f} s with nothing compiled, {cached:.1f} s after")


@dataclass(frozen=True)
class Measured:
    """What one process took, and what it told."""

    seconds: float
    megabytes: float
    found: dict[str, Any]


def measured(script: str, work: str, *words: str | Path) -> Measured:
    """Run one of a script's own works in a process of its own, for its time and peak memory.

    The script takes ``--work NAME WORD...`` and prints a JSON object that holds ``seconds``.
    """
    command = [sys.executable, script, "--work", work, *map(str, words)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    told = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{work} failed.")
    found = json.loads(told)
    return Measured(found.pop("seconds"), used.ru_maxrss / 1024, found)


def report(name: str, *, ours: float, peer: float, peer_name: str, goal: float) -> bool:
    """Print one comparison and return whether the goal was met."""
    ratio = peer / ours
    verdict = "met" if ratio >= goal else "MISSED"
    print(
        f"{name}: ours {ours:.3f} s, {peer_name} {peer:.3f} s, "
        f"ratio {ratio:.1f}, goal {goal:g} {verdict}"
    )
    return ratio >= goal


def on_a_test_database(act: Callable[[], Found]) -> Found:
    """Do something with the service on a database of its own."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhpf_web.config.settings")
    django.setup()
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    setup_test_environment(debug=False)
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        return act()
    finally:
        teardown_databases(databases, verbosity=0)


def finish(*met: bool) -> None:
    """End with an error if any goal was missed."""
    sys.exit(0 if all(met) else 1)
