"""Pages of content that are no pages of the tree."""
