"""Disclosure control: the only way out for a figure about people."""

from nhpf.disclosure.auditing import Audit, audit
from nhpf.disclosure.dimensions import Dimension, Position
from nhpf.disclosure.ledger import Ledger, Publication
from nhpf.disclosure.policies import Audience, Policy, policy_for, rule_named
from nhpf.disclosure.protected import InformationLost, ProtectedTable
from nhpf.disclosure.suppression import (
    disclose,
    disclose_rate,
    disclose_share,
    grid_totals,
    protect,
)
from nhpf.disclosure.tables import protect_table
from nhpf.disclosure.values import Disclosed

__all__ = [
    "Audience",
    "Audit",
    "Dimension",
    "Disclosed",
    "InformationLost",
    "Ledger",
    "Policy",
    "Position",
    "ProtectedTable",
    "Publication",
    "audit",
    "disclose",
    "disclose_rate",
    "disclose_share",
    "grid_totals",
    "policy_for",
    "protect",
    "protect_table",
    "rule_named",
]
