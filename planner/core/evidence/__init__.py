"""What mail, calendars, calls and chats show about interactions, and what becomes of it."""
