"""The address book on the screen: reading it, and answering its questions."""
