"""Storms: donors, banks and Stripe do as they please, news of it comes late, twice, or never, and workers die."""
