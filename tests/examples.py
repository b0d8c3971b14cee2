"""How many examples a law is tried on: a quarter of them while one works, or a multiple of them."""

import os

_MANY = int(os.environ.get("EXAMPLES", "1"))


def at_most(count: int) -> int:
    """Return the number where CI is set, else a quarter of it, or ten; EXAMPLES times as many."""
    return _MANY * (count if os.environ.get("CI") else max(count // 4, min(count, 10)))
