"""How many examples a law is tried on that names a number: fewer while one works."""

import os

from hypothesis import settings


def at_most(count: int) -> int:
    """Return the number itself where CI is set, else that of the quick profile, or a tenth."""
    return count if os.environ.get("CI") else min(count, max(settings().max_examples, count // 10))
