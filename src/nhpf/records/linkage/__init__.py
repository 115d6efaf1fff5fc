"""Linkage without identity: events that two partners recorded, never people."""

from nhpf.records.linkage.linking import Linkage, decide, link_events
from nhpf.records.linkage.outcome import outcome
from nhpf.records.linkage.restricted import purge
from nhpf.records.linkage.sources import Source, from_file, from_release
from nhpf.records.linkage.synthetic import World, synthetic_world

__all__ = [
    "Linkage",
    "Source",
    "World",
    "decide",
    "from_file",
    "from_release",
    "link_events",
    "outcome",
    "purge",
    "synthetic_world",
]
