"""Readers of evidence: mailboxes, calendars, call logs and chats, which are never written."""
