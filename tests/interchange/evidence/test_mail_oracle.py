"""The fast reader of mailboxes says what Python's own `email` and `mailbox` say: same people, days and directions."""

from __future__ import annotations

from collections import Counter
from datetime import UTC
from pathlib import Path

from planner.core.evidence.seen import Mail
from planner.interchange.evidence.reading import recognised
from tests.interchange.evidence.letters import NOW, maildir, mbox, read
from tests.interchange.evidence.mail_oracle import Told, files_by_email, mailbox_by_email


def told(letter: Mail) -> Told:
    """A letter in the words of the oracle."""
    return Told(
        letter.key,
        letter.at.astimezone(UTC).date().isoformat() if letter.at else "",
        letter.sender.value if letter.sender else "",
        frozenset(one.value for one in letter.recipients) if len(letter.recipients) <= 8 else frozenset({"many"}),
        not letter.signs,
    )


def test_both_readers_agree(tmp_path: Path) -> None:
    agreed = 0
    for seed in range(6):
        root = maildir(tmp_path / f"mail{seed}", 150, seed)
        assert recognised(root) == "maildir"
        fast, slow = Counter(map(told, read(root)[0])), Counter(files_by_email(root, NOW))
        assert fast == slow, (seed, fast - slow, slow - fast)
        box = mbox(tmp_path / f"Sent{seed}", 150, seed)
        assert recognised(box) == "mbox"
        fast, slow = Counter(map(told, read(box, kind="mbox")[0])), Counter(mailbox_by_email(box, NOW))
        assert fast == slow, (seed, fast - slow, slow - fast)
        agreed += 300
    print(f"{agreed} letters, read alike by both")
