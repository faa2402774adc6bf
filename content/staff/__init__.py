"""What editors see in the admin: panels, checks, the first day, links for clinicians."""
