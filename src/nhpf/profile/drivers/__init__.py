"""Drivers and root causes: how violence goes with what is known of places, and what it leaves open.

Nothing here is a cause, and nothing is about a person: covariates describe places alone.
"""

from nhpf.profile.drivers.sections import section

__all__ = ["section"]
