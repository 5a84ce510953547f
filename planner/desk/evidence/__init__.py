"""What mail, calendars, calls and chats show: what is watched, reading it, and what is said about it."""
