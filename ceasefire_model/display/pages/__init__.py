"""Answers as pages of blocks: judgements, analyses, what a text settles, and records."""
