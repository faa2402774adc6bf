"""Builders: each makes one lawful thing, and takes only what the test is about."""
