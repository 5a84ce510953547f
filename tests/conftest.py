"""Settings every test shares: hypothesis repeats the same examples on every run, and nothing is compiled twice."""

from __future__ import annotations

import os
import sys

from hypothesis import HealthCheck, settings

# Every worker, and hundreds of planners that tests start, would compile all of it anew where that may not be kept.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,
    max_examples=150,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "long",
    deadline=None,
    max_examples=5000,
    database=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("long" if os.environ.get("PLANNER_LONG") else "ci")
