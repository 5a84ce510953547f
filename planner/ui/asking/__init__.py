"""Asking a person: the look before it, the words to send, and the note that another passes on."""
