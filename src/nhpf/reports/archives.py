"""Office files without the time of their making: the same parts give the same bytes."""

from __future__ import annotations

import io
import zipfile

# The first moment that a ZIP archive can name.
_NO_MOMENT = (1980, 1, 1, 0, 0, 0)


def without_times(archive: bytes) -> bytes:
    """Return a ZIP archive whose entries stand in the same order and bear no time."""
    whole = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as given,
        zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for entry in given.infolist():
            kept = zipfile.ZipInfo(entry.filename, _NO_MOMENT)
            kept.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(kept, given.read(entry))
    return whole.getvalue()
