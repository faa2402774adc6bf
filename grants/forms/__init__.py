"""Forms, split by who fills them in."""
