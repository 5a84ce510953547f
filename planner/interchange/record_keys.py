"""Keys of records without a key of their own."""

from __future__ import annotations

import hashlib


def record_key(*values: str) -> str:
    """The key of a record made of its whole content: it recognizes the same record.

    It identifies, but two different keys don't prove two people.
    """
    return f"record:{digest(chr(0).join(values))}"


def digest(text: str) -> str:
    """A short digest of a text, in hexadecimal."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()


def key_of_uid(uid: str) -> str:
    """The key of a card by its UID, as `plain_uid` gives it."""
    return f"vcard:{uid}" if len(uid) <= 200 else f"vcard:{digest(uid)}"
