"""What is written to donors: in whose words, once each, on which paper, and how somebody says that it is enough."""
