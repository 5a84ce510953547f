"""The address book's memory: books that people come from, syncing them, and what a person decides about them."""
