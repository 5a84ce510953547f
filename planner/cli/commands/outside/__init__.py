"""Commands about data of other programs: the address book, the calendar, mail and calls, lines written elsewhere."""
