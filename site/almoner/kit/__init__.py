"""Tools that every room may use: mail, references, jobs, private files. No models, no charity words."""
