"""What we expect of Stripe, written once: the stand-in keeps it in every run, and Stripe itself when somebody asks."""
