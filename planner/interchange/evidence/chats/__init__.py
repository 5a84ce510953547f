"""Reads the lines of exported chats: who wrote when, never their text."""
