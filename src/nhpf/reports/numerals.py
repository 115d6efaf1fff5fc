"""How numbers are written: thousands separated, as many digits as they bear."""

from __future__ import annotations

from math import floor, log10

NOT_KNOWN = "not known"
_SMALL_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
)  # fmt: skip


def in_words(count: int) -> str:
    """Return a whole number up to twelve as a word, a larger one in figures."""
    return _SMALL_NUMBERS[count] if 0 <= count < len(_SMALL_NUMBERS) else f"{count:,}"


def number(value: float, places: int | None = None) -> str:
    """Return a number with thousands separated; without ``places``, three figures that matter."""
    if places is None:
        places = 0 if float(value).is_integer() else rate_places(value)
    text = f"{value:,.{places}f}"
    return f"−{text[1:]}" if text.startswith("-") and text.strip("-0.,") else text.lstrip("-")


def rate_places(size: float) -> int:
    """Return the decimals that a rate of this size bears."""
    size = abs(size)
    if size >= 100:
        return 0
    if size >= 10:
        return 1
    if size >= 0.1 or size == 0:
        return 2
    return min(6, 1 - floor(log10(size)))


def about(value: float, figures: int = 2) -> str:
    """Return a number rounded to ``figures`` figures, after the word that says so."""
    if value == 0:
        return "0"
    places = figures - 1 - floor(log10(abs(value)))
    rounded = round(value, places)
    return f"about {number(rounded, max(places, 0))}"
