"""What may happen to a card outside and to its person here between two syncs, and what must come of it.

Each case has the lines of the card before and after (None: the file is gone), what was done here, and what is held
then. `plan` is the first line of the sync, `asks` what is asked. The lines stand between BEGIN, VERSION, UID, FN, N and
END of the card of Bea Holm.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

QUIET = "nothing new, nothing to decide"
HOME, WORK, SAIL = "bea@home.example", "holm@work.example", "sail@club.example"
ONE, TWO, THREE = "+4791100001", "+4791100002", "+4791100003"


@dataclass(frozen=True)
class Case:
    name: str
    before: tuple[str, ...]
    after: tuple[str, ...] | None = ()
    plan: str = QUIET
    want: dict[str, Any] = field(default_factory=dict)
    here: tuple[str, ...] = ()
    """Words of one command."""
    asks: tuple[str, ...] = ()
    version: str = "3.0"
    uid: str = "bea-1"
    fn: str = "Bea Holm"
    second: tuple[str, ...] = ()
    """The lines of another file with the same UID."""
    raw: str | None = None
    people: int = 1
    """How many there are who are not archived."""
    one_way: bool = False
    later: str = ""
    """The version of the card after, where that is another one."""
    file: str = ""
    """The name of the file after, where that is another one."""
    sent: tuple[str, ...] | None = None
    """The lines of the card after a sync both ways; None where it is not touched."""


def mail(*values: str) -> dict[str, Any]:
    return {"emails": list(values)}


def ring(*values: str) -> dict[str, Any]:
    return {"phones": list(values)}


MAIL, TEL, FAX = f"EMAIL;TYPE=home:{HOME}", f"TEL;TYPE=CELL:{ONE}", f"TEL;TYPE=CELL:{TWO}"
JOB, PICTURE = f"EMAIL;TYPE=work:{WORK}", "PHOTO;ENCODING=b;TYPE=JPEG:QUJDREVG"

CASES = (
    Case("an e-mail replaced", (MAIL, TEL), (f"EMAIL;TYPE=home:{SAIL}", TEL), "1 changed", mail(SAIL)),
    Case("a second e-mail", (MAIL,), (MAIL, JOB), "1 changed", mail(HOME, WORK)),
    Case("an e-mail removed", (MAIL, JOB), (JOB,), "1 changed", mail(WORK)),
    Case("preferred, 3.0", (MAIL, JOB), (MAIL, f"EMAIL;TYPE=work,pref:{WORK}"), "1 changed", mail(WORK, HOME)),
    Case(
        "preferred, 4.0",
        (f"EMAIL;PREF=1:{HOME}", f"EMAIL;PREF=2:{WORK}"),
        (f"EMAIL;PREF=2:{HOME}", f"EMAIL;PREF=1:{WORK}"),
        "1 changed", mail(WORK, HOME), version="4.0",
    ),
    Case("the case of a domain", (MAIL,), (MAIL.replace("example", "EXAMPLE"),), QUIET, mail(HOME)),
    Case("a number as a tel: address", (TEL,), ("TEL;VALUE=uri;TYPE=cell:tel:+47-911-00-001",), QUIET, ring(ONE)),
    Case("a number changed", (TEL,), (FAX,), "1 changed", ring(TWO)),
    Case("a birthday corrected", ("BDAY:1979-03-02",), ("BDAY:1979-03-20",), "1 changed", {"birthday": "1979-03-20"}),
    Case(
        "a hidden year in two forms",
        ("BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-02",), ("BDAY;VALUE=date:1604-03-02",), QUIET, {"birthday": "03-02"},
    ),
    Case(
        "a year that a program lost",
        ("BDAY:1979-03-02",), ("BDAY:1604-03-02",), "1 to decide", {"birthday": "1979-03-02"}, asks=("birthday",),
    ),
    Case("a note edited", ("NOTE:sails",), ("NOTE:sails\\; and rows",), "1 changed", {"notes": "sails; and rows"}),
    Case("a circle removed", ("CATEGORIES:crew,choir",), ("CATEGORIES:choir",), "1 changed", {"circles": ["choir"]}),
    Case("circles in another order", ("CATEGORIES:crew,choir",), ("CATEGORIES:Choir,crew",)),
    Case("a company removed", ("ORG:Yard\\, Inc;Dock",), (), "1 changed", {"company": "", "history": ["Yard, Inc"]}),
    Case("a label of its own", (f"TEL;TYPE=x-deck:{ONE}",), (f"G1.TEL;TYPE=x-deck:{ONE}", "G1.X-ABLABEL:Deck")),
    Case(
        "groups renumbered",
        (f"item1.EMAIL:{HOME}", "item1.X-ABLabel:_$!<Work>!$_"),
        (f"item4.EMAIL:{HOME}", "item4.X-ABLabel:_$!<Work>!$_"),
    ),
    Case("written anew by a server", ("X-D;x-b=c:2", MAIL, TEL), (MAIL, TEL, "X-D;X-B=c:2", "REV:20270203T040506Z")),
    Case("edited here, one way", (MAIL,), (MAIL,), QUIET, mail(SAIL), ("edit", "#1", "--email", SAIL), one_way=True),
    Case(
        "edited here",
        (MAIL, PICTURE, "X-D:1"), (MAIL, PICTURE, "X-D:1"), "1 to write", mail(SAIL), ("edit", "#1", "--email", SAIL),
        sent=(f"EMAIL;TYPE=home:{SAIL}", PICTURE, "X-D:1"),
    ),
    Case(
        "deleted here", (TEL, FAX), (TEL, FAX), "1 to write", ring(TWO), ("edit", "#1", "--phone", TWO), sent=(FAX,),
    ),
    Case(
        "a label goes with its value",
        (f"item1.EMAIL:{SAIL}", "item1.X-ABLabel:Deck", MAIL), (f"item1.EMAIL:{SAIL}", "item1.X-ABLabel:Deck", MAIL),
        "1 to write", mail(HOME), ("edit", "#1", "--email", HOME), sent=(MAIL,),
    ),
    Case(
        "another one preferred here",
        (MAIL, JOB), (MAIL, JOB), "1 to write", mail(WORK, HOME), ("edit", "#1", "--email", WORK, "--email", HOME),
        sent=(f"EMAIL;TYPE=work;TYPE=pref:{WORK}", MAIL),
    ),
    Case(
        "a card of version 2.1",
        ("TEL;CELL;PREF:+4791100001", "NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:S=C3=B8r"),
        ("TEL;CELL;PREF:+4791100001", "NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:S=C3=B8r"),
        "1 to write", mail(HOME), ("edit", "#1", "--email", HOME), version="2.1",
        sent=(
            "TEL;CELL;PREF:+4791100001", "NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:S=C3=B8r",
            f"EMAIL;INTERNET:{HOME}",
        ),
    ),
    Case(
        "deleted here, and the card edited",
        (TEL, MAIL), (TEL, f"EMAIL;TYPE=home:{WORK}"), "1 changed, 1 to write", {**ring(), **mail(WORK)},
        ("edit", "#1", "--phone", ""), sent=(f"EMAIL;TYPE=home:{WORK}",),
    ),
    Case(
        "a picture cut off by a server",
        ("PHOTO:data:image/png;base64,QUJDREVG", MAIL), ("PHOTO:data:image/png\\;base64", MAIL), "1 to decide",
        mail(HOME), asks=("photo",), version="4.0",
    ),
    Case("the same on both sides", (MAIL,), (JOB,), QUIET, mail(WORK), ("edit", "#1", "--email", WORK.title())),
    Case(
        "another way on each side",
        (MAIL,), (JOB,), "1 to decide", mail(SAIL), ("edit", "#1", "--email", SAIL), asks=("email",),
    ),
    Case(
        "two numbers more, one on each side",
        (TEL,), (TEL, FAX), "1 changed, 1 to write", ring(ONE, TWO, THREE),
        ("edit", "#1", "--phone", ONE, "--phone", THREE), sent=(TEL, FAX, f"TEL:{THREE}"),
    ),
    Case(
        "removed there, added here",
        (TEL,), (), "1 changed, 1 to write", ring(THREE), ("edit", "#1", "--phone", ONE, "--phone", THREE),
        sent=(f"TEL:{THREE}",),
    ),
    Case(
        "a birthday changed on both sides",
        ("BDAY:1979-03-02",), ("BDAY:1979-03-20",), "1 to decide", {"birthday": "1979-03-22"},
        ("edit", "#1", "--birthday", "1979-03-22"), asks=("birthday",),
    ),
    Case(
        "a note changed on both sides",
        ("NOTE:sails",), ("NOTE:sails\\nand rows",), "1 to decide", {"notes": "sails\nand swims"},
        ("edit", "#1", "--note", "sails\nand swims"), asks=("note",),
    ),
    Case(
        "circles on both sides",
        ("CATEGORIES:crew",), ("CATEGORIES:crew,choir",), "1 changed, 1 to write", {"circles": ["choir"]},
        ("edit", "#1", "--circle", ""), sent=("CATEGORIES:choir",),
    ),
    Case("a pet name", (), (), "1 to decide", {"name": "Bea Holm", "nickname": "Auntie"}, asks=("name",), fn="Auntie"),
    Case("a new family name", (TEL,), (TEL,), "1 changed", {"name": "Bea Falk"}, fn="Bea Falk"),
    Case("a card that is gone", (MAIL,), None, "1 gone", mail(HOME), asks=("gone",)),
    Case(
        "a card that is gone, edited here",
        (MAIL,), None, "1 gone", ring(TWO), ("edit", "#1", "--phone", TWO), asks=("gone",),
    ),
    Case("a new UID", (MAIL, TEL), (MAIL, TEL), "1 moved", mail(HOME), uid="bea-2"),
    Case(
        "another person",
        (MAIL,), (f"EMAIL:{SAIL}",), "1 to decide", mail(HOME), asks=("identity",), fn="Kim Vos", people=2,
    ),
    Case("two files of one UID", (MAIL,), (MAIL,), "1 to decide", mail(HOME), asks=("duplicate",), second=(JOB,)),
    Case(
        "somebody archived",
        (MAIL,), (JOB,), "1 changed", {**mail(WORK), "status": "archived"}, ("archive", "#1"), people=0,
    ),
    Case("somebody forgotten", (MAIL,), (JOB,), QUIET, here=("forget", "#1", "--yes"), people=0),
    Case("half a file", (MAIL,), None, "1 not readable yet", mail(HOME), raw="BEGIN:VCARD\nVERSION:3.0\nUID:bea-1\n"),
)  # fmt: skip
