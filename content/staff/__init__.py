"""The staff's pages about what readers ask and write."""
