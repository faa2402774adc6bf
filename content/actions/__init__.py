"""What is done with pages and their words: verbs, each whole or not at all."""
