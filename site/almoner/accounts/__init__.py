"""Who may sign in. Everybody else says settings.AUTH_USER_MODEL."""
