"""The same card in other words, and edits of cards in the words of many programs: versions, types, groups, spellings.

Cases as in `book_cases`: what must follow, and what must stay as it stands.
"""

from __future__ import annotations

from tests.cli.book_cases import HOME, ONE, QUIET, SAIL, TWO, WORK, Case

MAIL, TEL = f"EMAIL:{HOME}", f"TEL:{ONE}"

FORMS = (
    Case(
        "an e-mail in a group, with its rank", (f"item1.EMAIL;PREF=1:{HOME}", "item1.X-ABLabel:Privat"),
        (f"item1.EMAIL;PREF=1:{SAIL}", "item1.X-ABLabel:Privat"), "1 changed", want={"emails": [SAIL]}, version="4.0",
    ),
    Case(
        "an e-mail of version 2.1", (f"EMAIL;INTERNET;HOME:{HOME}",), (f"EMAIL;HOME;INTERNET;PREF:{SAIL}",),
        "1 changed",
        want={"emails": [SAIL]}, version="2.1",
    ),
    Case(
        "types spelled otherwise", (f"EMAIL;TYPE=INTERNET,HOME:{HOME}", f"TEL;TYPE=CELL,VOICE:{ONE}"),
        (f"email;type=home;type=INTERNET:{HOME}", f'tel;type="cell,voice":{ONE}'), QUIET,
        want={"emails": [HOME], "phones": [ONE]},
    ),
    Case(
        "a number with blanks", (f"TEL;TYPE=CELL:{ONE}",), ("TEL;TYPE=CELL:+47 911 00 001",), QUIET,
        want={"phones": [ONE]},
    ),
    Case("a number with 00", (f"TEL;TYPE=CELL:{ONE}",), ("TEL;TYPE=CELL:004791100001",), QUIET, want={"phones": [ONE]}),
    Case(
        "a birthday in one word", ("BDAY:1988-06-15",), ("BDAY;VALUE=date:19880615",), QUIET,
        want={"birthday": "1988-06-15"},
    ),
    Case(
        "a birthday with an hour", ("BDAY:1988-06-15",), ("BDAY:1988-06-15T00:00:00Z",), QUIET,
        want={"birthday": "1988-06-15"},
    ),
    Case(
        "a birthday gets its year", ("BDAY:--0615",), ("BDAY:19880615",), "1 changed", want={"birthday": "1988-06-15"},
        version="4.0",
    ),
    Case(
        "a birthday without a year is gone", ("BDAY:--06-15",), (), "1 to decide", want={"birthday": "06-15"},
        asks=("birthday",),
    ),
    Case(
        "a year lost, with dashes", ("BDAY:1988-06-15",), ("BDAY:--06-15",), "1 to decide",
        want={"birthday": "1988-06-15"}, asks=("birthday",), version="4.0",
    ),
    Case(
        "a birthday taken out here", ("BDAY:1988-06-15", MAIL), ("BDAY:1988-06-15", MAIL), "1 to write",
        want={"birthday": None}, here=("edit", "#1", "--birthday", ""), sent=(MAIL,),
    ),
    Case(
        "a birthday added here", (MAIL,), (MAIL,), "1 to write", want={"birthday": "1988-06-15"},
        here=("edit", "#1", "--birthday", "1988-06-15"), version="4.0", sent=(MAIL, "BDAY:19880615"),
    ),
    Case(
        "circles on two lines", ("CATEGORIES:work,sea",), ("CATEGORIES:Sea", "CATEGORIES: WORK "), QUIET,
        want={"circles": ["sea", "work"]},
    ),
    Case("a circle renamed", ("CATEGORIES:work",), ("CATEGORIES:job",), "1 changed", want={"circles": ["job"]}),
    Case(
        "a note with one more line end", ("NOTE:met at sea",), ("NOTE:met at sea\\n",), QUIET,
        want={"notes": "met at sea"},
    ),
    Case(
        "a note removed there, changed here", ("NOTE:a",), (), "1 to write", want={"notes": "b"},
        here=("edit", "#1", "--note", "b"), sent=("NOTE:b",),
    ),
    Case(
        "a new position", ("ORG:Acme", "TITLE:Cook"), ("ORG:Bell;", "TITLE:Chef"), "1 changed",
        want={"company": "Bell", "title": "Chef", "history": ["Cook at Acme"]},
    ),
    Case("a company with empty departments", ("ORG:Acme",), ("ORG:Acme;;",), QUIET, want={"company": "Acme"}),
    Case(
        "a company on both sides", ("ORG:Acme",), ("ORG:Bell",), "1 to decide", want={"company": "Cant"},
        here=("edit", "#1", "--company", "Cant"), asks=("company",),
    ),
    Case("a nickname", (), ("NICKNAME:Annie",), "1 changed", want={"nickname": "Annie"}),
    Case("a second nickname", ("NICKNAME:Al",), ("NICKNAME:Al,Annie",), "1 changed", want={"nickname": "Al, Annie"}),
    Case(
        "another town", ("ADR;TYPE=home:;;Kai 1;Bergen;;5003;Norway",), ("ADR;TYPE=home:;;Torg 2;Oslo;;0150;Norway",),
        "1 changed", want={"city": "Oslo"},
    ),
    Case(
        "an address with a label of a server", ("ADR;TYPE=home:;;Kai 1;Bergen;;5003;Norway",),
        ('ADR;type=HOME;LABEL="Kai 1":;;Kai 1;Bergen;;5003;Norway;',), QUIET, want={"city": "Bergen"},
    ),
    Case(
        "a part of the name", (MAIL,), (MAIL,), "1 to decide", want={"name": "Bea Holm"},
        asks=("name",), fn="Bea",
    ),
    Case(
        "the name in small letters", (MAIL,), (MAIL,), "1 to decide", want={"name": "Bea Holm"},
        asks=("name",), fn="bea holm",
    ),
    Case(
        "a longer name", (MAIL,), (MAIL,), "1 changed", want={"name": "Bea Maria Holm"},
        fn="Bea Maria Holm",
    ),
    Case(
        "a name given here, another there", (MAIL,), (MAIL,), "1 to decide",
        want={"name": "Bea Vik"}, here=("edit", "#1", "--name", "Bea Vik"), asks=("name",), fn="Bea Berg",
    ),
    Case(
        "a new UID, known by the number", (f"TEL;TYPE=CELL:{ONE}",), ("TEL;VALUE=uri:tel:+47-911-00-001",), "1 moved",
        want={"phones": [ONE]}, version="4.0", uid="bea-2",
    ),
    Case(
        "a new UID and an edit", (MAIL, TEL), (f"EMAIL:{SAIL}", TEL), "1 changed, 1 moved",
        want={"emails": [SAIL]}, uid="bea-2",
    ),
    Case(
        "a new UID, known by an e-mail in capitals", (MAIL,), (f"EMAIL:{HOME.upper()}",), "1 moved",
        want={"emails": [HOME]},
        uid="bea-2",
    ),
    Case(
        "a namesake with another UID", (MAIL,), (f"EMAIL:{SAIL}",), "1 new, 1 gone", asks=("gone",), uid="bea-2",
        people=2,
    ),
    Case("a file renamed", (MAIL,), (MAIL,), QUIET, file="other.vcf"),
    Case("a UID as an address", (MAIL,), (MAIL,), QUIET, uid="urn:uuid:bea-1"),
    Case(
        "another name, the same number", (MAIL, TEL), ("EMAIL:bo@x.example", TEL),
        "1 changed, 1 to decide", asks=("name",), fn="Bo Vik",
    ),
    Case(
        "a number deleted here, with its group",
        (f"item1.TEL:{ONE}", "item1.X-ABLabel:Boat", f"item2.TEL:{TWO}", "item2.X-ABLabel:Car"),
        (f"item1.TEL:{ONE}", "item1.X-ABLabel:Boat", f"item2.TEL:{TWO}", "item2.X-ABLabel:Car"), "1 to write",
        want={"phones": [TWO]}, here=("edit", "#1", "--phone", TWO), sent=(f"item2.TEL:{TWO}", "item2.X-ABLabel:Car"),
    ),
    Case(
        "one of two in a group deleted here", (f"item1.TEL:{ONE}", f"item1.EMAIL:{HOME}", "item1.X-ABLabel:Boat"),
        (f"item1.TEL:{ONE}", f"item1.EMAIL:{HOME}", "item1.X-ABLabel:Boat"), "1 to write",
        want={"phones": [], "emails": [HOME]}, here=("edit", "#1", "--phone", ""),
        sent=(f"item1.EMAIL:{HOME}", "item1.X-ABLabel:Boat"),
    ),
    Case(
        "parameters stay", (f"EMAIL;TYPE=home;PREF=1;ALTID=1;X-Y=z:{HOME}",),
        (f"EMAIL;TYPE=home;PREF=1;ALTID=1;X-Y=z:{HOME}",), "1 to write", here=("edit", "#1", "--email", SAIL),
        version="4.0", sent=(f"EMAIL;TYPE=home;PREF=1;ALTID=1;X-Y=z:{SAIL}",),
    ),
    Case(
        "another one preferred here, 4.0", (f"EMAIL;PREF=1:{HOME}", f"EMAIL;PREF=2;TYPE=work:{WORK}"),
        (f"EMAIL;PREF=1:{HOME}", f"EMAIL;PREF=2;TYPE=work:{WORK}"), "1 to write", want={"emails": [WORK, HOME]},
        here=("edit", "#1", "--email", WORK, "--email", HOME), version="4.0",
        sent=(f"EMAIL;TYPE=work;PREF=1:{WORK}", f"EMAIL;PREF=2:{HOME}"),
    ),
    Case(
        "another one preferred here, 2.1", (f"EMAIL;INTERNET;PREF:{HOME}", f"EMAIL;INTERNET:{WORK}"),
        (f"EMAIL;INTERNET;PREF:{HOME}", f"EMAIL;INTERNET:{WORK}"), "1 to write", want={"emails": [WORK, HOME]},
        here=("edit", "#1", "--email", WORK, "--email", HOME), version="2.1",
        sent=(f"EMAIL;INTERNET;PREF:{WORK}", f"EMAIL;INTERNET:{HOME}"),
    ),
    Case(
        "a number added here, 4.0", (f"TEL;VALUE=uri;TYPE=cell:tel:{ONE}",), (f"TEL;VALUE=uri;TYPE=cell:tel:{ONE}",),
        "1 to write", want={"phones": [ONE, TWO]}, here=("edit", "#1", "--phone", ONE, "--phone", TWO), version="4.0",
        sent=(f"TEL;VALUE=uri;TYPE=cell:tel:{ONE}", f"TEL:{TWO}"),
    ),
    Case(
        "a picture emptied by a server", ("PHOTO;ENCODING=b;TYPE=JPEG:QUJDREVG", MAIL),
        ("PHOTO;ENCODING=b;TYPE=JPEG:", MAIL), "1 to decide", asks=("photo",),
    ),
    Case(
        "somebody archived gets a number", (MAIL,), (MAIL, TEL), "1 changed",
        want={"phones": [ONE], "status": "archived"}, here=("archive", "#1"), people=0,
    ),
    Case(
        "deleted on both sides", (TEL, f"TEL:{TWO}"), (f"TEL:{TWO}",), QUIET, want={"phones": [TWO]},
        here=("edit", "#1", "--phone", TWO),
    ),
    Case(
        "added on both sides in two spellings", (), ("TEL;TYPE=CELL:+47 911 00 001",), QUIET,
        want={"phones": ["+47 911 00 001"]},
        here=("edit", "#1", "--phone", ONE),
    ),
    Case("an empty file", (MAIL,), None, "1 not readable yet", want={"emails": [HOME]}, raw=""),
    Case(
        "a file cut in its last line", (MAIL,), None, "1 not readable yet", want={"emails": [HOME]},
        raw="BEGIN:VCARD\r\nVERSION:3.0\r\nUID:bea-1\r\nFN:Bea Holm\r\nEND:VCAR",
    ),
    Case(
        "from version 3.0 to 4.0",
        (f"EMAIL;TYPE=INTERNET,HOME,pref:{HOME}", f"TEL;TYPE=CELL:{ONE}", "BDAY:1988-06-15", "NOTE:a\\, b",
         "ORG:Acme;", "CATEGORIES:work"),
        (f"EMAIL;PREF=1;TYPE=home:{HOME}", f'TEL;TYPE="cell";VALUE=uri:tel:{ONE}', "BDAY:19880615", "NOTE:a\\, b",
         "ORG:Acme", "CATEGORIES:work"),
        QUIET, later="4.0",
    ),
    Case(
        "from version 3.0 to 2.1",
        (f"EMAIL;TYPE=INTERNET,HOME:{HOME}", f"TEL;TYPE=CELL:{ONE}", "BDAY:1988-06-15", "NOTE:a\\, b\\nc"),
        (f"EMAIL;INTERNET;HOME:{HOME}", f"TEL;CELL:{ONE}", "BDAY:19880615",
         "NOTE;ENCODING=QUOTED-PRINTABLE:a, b=0D=0Ac"),
        QUIET, later="2.1",
    ),
    Case(
        "written anew, and one value changed", ("NICKNAME:Al", TEL, f"EMAIL;TYPE=home:{HOME}", "X-Foo;x-a=b:1"),
        (f"EMAIL;TYPE=HOME:{SAIL}", "NICKNAME:Al", f"TEL;TYPE=VOICE:{ONE}", "X-FOO;X-A=b:1", "REV:20270101T000000Z"),
        "1 changed", want={"emails": [SAIL]},
    ),
    Case(
        "two in another order", (MAIL, f"EMAIL:{WORK}"), (f"EMAIL:{WORK}", MAIL),
        "1 changed", want={"emails": [WORK, HOME]},
    ),
    Case(
        "preferred, 2.1", (f"TEL;CELL:{ONE}", f"TEL;WORK:{TWO}"), (f"TEL;CELL:{ONE}", f"TEL;WORK;PREF:{TWO}"),
        "1 changed",
        want={"phones": [TWO, ONE]}, version="2.1",
    ),
)  # fmt: skip
