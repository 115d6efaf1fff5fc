"""The writes of this app: what was read of restricted profiles, what was found about signals."""

from nhpf_web.profiles.actions.looking import choose_digest, say_found
from nhpf_web.profiles.actions.reading import consult, consult_table, disclose, give
from nhpf_web.profiles.actions.sending import keep_backtest, send_signals

__all__ = [
    "choose_digest",
    "consult",
    "consult_table",
    "disclose",
    "give",
    "keep_backtest",
    "say_found",
    "send_signals",
]
