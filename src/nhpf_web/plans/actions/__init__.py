"""The writes of this app: taking a problem up, changing it, closing it and opening it again."""

from nhpf_web.plans.actions.problems import change, close, consult, reopen, take_up

__all__ = ["change", "close", "consult", "reopen", "take_up"]
