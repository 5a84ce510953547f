"""Evidence from mail, calendars, calls and chats on the screen: read in the background, listed, and corrected."""
