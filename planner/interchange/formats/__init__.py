"""A module for each format that is read, with a `FORMAT`; the registry finds it here, and nothing else names it."""
