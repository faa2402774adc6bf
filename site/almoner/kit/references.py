"""References that people read aloud: no letters or digits that look alike, 128 bits where guessing matters."""

import secrets

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0, 1, I or O


def readable(prefix: str, length: int = 8) -> str:
    """A random reference such as “G-7KQ2M9XA”; a unique constraint must stand behind it."""
    return f"{prefix}-" + "".join(secrets.choice(ALPHABET) for _ in range(length))
