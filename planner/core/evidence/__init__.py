"""What mail, calendars, calls and chats show of interactions, and what it becomes."""
