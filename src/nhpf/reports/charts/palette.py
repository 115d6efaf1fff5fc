"""The colours of charts: the Analysis Function's four, greys for context, tints for maps."""

from __future__ import annotations

INK = "#0b0c0c"
QUIET = "#505a5f"
CONTEXT = "#858c91"
GRID = "#dee0e2"
PAPER = "#ffffff"
SERIES = ("#12436D", "#28A197", "#801650", "#F46A25")
# The second way to tell lines apart, for readers and printers without colour.
DASHES = ("", "7 3", "2 3", "9 3 2 3")
CONTEXT_DASHES = ("", "5 3", "1 3")
PLACE = SERIES[0]

# From pale to the first series colour in steps of even lightness.
TINTS = ("#E3EDF5", "#B0CCE3", "#73A4CC", "#36709F", "#12436D")
GREYS = ("#F3F2F1", "#D2D5D8", "#A9AFB4", "#6A7278", "#44494D")
LAND = "#E8EAEC"
# Shades on which words are set in the colour of paper.
DARK = {*TINTS[3:], *GREYS[3:]}


def series(rank: int) -> tuple[str, str]:
    """Return colour and dash pattern of the emphasised line with this rank."""
    return SERIES[rank % len(SERIES)], DASHES[rank % len(DASHES)]


def context(rank: int) -> tuple[str, str]:
    """Return grey and the dash pattern of the line of context with this rank."""
    return CONTEXT, CONTEXT_DASHES[rank % len(CONTEXT_DASHES)]


def ramp(count: int, *, neutral: bool) -> tuple[str, ...]:
    """Return ``count`` shades from pale to dark, spread over the whole ramp."""
    shades = GREYS if neutral else TINTS
    if count == 1:
        return (shades[1],)
    last = len(shades) - 1
    return tuple(shades[round(place * last / (count - 1))] for place in range(count))
