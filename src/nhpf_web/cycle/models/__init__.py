"""Tables of the cycle."""

from nhpf_web.cycle.models.cycles import Confirmation, Cycle, Phase
from nhpf_web.cycle.models.editions import Edition, Record, Renamed, Revision
from nhpf_web.cycle.models.proposals import LinkedWork, Proposal
from nhpf_web.cycle.models.returns import Activity, Return

__all__ = [
    "Activity",
    "Confirmation",
    "Cycle",
    "Edition",
    "LinkedWork",
    "Phase",
    "Proposal",
    "Record",
    "Renamed",
    "Return",
    "Revision",
]
