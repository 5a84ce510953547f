"""The layouts of files with calendars, calls or chats: one for each module, each with a `LAYOUT`."""
