"""The long backtest as it last ran: figures that pages and documents quote."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

FILE = "measured.json"


@cache
def measured() -> dict[str, Any]:
    """Return the figures with the release, the seed and the date of the run.

    ``result`` has the form of ``Backtest.as_json``. The proof
    ``tests/nhpf/proofs/test_signals_backtest.py`` makes them.
    """
    found: dict[str, Any] = json.loads(files(__package__).joinpath(FILE).read_text("utf-8"))
    return found
