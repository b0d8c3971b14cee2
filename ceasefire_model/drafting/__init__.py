"""What a text settles: its items against a checklist, and what is probably amiss in it."""
