"""Signals: every indicator watched, and what of it people are asked to look at."""

from nhpf.signals.bulletins import Month, bulletin, bulletins, months, signal
from nhpf.signals.scanning import LiveCluster, Scanned, scan_wards
from nhpf.signals.series import Series, Unwatched, watchable
from nhpf.signals.signal import Bulletin, Check, HeldBack, Signal
from nhpf.signals.watch import Sight, Watch
from nhpf.signals.watching import Watched, choose, watch, watch_series

__all__ = [
    "Bulletin",
    "Check",
    "HeldBack",
    "LiveCluster",
    "Month",
    "Scanned",
    "Series",
    "Sight",
    "Signal",
    "Unwatched",
    "Watch",
    "Watched",
    "bulletin",
    "bulletins",
    "choose",
    "months",
    "scan_wards",
    "signal",
    "watch",
    "watch_series",
    "watchable",
]
