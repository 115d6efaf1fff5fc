"""What holds for all tests: made-up examples are not timed."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# The first example of a test pays for imports, and the machine may be busy.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")
