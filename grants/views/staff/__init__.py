"""The back office of grants: things to look at, and one page for each action."""
