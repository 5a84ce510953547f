"""What a captured line writes: its facts, its loops, and the people it names."""
