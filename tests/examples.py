"""How many examples a law is tried on that names a number: a quarter of them while one works."""

import os


def at_most(count: int) -> int:
    """Return the number itself where CI is set, else a quarter of it, or ten."""
    return count if os.environ.get("CI") else max(count // 4, min(count, 10))
