"""Forms of problems."""

from nhpf_web.plans.forms.problems import CloseProblem, SayProblem, TakeUp

__all__ = ["CloseProblem", "SayProblem", "TakeUp"]
