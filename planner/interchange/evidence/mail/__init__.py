"""Mailboxes: letters by their heads alone; bodies are never read."""
