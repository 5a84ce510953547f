"""Whether the planner may be suspended (ctrl+z): only if a shell can resume it."""

from __future__ import annotations

import os
import sys

from planner.limits import is_kiosk

MOST_PARENTS = 64


def why_not() -> str:
    """Why the process must not be stopped, in words with {keys}; empty if a shell can resume it with fg."""
    if sys.platform == "win32":
        return "This system cannot rest a program; {quit} leaves, everything is saved"
    if is_kiosk():
        return "No shell can be reached from here; {quit} leaves, everything is saved"
    if not _has_job_control():
        return "No shell waits here that could bring the planner back; {quit} leaves, everything is saved"
    return ""


def _has_job_control() -> bool:
    """Whether the process group has a parent in another group of the same session (POSIX: is not orphaned)."""
    group, session, parent = os.getpgrp(), os.getsid(0), os.getppid()
    for _ in range(MOST_PARENTS):
        try:
            if parent <= 1 or os.getsid(parent) != session:
                return False
            if os.getpgid(parent) != group:
                return True
        except OSError:
            return False
        # A script that started the planner belongs to its group: who started the script?
        above = _parent_of(parent)
        if above is None:
            return False
        parent = above
    return False


def _parent_of(process: int) -> int | None:
    """The parent of a process if the system tells it, else None."""
    try:
        with open(f"/proc/{process}/stat", encoding="utf-8", errors="replace") as file:
            # The name of the program is in brackets and may contain anything.
            return int(file.read().rpartition(")")[2].split()[1])
    except (OSError, ValueError, IndexError):
        return None
