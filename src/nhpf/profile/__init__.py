"""Problem profiles: what the records say about an area, and what they point to."""

from nhpf.profile.building import build

__all__ = ["build"]
