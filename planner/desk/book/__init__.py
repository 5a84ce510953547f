"""Address books that people come from: which are read, syncing them, and what a person decides about them."""
