"""The commands about giving and taking."""
