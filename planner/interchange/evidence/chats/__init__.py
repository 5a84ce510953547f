"""Reads the lines of exported chats: who wrote when. Never their text."""
