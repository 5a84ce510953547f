"""Writes a captured line: its facts, its loops, and the people it names."""
