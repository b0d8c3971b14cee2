"""What else could be: what locks, what clashes, what would be enough, and how likely it is."""
