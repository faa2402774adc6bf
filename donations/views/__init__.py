"""The public pages of giving: which appeal, the journey page by page or all at once, thanks, and mending."""
