"""What the desk does about giving and taking: favors, needs, introductions, ways to people, and words to send."""
