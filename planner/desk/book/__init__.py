"""Address books that people come from: which are in use, syncing them, and answering their questions."""
