"""Reads the events of calendars: their instances and their attendees, never their text."""
