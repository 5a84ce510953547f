"""Copies of the planner: compared with it, and a person taken out of them."""
