"""The search indexes: trigrams of the folded texts of contacts and acquaintances, in full-text tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from peewee import SqliteDatabase, fn

from planner.core.words.folding import fold
from planner.store.sqlite.failures import problem_of
from planner.store.sqlite.keys import insert_rows
from planner.store.sqlite.letters import keep_letters, letter_differences, letters_rebuild
from planner.store.sqlite.statements import batches, conditions, fetch, fetch_about, run_many

SEARCH_TEXT = "contact_text"
SEARCH_INDEX = "contact_search"
KNOWN_TEXT = "acquaintance_text"
KNOWN_INDEX = "acquaintance_search"
INDEXES = ((SEARCH_TEXT, SEARCH_INDEX), (KNOWN_TEXT, KNOWN_INDEX))
"""Each table of texts with the index of its trigrams."""
FOLD = "planner_fold"
"""The name of `core.words.folding.fold` in SQL."""
MANY = 1_000
"""From this many texts on it is checked whether they are most of all texts."""
_FOUND = f"(SELECT rowid FROM {SEARCH_INDEX} WHERE {SEARCH_INDEX} MATCH ?)"
TRIGRAMS = 24
"""The most trigrams of one token that are looked up; the rest of a longer token is compared with the text."""


def folded(column: Any) -> Any:
    """A column folded, as an expression of Peewee."""
    return getattr(fn, FOLD)(column)


def holds(column: Any, text: str) -> Any:
    """Whether a column contains a text, as an expression of Peewee; no letter is a wildcard.

    The text may be of any length, unlike a pattern for LIKE.
    """
    return fn.instr(column, text) > 0


def begins(column: Any, text: str) -> Any:
    """Whether a column begins with a text, as an expression of Peewee; no letter is a wildcard."""
    return fn.instr(column, text) == 1


def folded_text(column: str) -> str:
    """SQL: a column folded."""
    return f"{FOLD}({column})"


def place_in(column: str, text: str) -> str:
    """SQL: the position of a text in a column, from 1, or 0 where the column does not contain it."""
    return f"instr({column}, {text})"


def create_search(database: SqliteDatabase) -> None:
    """Create the tables of the search indexes: folded texts, of contacts and of acquaintances, and their trigrams.

    An index stores no positions, which makes it a third smaller and faster to fill: a text with matching trigrams is
    compared with the tokens afterwards.
    """
    for texts, index in INDEXES:
        fetch(database, f"CREATE TABLE {texts} (id INTEGER PRIMARY KEY, text TEXT NOT NULL)")
        fetch(
            database,
            f"CREATE VIRTUAL TABLE {index} USING fts5(text, content='{texts}', content_rowid='id',"
            " tokenize='trigram case_sensitive 1', detail=none, columnsize=0)",
        )


def _write(
    database: SqliteDatabase,
    table: str,
    index: str,
    ids: Collection[int],
    texts: dict[int, str],
    *,
    alone: bool = False,
) -> None:
    """Set texts and their trigrams; with `alone` only the texts, because the index is rebuilt afterwards.

    `ids` are the rows that may have a text already.
    """
    old = dict(fetch_about(database, f"SELECT id, text FROM {table} WHERE id IN ({{keys}})", ids))
    stale = [(key, text) for key, text in old.items() if texts.get(key) != text]
    fresh = [(key, text) for key, text in texts.items() if old.get(key) != text]
    if stale and not alone:
        # The index needs the old text to delete its trigrams.
        run_many(database, f"INSERT INTO {index}({index}, rowid, text) VALUES ('delete', ?, ?)", stale)
    run_many(database, f"DELETE FROM {table} WHERE id = ?", [(key,) for key, _ in stale])
    insert_rows(database, table, ("id", "text"), fresh)
    if fresh and not alone:
        run_many(database, f"INSERT INTO {index}(rowid, text) VALUES (?, ?)", fresh)
    if table == SEARCH_TEXT:
        keep_letters(database, (text for _, text in stale), (text for _, text in fresh))


def search_texts(database: SqliteDatabase, contact_ids: Sequence[int]) -> dict[int, str]:
    """The stored search texts of contacts."""
    return dict(fetch_about(database, f"SELECT id, text FROM {SEARCH_TEXT} WHERE id IN ({{keys}})", contact_ids))


def search_ids(database: SqliteDatabase) -> set[int]:
    """The ids of contacts with a search text."""
    return {row[0] for row in fetch(database, f"SELECT id FROM {SEARCH_TEXT}")}


def _every_text(database: SqliteDatabase) -> Iterator[str]:
    """The search texts of all contacts, a thousand in memory at a time."""
    some = f"SELECT id, text FROM {SEARCH_TEXT} WHERE id > ? ORDER BY id LIMIT {MANY}"
    rows = fetch(database, some, (-1,))
    while rows:
        yield from (text for _, text in rows)
        rows = fetch(database, some, (rows[-1][0],))


def search_sound(database: SqliteDatabase) -> bool:
    """Whether the trigrams agree with the texts; inside a write transaction."""
    try:
        for _, index in INDEXES:
            fetch(database, f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")
    except Exception as error:
        if problem_of(error) != "damaged":
            raise
        return False
    return True


def search_match(tokens: Collection[str]) -> tuple[str, list[Any]]:
    """A subquery for the ids of contacts whose text contains every token, and its parameters.

    Use: `ContactTable.id.in_(peewee.SQL(*search_match(tokens)))`. Tokens are parts of words as `fold` gives them; any
    text is safe. Without tokens it gives every contact.
    """
    trigrams, rest = _parts(tokens)
    if trigrams and not rest:
        return f"(SELECT rowid AS id FROM {SEARCH_INDEX} WHERE {SEARCH_INDEX} MATCH ?)", [trigrams]
    conditions = [f"id IN {_FOUND}"] if trigrams else []
    conditions += ["instr(text, ?) > 0"] * len(rest)
    found = f"(SELECT id FROM {SEARCH_TEXT} WHERE {' AND '.join(conditions) or '1'})"
    return found, [*([trigrams] if trigrams else []), *rest]


def search_each(tokens: Collection[str], key: str) -> tuple[str, list[Any]]:
    """A condition that the text of the contact with the id `key` contains every token, and its parameters.

    Unlike `search_match` it reads only the texts of the contacts it is evaluated for.
    """
    trigrams, rest = _parts(tokens)
    # The plus sign keeps SQLite from reading every contact that the index finds.
    conditions = [f"+{key} IN {_FOUND}"] if trigrams else []
    if rest:
        held = " AND ".join(["instr(x.text, ?) > 0"] * len(rest))
        conditions.append(f"EXISTS (SELECT 1 FROM {SEARCH_TEXT} x WHERE x.id = {key} AND {held})")
    return " AND ".join(conditions) or "1", [*([trigrams] if trigrams else []), *rest]


def _parts(tokens: Collection[str]) -> tuple[str, list[str]]:
    """The query for the trigram index, and the tokens that each found text must still be compared with."""
    folded = _sound(tokens)
    # A token of three letters is a single trigram: the index alone decides.
    return _trigrams(folded), [token for token in folded if len(token) != 3]


def only_letter(tokens: Collection[str]) -> str:
    """The letter, if the search is for a single letter; else ""."""
    folded = _sound(tokens)
    return folded[0] if len(folded) == 1 and len(folded[0]) == 1 else ""


def _sound(tokens: Collection[str]) -> list[str]:
    return [token for token in (one.encode("utf-8", "ignore").decode().replace("\0", "") for one in tokens) if token]


def _trigrams(tokens: Sequence[str]) -> str:
    """The full-text query: every trigram of the tokens; empty when the tokens are too short."""
    found = dict.fromkeys(
        token[start : start + 3] for token in tokens for start in range(min(len(token) - 2, TRIGRAMS))
    )
    return " AND ".join('"' + trigram.replace('"', '""') + '"' for trigram in found)


def known_match(tokens: Collection[str], most: int | None = None) -> tuple[str, list[Any]] | None:
    """A subquery for the ids of acquaintances whose text contains every token, at most `most`, and its parameters.

    A token of two letters matches the beginning of a word. None if no token is long enough for the index.
    """
    folded = _sound(tokens)
    trigrams = _trigrams([f" {token}" if len(token) == 2 else token for token in folded])
    if not trigrams:
        return None
    rest = [token for token in folded if len(token) not in (2, 3)]
    if most is not None:
        # With a join, the first ones are found without reading those that come after.
        holds = "".join(" AND instr(x.text, ?) > 0" for _ in rest)
        joined = f"{KNOWN_INDEX} CROSS JOIN {KNOWN_TEXT} x ON x.id = {KNOWN_INDEX}.rowid"
        found = f"(SELECT x.id FROM {joined} WHERE {KNOWN_INDEX} MATCH ?{holds} LIMIT {int(most)})"
        return found, [trigrams, *rest]
    conditions = [
        f"id IN (SELECT rowid FROM {KNOWN_INDEX} WHERE {KNOWN_INDEX} MATCH ?)",
        *("instr(text, ?) > 0" for _ in rest),
    ]
    return f"(SELECT id FROM {KNOWN_TEXT} WHERE {' AND '.join(conditions)})", [trigrams, *rest]


def known_refresh(database: SqliteDatabase, acquaintance_ids: Collection[int]) -> None:
    """Write the search texts of acquaintances again; in the caller's transaction."""
    for some in batches(sorted(acquaintance_ids)):
        # With a blank before it, the beginning of every word is a trigram.
        about = "SELECT id, ' ' || about FROM acquaintance WHERE id IN ({keys})"
        _write(database, KNOWN_TEXT, KNOWN_INDEX, some, dict(fetch_about(database, about, some)))


def search_refresh(database: SqliteDatabase, contact_ids: Collection[int], new: Collection[int] = ()) -> None:
    """Write the search texts of contacts again, in the caller's transaction; the `new` ones have no text yet."""
    many = len(contact_ids) >= MANY
    # When most texts change, as when an import is brought back, one by one takes four times as long.
    most = many and 2 * len(contact_ids) > fetch(database, f"SELECT count(*) FROM {SEARCH_TEXT}")[0][0]
    for some in batches(sorted(contact_ids)):
        known = set(some).difference(new)
        _write(database, SEARCH_TEXT, SEARCH_INDEX, known, facts_texts(database, some), alone=most)
    if most:
        fetch(database, f"INSERT INTO {SEARCH_INDEX}({SEARCH_INDEX}) VALUES ('rebuild')")


def search_take_out(database: SqliteDatabase, contact_ids: Collection[int]) -> None:
    """Delete the search texts of contacts that are gone; in the caller's transaction."""
    if len(contact_ids) < MANY:
        _write(database, SEARCH_TEXT, SEARCH_INDEX, contact_ids, {})
        return
    found = 0
    those_gone = list(conditions("id", [sorted(contact_ids)]))
    for those, values in those_gone:
        found += fetch(database, f"SELECT count(*) FROM {SEARCH_TEXT} WHERE {those}", values)[0][0]
    if 2 * found <= fetch(database, f"SELECT count(*) FROM {SEARCH_TEXT}")[0][0]:
        for some in batches(sorted(contact_ids)):
            _write(database, SEARCH_TEXT, SEARCH_INDEX, some, {})
        return
    # Most texts go, as when the first import is taken back: those that stay are indexed and counted again.
    for those, values in those_gone:
        fetch(database, f"DELETE FROM {SEARCH_TEXT} WHERE {those}", values)
    fetch(database, f"INSERT INTO {SEARCH_INDEX}({SEARCH_INDEX}) VALUES ('rebuild')")
    letters_rebuild(database, _every_text(database))


def search_rebuild(database: SqliteDatabase) -> None:
    """Index every contact and acquaintance again; in the caller's transaction."""
    # An unchanged text is not written again, which would write most of a large file.
    change = "ON CONFLICT (id) DO UPDATE SET text = excluded.text WHERE text IS NOT excluded.text"
    for table, texts in (("contact", SEARCH_TEXT), ("acquaintance", KNOWN_TEXT)):
        fetch(database, f"DELETE FROM {texts} WHERE id NOT IN (SELECT id FROM {table})")
    for some in batches([row[0] for row in fetch(database, 'SELECT id FROM "contact"')]):
        texts_of_some = list(facts_texts(database, some).items())
        run_many(database, f"INSERT INTO {SEARCH_TEXT}(id, text) VALUES (?, ?) {change}", texts_of_some)
    # The condition keeps SQLite from reading ON as part of a join.
    about = "SELECT id, ' ' || about FROM acquaintance WHERE true"
    fetch(database, f"INSERT INTO {KNOWN_TEXT}(id, text) {about} {change}")
    for _, index in INDEXES:
        # All texts at once: 500,000 rows take a third of the time they take one by one.
        fetch(database, f"INSERT INTO {index}({index}) VALUES ('rebuild')")
    letters_rebuild(database, _every_text(database))


def search_differences(database: SqliteDatabase) -> list[str]:
    """The differences between the search texts and the facts, as lines."""
    known = [row[0] for row in fetch(database, 'SELECT id FROM "contact" ORDER BY id')]
    found = [f"contact {key}: indexed, but gone" for key in sorted(search_ids(database) - set(known))]
    for some in batches(known):
        stored = search_texts(database, some)
        found.extend(
            f"contact {key}: the search text is missing or old"
            for key, text in facts_texts(database, some).items()
            if stored.get(key) != text
        )
    found.extend(letter_differences(database, _every_text(database)))
    differing = fetch(
        database,
        f"SELECT a.id FROM acquaintance a LEFT JOIN {KNOWN_TEXT} x ON x.id = a.id"
        f" WHERE x.text IS NOT ' ' || a.about UNION SELECT id FROM {KNOWN_TEXT}"
        " WHERE id NOT IN (SELECT id FROM acquaintance)",
    )
    found.extend(f"acquaintance {key}: the search text is missing, old, or of one that is gone" for (key,) in differing)
    return found


def facts_texts(database: SqliteDatabase, contact_ids: Sequence[int]) -> dict[int, str]:
    """The search texts derived from the facts, by contact id: words, circles and addresses, folded.

    A contact that does not exist is left out.
    """
    more: dict[int, list[str]] = defaultdict(list)
    for query in (
        'SELECT m.contact_id, c.name FROM "membership" m JOIN "circle" c ON c.id = m.circle_id'
        " WHERE m.contact_id IN ({keys}) ORDER BY c.name",
        # The `+` keeps SQLite off the index by kind, which would read every e-mail.
        "SELECT contact_id, value FROM address WHERE contact_id IN ({keys}) AND +kind NOT IN ('phone', 'url')"
        " ORDER BY id",
    ):
        for key, text in fetch_about(database, query, contact_ids):
            more[key].append(text)
    # Loaded late: the first screen indexes nobody.
    from planner.core.contact_fields import INDEXED

    rows = fetch_about(database, f"SELECT id, {', '.join(INDEXED)} FROM contact WHERE id IN ({{keys}})", contact_ids)
    # A line break between two fields: no token matches across it, and folding does not join the fields.
    return {key: "\n".join([fold(part) for part in (*parts, *more.get(key, ())) if part]) for key, *parts in rows}
