"""What happens to pages and to what stands on them. Each verb names its actor, and is whole or nothing."""
