"""A keyboard-driven follow-up planner for a person's network."""

__version__ = "0.1.0"
