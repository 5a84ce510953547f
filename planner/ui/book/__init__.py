"""The address book on the screen: reading it, and deciding what both sides changed or who is gone."""
