"""A file that was damaged: found before a write meets it, named row by row, read as far as it can be."""
