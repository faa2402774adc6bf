"""What every room's back office is made of: pages for those who may, lists that nobody can edit."""
