"""Address books in the store: the books, what each card said when it was read, and open questions."""
