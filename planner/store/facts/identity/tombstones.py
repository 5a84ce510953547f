"""Tombstones: digests of forgotten people, so that nothing brings them back."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable

from planner.store.connection import ask, ask_about, run_many


def tombstone(key: str) -> str:
    """The digest that is kept for a forgotten person, made of a source key, or of `email:` and a folded address."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def keep_forgotten(digests: Iterable[str]) -> None:
    """Store digests of forgotten people's keys; in the caller's transaction."""
    run_many("INSERT INTO forgotten (digest) VALUES (?) ON CONFLICT (digest) DO NOTHING", [(one,) for one in digests])


def forgotten(digests: Collection[str]) -> set[str]:
    """The digests, among these, that belong to a forgotten person."""
    return {row[0] for row in ask_about("SELECT digest FROM forgotten WHERE digest IN ({keys})", digests)}


def any_forgotten() -> bool:
    """Whether anybody was forgotten."""
    return bool(ask("SELECT 1 FROM forgotten LIMIT 1"))
