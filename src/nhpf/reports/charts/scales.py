"""From values to places on the sheet, with ticks at round numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, log10

_ROUND = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight scale from ``low``..``high`` to ``start``..``end``, with its ticks."""

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[float, ...]

    def __call__(self, value: float) -> float:
        """Return the place of ``value``, held to the ends of the scale."""
        share = (value - self.low) / (self.high - self.low)
        return self.start + min(max(share, 0.0), 1.0) * (self.end - self.start)


@dataclass(frozen=True, slots=True)
class LogScale:
    """A logarithmic scale, for ratios."""

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[float, ...]

    def __call__(self, value: float) -> float:
        """Return the place of ``value``, held to the ends of the scale."""
        share = log10(max(value, self.low) / self.low) / log10(self.high / self.low)
        return self.start + min(share, 1.0) * (self.end - self.start)


def step_for(span: float, most: int, *, whole: bool = False) -> float:
    """Return the round step (1, 2 or 5 times a power of ten) that gives at most ``most`` steps."""
    raw = span / most
    power = 10.0 ** floor(log10(raw))
    step = next(power * size for size in _ROUND if power * size >= raw * 0.999999)
    return max(step, 1.0) if whole else step


def straight(
    values: Iterable[float],
    *,
    start: float,
    end: float,
    most: int = 5,
    from_zero: bool = True,
) -> Scale:
    """Return a scale that holds all values, ends at ticks, and begins at zero where asked.

    Values that are all whole get no ticks between whole numbers.
    """
    known = list(values) or [0.0]
    low, high = min(known), max(known)
    if from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        low, high = (0.0, 1.0) if low == 0 else (low - abs(low) / 2, high + abs(high) / 2)
    step = step_for(high - low, most, whole=all(float(value).is_integer() for value in known))
    first, last = floor(low / step + 1e-12), ceil(high / step - 1e-12)
    ticks = tuple(round(place * step, 10) for place in range(first, last + 1))
    return Scale(ticks[0], ticks[-1], start, end, ticks)


def logarithmic(values: Iterable[float], *, start: float, end: float, most: int = 7) -> LogScale:
    """Return a scale for positive values with ticks at 1, 2 and 5 times powers of ten."""
    known = [value for value in values if value > 0] or [1.0]
    low, high = min(known), max(known)
    powers = range(floor(log10(low)) - 1, ceil(log10(high)) + 2)
    round_numbers = [round(10.0**power * size, 10) for power in powers for size in (1, 2, 5)]
    first = max(number for number in round_numbers if number <= low * 1.0001)
    last = min(number for number in round_numbers if number >= high * 0.9999 and number > first)
    ticks = [number for number in round_numbers if first <= number <= last]
    while len(ticks) > most:
        ticks = ticks[::2] if 1.0 in ticks[::2] else ticks[1::2]
    return LogScale(first, last, start, end, tuple(ticks))
