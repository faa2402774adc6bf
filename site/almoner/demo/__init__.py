"""The demo: its people, its history, its pages, and the reading of its mail. Everything in it is invented."""
