"""The fund ledger: which fund each pound came into, what it is for, who it was promised to, when it left.

It imports nothing from the rest of the product and knows nothing of who posts to it.
"""
