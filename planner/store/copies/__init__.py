"""Copies of the planner: comparing them with it, and removing a person from them."""
