"""The nouns of grants, one a file."""
