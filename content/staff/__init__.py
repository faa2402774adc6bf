"""The editors' back office: forms, screens and reports that are ours, not Wagtail's."""
