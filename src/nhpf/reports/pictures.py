"""Charts as PNG, for Word and for those whose programs cannot read SVG."""

from __future__ import annotations

from collections.abc import Sequence

from nhpf.reports.typesetting import typeset

# 720 units of a chart are 540 points; at this many points an inch it is 1,440 pixels wide.
_PIXELS_PER_INCH = 192
_PAGE = "#set page(width: auto, height: auto, margin: 0pt, fill: white)\n"


def rasterised(drawings: Sequence[str]) -> list[bytes]:
    """Return SVG files as PNG files, in the same order.

    Raises
    ------
    InvalidInput
        If the extra ``documents`` is not installed.
    """
    if not drawings:
        return []
    names = [f"{place}.svg" for place in range(len(drawings))]
    pages = "#pagebreak()\n".join(f'#image("{name}")\n' for name in names)
    files = {name: svg.encode() for name, svg in zip(names, drawings, strict=True)}
    files["main.typ"] = (_PAGE + pages).encode()
    made = typeset(files, format="png", ppi=_PIXELS_PER_INCH)
    return made if isinstance(made, list) else [made]
