"""How many examples a law is tried on: few while one works, all of them where CI is set.

EXAMPLES=20 tries twenty times as many, and other ones each time.
"""

import os

from hypothesis import HealthCheck, settings

from tests.examples import at_most

settings.register_profile(
    "working",
    max_examples=at_most(100),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],  # as where CI is set: no law fails by the clock
)
if "EXAMPLES" in os.environ or not os.environ.get("CI"):
    settings.load_profile("working")
