"""The steps of an import: their first words, and their keys."""

from __future__ import annotations

HEADINGS = {
    "path": "Which file?",
    "reading": "Looking into it; nothing is written yet",
    "preview": "A preview; nothing is written yet",
    "writing": "Bringing them in",
    "done": "They are in",
}
"""The first words, by step."""


LOW = 16
"""Lines of a screen below which blank lines are left out."""
OF_STEP = {
    "reading": ("back",),
    "preview": ("go_on", "columns", "letters", "circle", "rhythm", "other", "back"),
    "writing": ("back",),
    "done": ("go_on", "undo", "back"),
}
"""The verbs in the footer, by step. While a path is typed, letters are text and not keys."""
