"""Mail, calendars, calls and chats as evidence: watching sources, reading them, and correcting what was seen."""
