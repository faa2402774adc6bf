"""What is done with content and matters beyond the page: consent taken back, staff reminded."""
