"""The lives that a payment can lead, each told from its beginning to its end, in the books and in the letters."""
