"""Judging: pure functions over the model."""
