"""How wide words are when drawn, so that no two of them touch: Arial's widths, no font needed."""

from __future__ import annotations

from functools import lru_cache

# Advance widths in thousandths of the type size, from the metrics of Helvetica and Arial.
_WIDTHS = {
    character: width
    for width, characters in (
        (222, "ijl'"),
        (278, " !,./:;[]\\Ift|"),
        (333, '()-r`"'),
        (500, "Jckvxyzs"),
        (584, "+<=>~"),
        (611, "FTZ"),
        (667, "ABEKPSVXY&"),
        (722, "CDHNRUw"),
        (778, "GOQ"),
        (833, "Mm"),
        (889, "%"),
        (944, "W"),
        (1015, "@"),
    )
    for character in characters
}
_USUAL = 556
# Other sans-serif faces run a little wider than Arial; so does bold.
_ALLOWANCE = 1.06
_BOLD = 1.07


@lru_cache(maxsize=4096)
def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of ``text`` set at ``size``, in the same unit."""
    thousandths = sum(_WIDTHS.get(character, _USUAL) for character in text)
    return thousandths / 1000 * size * _ALLOWANCE * (_BOLD if bold else 1)


def wrap(
    text: str, *, size: float, room: float, most: int | None = 9, bold: bool = False
) -> list[str]:
    """Break ``text`` at spaces into lines no wider than ``room``, at most ``most`` of them.

    A word wider than the room keeps a line of its own; what does not fit ends in an ellipsis.
    With ``most`` None there are as many lines as the text needs.
    """
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    if most is not None and len(lines) > most:
        return [*lines[: most - 1], f"{lines[most - 1]}…"]
    return lines


def widest(texts: list[str], size: float, *, bold: bool = False) -> float:
    """Return the width of the widest of ``texts``; 0 where there are none."""
    return max((width(text, size, bold=bold) for text in texts), default=0.0)


def spread(wanted: list[float], heights: list[float], *, low: float, high: float) -> list[float]:
    """Move labels apart that would overlap, as little as can be, between ``low`` and ``high``.

    Parameters
    ----------
    wanted : list of float
        The middle that each label would have if it stood alone.
    heights : list of float
        The height of each label.
    low, high : float
        The space that all labels share. If it is too small, labels run past ``high``.

    Returns
    -------
    list of float
        The middles, in the order given.
    """
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    middles = list(wanted)
    floor = low
    for place in order:
        middles[place] = max(wanted[place], floor + heights[place] / 2)
        floor = middles[place] + heights[place] / 2
    ceiling = max(high, low + sum(heights))
    for place in reversed(order):
        middles[place] = min(middles[place], ceiling - heights[place] / 2)
        ceiling = middles[place] - heights[place] / 2
    return middles
