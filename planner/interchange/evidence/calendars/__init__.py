"""Reads the events of calendars: their instances, and the people invited to them. Never their text."""
