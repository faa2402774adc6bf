"""Pages, split by who is looking."""
