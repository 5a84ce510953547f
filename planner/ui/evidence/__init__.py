"""What mail, calendars, calls and chats show, on the screen: read in the background, listed, and answered."""
