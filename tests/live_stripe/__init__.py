"""The same expectations, of Stripe itself. Never run yet: see test_stripe_itself.py."""
