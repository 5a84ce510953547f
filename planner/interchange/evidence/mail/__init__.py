"""Mailboxes: letters by their heads alone, whose bodies are never looked at."""
