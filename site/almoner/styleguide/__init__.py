"""/styleguide/ shows every component in every state."""
