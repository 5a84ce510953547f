"""Unfinished lines, kept in a private file when the planner had to leave in a hurry."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Mapping
from pathlib import Path


class Drafts:
    """Texts by name, in the folder of the program's state."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "drafts.json"

    def keep(self, texts: Mapping[str, str]) -> None:
        """Add these to what is kept; readable for its owner alone."""
        wanted = {name: text for name, text in texts.items() if text.strip()}
        if wanted:
            self._write({**self._read(), **wanted})

    def take(self, name: str) -> str:
        """The text kept under a name, which is then kept no longer; empty when there is none."""
        kept = self._read()
        found = kept.pop(name, "")
        if found:
            self._write(kept)
        return found

    def look(self, name: str) -> str:
        """The text kept under a name, which stays; empty when there is none."""
        return self._read().get(name, "")

    def forget(self, texts: Collection[str], *names: str) -> None:
        """Let go of what is kept under these names, and of whatever holds one of these texts as a whole word."""
        kept = self._read()
        words = "|".join(re.escape(text) for text in texts if text.strip())
        named = re.compile(rf"(?<!\w)(?:{words or '(?!)'})(?!\w)", re.IGNORECASE)
        left = {name: text for name, text in kept.items() if name not in names and not named.search(text)}
        if left != kept:
            self._write(left)

    def _read(self) -> dict[str, str]:
        try:
            found = json.loads(self._file.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}

    def _write(self, texts: Mapping[str, str]) -> None:
        try:
            if not texts:
                self._file.unlink(missing_ok=True)
                return
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            beside = self._file.with_suffix(".new")
            descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(dict(texts), file, ensure_ascii=False)
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, self._file)
        except OSError:
            # A disk that is full must not keep the planner from leaving.
            return
