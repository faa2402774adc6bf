"""The donor’s own page: who gets in, what they see, and what they change."""
