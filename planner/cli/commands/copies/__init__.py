"""Commands about copies of the planner: backups, what is saved of a damaged file, an encrypted file."""
