"""The verbs, by noun. Each names its actor, takes keywords, and is whole or nothing."""
