"""Damaged files: detected before a write, named row by row, read as far as possible."""
