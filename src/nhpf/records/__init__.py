"""The data set: releases of open tables, what may be asked of them, and where each figure comes from."""

from nhpf.records.release import Release, TableSource, open_release, releases, use

__all__ = ["Release", "TableSource", "open_release", "releases", "use"]
