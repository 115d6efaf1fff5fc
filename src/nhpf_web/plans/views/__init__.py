"""Pages of problems."""

from nhpf_web.plans.views.problems import act, problem, problems, start

__all__ = ["act", "problem", "problems", "start"]
