"""One module for each format, with its `FORMAT`. The registry reads this folder; nothing else names a module."""
