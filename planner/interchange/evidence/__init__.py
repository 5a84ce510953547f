"""What sources of evidence show: mailboxes, calendars, call logs and chats, read and never written."""
