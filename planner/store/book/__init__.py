"""The address book's memory in the store: books, what their cards said, and what is to be decided."""
