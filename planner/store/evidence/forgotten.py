"""Deletes the evidence of a forgotten person, except for digests that keep it from coming back."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from planner.core.evidence.owners import Key
from planner.core.evidence.traces import TraceKind
from planner.store import tables as t
from planner.store.connection import ask, ask_about
from planner.store.evidence.sources import digesting
from planner.store.facts.identity.tombstones import forgotten, tombstone

if TYPE_CHECKING:
    from planner.store.row_writer import Writer


def handle_digest(kind: str, value: str) -> str:
    """The text from which the digest of a handle is made."""
    return f"handle:{kind}:{value}"


def forgotten_handles(keys: Collection[Key], digest: Callable[[str], str]) -> set[Key]:
    """The handles, among some, that belonged to a forgotten person; `digest` makes the keyed digest of a text."""
    digests = {digest(handle_digest(*key)): key for key in keys}
    rows = ask_about("SELECT digest FROM evidence WHERE kind = 'void' AND digest IN ({keys})", digests)
    plain = {tombstone(f"email:{key[1]}"): key for key in keys}
    return {digests[one] for (one,) in rows} | {plain[one] for one in forgotten(plain)}


def forget_evidence(writer: Writer, contact_id: int, folded_names: Collection[str]) -> None:
    """Delete the traces of a contact; for each letter, call and chat a digest stays that voids it.

    A meeting, a letter or a chat with other people stays theirs. The digests of the contact's addresses stay too, so
    that the contact is not proposed as a stranger.
    """
    rows = ask("SELECT id, watched_id, digest, found_on FROM evidence WHERE contact_id = ?", (contact_id,))
    shared = {
        digest
        for (digest,) in ask_about(
            f"SELECT digest FROM evidence WHERE digest IN ({{keys}}) AND (contact_id <> {int(contact_id)}"
            " OR kind = 'group')",
            {row[2] for row in rows},
        )
    }
    watched = ask("SELECT id FROM watched ORDER BY id LIMIT 1")
    void = {}
    for key, source, digest, found_on in rows:
        if digest not in shared:
            void[digest] = (source, found_on)
        writer.delete(t.EvidenceTable, key)
    names = {value for (value,) in ask("SELECT value FROM known_as WHERE contact_id IS NULL")}
    for value in names & set(folded_names):
        for (key,) in ask("SELECT id FROM known_as WHERE contact_id IS NULL AND value = ?", (value,)):
            writer.delete(t.KnownAsTable, key)
    if not watched:
        return
    made = digesting()
    today = ask("SELECT max(found_on) FROM evidence")[0][0] or ask("SELECT max(added_on) FROM watched")[0][0]
    for kind, value in ask("SELECT kind, key FROM address WHERE contact_id = ? AND key <> ''", (contact_id,)):
        void[made(handle_digest("profile" if kind == "url" else kind, value.partition(";")[0]))] = (
            watched[0][0], today,
        )  # fmt: skip
    writer.insert_many(
        t.EvidenceTable,
        [
            {"watched": source, "digest": one, "kind": str(TraceKind.VOID), "found_on": found_on}
            for one, (source, found_on) in void.items()
        ],
    )
