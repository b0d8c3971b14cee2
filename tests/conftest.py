"""How many examples a law is tried on: few while one works, all of them where CI is set."""

import os

from hypothesis import settings

settings.register_profile("quick", max_examples=25, deadline=None)
if not os.environ.get("CI"):
    settings.load_profile("quick")
