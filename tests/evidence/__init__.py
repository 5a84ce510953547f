"""Evidence from end to end: a year of mail, calendars, calls and chats on the disk, read by the planner itself."""
