"""Keys of records that bring none of their own."""

from __future__ import annotations

import hashlib


def record_key(*values: str) -> str:
    """The key of a record by all it says: the same record read again is known by it.

    It identifies, but two different ones don't tell two people apart.
    """
    return f"record:{digest(chr(0).join(values))}"


def digest(text: str) -> str:
    """A short digest of a text, in hexadecimal."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()


def key_of_uid(uid: str) -> str:
    """The key of a card by its UID, as `plain_uid` gives it."""
    return f"vcard:{uid}" if len(uid) <= 200 else f"vcard:{digest(uid)}"
