"""``nhpf records``: import, check, list and choose; each module adds its commands to the group."""

from nhpf.cli.records import counting, importing, linking, quality, releases, synthetic_cases
from nhpf.cli.records.group import records

__all__ = ["counting", "importing", "linking", "quality", "records", "releases", "synthetic_cases"]
