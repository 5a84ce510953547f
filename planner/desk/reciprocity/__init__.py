"""Giving and taking: favors, needs, introductions, paths to people, and words to send."""
