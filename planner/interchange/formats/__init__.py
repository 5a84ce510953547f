"""One module per format, with its `FORMAT`. The registry reads this folder; nothing else names a module."""
