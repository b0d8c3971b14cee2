"""Whether stated preconditions are met: pure functions over the model."""
