"""The address book's memory: what a card last said, what it says now and what is held here, made one."""
