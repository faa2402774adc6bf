"""A stand-in for Stripe, spoken to over HTTP by the demo and the tests. It knows nothing of Almoner."""
