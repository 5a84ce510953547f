"""What only SQLite can do: opening its files safely, its errors, its checks, its search index.

No other module of the store writes a pragma or names an SQLite table of its own, so that a second kind of
database needs a second package like this one and nothing else.
"""

from planner.store.sqlite_only.connections import (
    broken_references,
    copy_into,
    copy_over,
    data_version,
    database_for,
    get_version,
    integrity_check,
    leftover_transaction,
    mark_as_ours,
    overwrite_deleted,
    quick_check,
    scrub,
    set_version,
    settle_journal_mode,
    without_foreign_keys,
)
from planner.store.sqlite_only.failures import (
    explain,
    gone,
    problem_of,
)
from planner.store.sqlite_only.files import (
    APPLICATION_ID,
    Header,
    file_system,
    journal_mode_for,
    on_network,
    pending_journal,
    read_header,
    synchronize,
)
from planner.store.sqlite_only.search import (
    SEARCH_TEXT,
    create_search,
    facts_texts,
    search_differences,
    search_ids,
    search_match,
    search_rebuild,
    search_refresh,
    search_sound,
    search_texts,
    search_write,
)
from planner.store.sqlite_only.statements import fetch, run_many

__all__ = [
    "APPLICATION_ID",
    "SEARCH_TEXT",
    "Header",
    "broken_references",
    "copy_into",
    "copy_over",
    "create_search",
    "data_version",
    "database_for",
    "explain",
    "facts_texts",
    "fetch",
    "file_system",
    "get_version",
    "gone",
    "integrity_check",
    "journal_mode_for",
    "leftover_transaction",
    "mark_as_ours",
    "on_network",
    "overwrite_deleted",
    "pending_journal",
    "problem_of",
    "quick_check",
    "read_header",
    "run_many",
    "scrub",
    "search_differences",
    "search_ids",
    "search_match",
    "search_rebuild",
    "search_refresh",
    "search_sound",
    "search_texts",
    "search_write",
    "set_version",
    "settle_journal_mode",
    "synchronize",
    "without_foreign_keys",
]
