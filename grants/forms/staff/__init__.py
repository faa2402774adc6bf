"""What staff fill in. A mistake meets a sentence beside the field, and nothing is lost."""
