"""What the cycle allows: pure decisions, by noun."""

from nhpf_web.cycle.rules.phases import PHASES, STATES, Move, State, next_state

__all__ = ["PHASES", "STATES", "Move", "State", "next_state"]
