"""Disclosure control: the only way out for a figure about people."""

from nhpf.disclosure.policies import Audience, Policy, policy_for
from nhpf.disclosure.suppression import (
    disclose,
    disclose_rate,
    disclose_share,
    grid_totals,
    protect,
)
from nhpf.disclosure.values import Disclosed

__all__ = [
    "Audience",
    "Disclosed",
    "Policy",
    "disclose",
    "disclose_rate",
    "disclose_share",
    "grid_totals",
    "policy_for",
    "protect",
]
