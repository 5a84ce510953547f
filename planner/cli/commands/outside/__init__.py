"""Commands about what other programs keep: the address book, the calendar, mail and calls, lines written elsewhere."""
