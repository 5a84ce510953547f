"""vCards, in one file, in a folder of files, and in an archive."""

from __future__ import annotations

import re

from planner.interchange.format import Format
from planner.interchange.vcard.reader import read_cards

_card = re.compile(r"^[^,;\"\n]{0,200}BEGIN[ \t]*:[ \t]*VCARD", re.IGNORECASE | re.MULTILINE)
"""Finds the first BEGIN of a card. Table cells before it on its line mean that the file is a table."""

FORMAT = Format(
    "vcard",
    "vCards",
    is_it=lambda head: _card.search(head.text) is not None,
    read=lambda source, reading: read_cards(source),
    files="`.vcf`, a folder of them, a vdir",
    brings="vCard 2.1, 3.0 and 4.0: names, addresses, days, circles, relations",
    rank=2,
    record_mark=b"BEGIN:VCARD",
    names=("*.vcf",),
)
