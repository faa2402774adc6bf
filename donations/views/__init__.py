"""The public pages of giving: which appeal, the journey page by page or at once, thanks, mending, unsubscribing."""
