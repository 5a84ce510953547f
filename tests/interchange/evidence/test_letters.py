"""What the head of a letter says: who, to whom, when, and what speaks against it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from planner.core.evidence.seen import Sign
from planner.interchange.evidence.mail.addresses import addresses
from planner.interchange.evidence.mail.dates import read_date
from planner.interchange.evidence.mail.folder_roles import FolderRole, role_of_path
from tests.cases import case
from tests.interchange.evidence.letters import letter_of

MINE = timezone(timedelta(hours=5))


def test_addresses_are_split_first_and_decoded_after() -> None:
    for text, wanted in {
        "Ana <A@X.example>": [("Ana", "a@x.example")],
        '"Silva, Ana" <a@x>, b@x': [("Silva, Ana", "a@x"), ("", "b@x")],
        "=?utf-8?Q?Silva=2C_Ana?= <a@x>": [("Silva, Ana", "a@x")],
        "a b@x c@y": [("", "b@x"), ("", "c@y")],
        "a@x (Ana (Maria) Silva)": [("Ana (Maria) Silva", "a@x")],
        "undisclosed-recipients:;": [],
        'Team: a@x, "B" <b@x>;, c@d': [("", "a@x"), ("B", "b@x"), ("", "c@d")],
        "<@a,@b:user@c>": [("", "user@c")],
        '"john doe"@x': [("", '"john doe"@x')],
        "MAILER-DAEMON": [],
        '"Bob \\"B\\"" <b@x>': [('Bob "B"', "b@x")],
        "=?zlib?B?eJw=?= <z@x>": [("=?zlib?B?eJw=?=", "z@x")],
        "a@x, A@X, a@x": [("", "a@x")],
        "Ana\x1b[1m <a@x>": [("Ana[1m", "a@x")],
        "": [],
    }.items():
        with case(text):
            assert [(one.name, one.value) for one in addresses([text])] == wanted
    assert len(addresses([", ".join(f"p{number}@x" for number in range(1000))])) == 9
    assert [one.value for one in addresses(["a@x", "b@x"])] == ["a@x", "b@x"]


def test_dates_as_programs_write_them() -> None:
    for text, wanted in {
        "Thu, 16 Jun 2016 22:14:41 -0400": "2016-06-16T22:14:41-04:00",
        "Mon, 06 Jan 2020 04:49:45 +0100 (CET)": "2020-01-06T04:49:45+01:00",
        "Mon, 6 Jan 2020 04:49 CEST": "2020-01-06T04:49:00+02:00",
        "Mon, 6 Jan 2020 04:49:45 GMT+0100": "2020-01-06T04:49:45+01:00",
        "Mon, 6 Jan 2020 04:49:45 +01:00": "2020-01-06T04:49:45+01:00",
        "Mon, 6 Jan 2020 12:29 AM": "2020-01-06T00:29:00+05:00",
        "Mon, 6 Jan 2020 01:29:00 PM +0000": "2020-01-06T13:29:00+00:00",
        "Mon Jan 06 04:49:45 +0000 2020": "2020-01-06T04:49:45+00:00",
        "Mon Jan  6 04:49:45 2020": "2020-01-06T04:49:45+05:00",
        "Monday, 06-Jan-20 04:49:45 GMT": "2020-01-06T04:49:45+00:00",
        "2012-12-08 00:48": "2012-12-08T00:48:00+05:00",
        "2020-01-02T03:04:05Z": "2020-01-02T03:04:05+00:00",
        "6 Jan 2020 23:59:60 +0000": "2020-01-06T23:59:59+00:00",
        "Mon, 31 Feb 2020 10:00:00 +0000": None,
        "Mon, 6 Jan 2020 59:59:45 +0000": None,
        "Mon, 6 Jan 2020 04:59:45 +9999": None,
        "Mon, 6 Jan 2020 04:59:45 +9999999999": None,
        "Fr, 06 März 2020 04:49:45 +0100": None,
        "": None,
    }.items():
        with case(text):
            at = read_date(text, MINE)
            assert (at.isoformat() if at else None) == wanted


def test_a_date_that_cannot_be_falls_back_to_when_it_was_received() -> None:
    received = "Received: from a by b for <me@x>; Tue, 03 Mar 2026 10:00:00 +0100\n"
    for date in ("Thu, 1 Jan 1970 00:00:00 +0000", "Wed, 25 Nov 2026 12:00:01 +0000", "31 Feb 2026 10:00:00 +0000"):
        with case(date):
            assert letter_of(f"From: a@x\nDate: {date}\n{received}").at == datetime(2026, 3, 3, 9, tzinfo=UTC)
            assert letter_of(f"From: a@x\nDate: {date}\n").at is None
    letter = letter_of(f"From: a@x\nDate: Mon, 2 Mar 2026 10:00:00 +0000\n{received}")
    assert letter.at == datetime(2026, 3, 2, 10, tzinfo=UTC)
    assert letter.delivered_to == {"me@x"}


def test_two_of_a_field_and_none_of_it() -> None:
    letter = letter_of(
        "From: a@x\nfrom: z@x\nTo: b@x\nto: c@x\nCC: d@x\nMessage-ID: <1 2@x>\nMessage-ID: <3@x>\n"
        'In-Reply-To: Your message of "Mon" <9@x>\nReferences: <7@x> <9@x>\n\t<8@x>\nDelivered-To: me@x\n'
    )
    assert letter.sender is not None
    assert letter.sender.value == "a@x"
    assert [one.value for one in letter.recipients] == ["b@x", "c@x", "d@x"]
    assert (letter.key, letter.answers) == ("1 2@x", ("7@x", "8@x", "9@x"))
    bare = letter_of("From: a@x\nTo: b@x\nDate: Mon, 2 Mar 2026 10:00:00 +0000\n")
    other = letter_of("From: a@x\nTo: b@x\nDate: Mon, 2 Mar 2026 10:00:01 +0000\n")
    assert bare.key != other.key
    assert bare.key == letter_of("Subject: else\nDate: Mon, 2 Mar 2026 10:00:00 +0000\nTo: b@x\nFrom: a@x\n").key
    assert letter_of("From: a@x\nMessage-ID: odd\n").key == "odd"
    assert letter_of("Subject: chat\nMessage-ID: <1>\n").sender is None
    assert letter_of("From: Jos\xe9 <jos\xe9@x>\nDate: x\n".encode("latin-1")).sender is not None


def test_whom_a_letter_is_to_and_whom_it_only_reached() -> None:
    # My copy of a letter says to whom it went blind.
    blind = letter_of("From: me@x\nTo: undisclosed-recipients:;\nBCC: a@x,\n B <b@x>\nMessage-ID: <1@x>\n")
    assert [one.value for one in blind.recipients] == ["a@x", "b@x"]
    many = ", ".join(f"p{number}@x" for number in range(9))
    assert Sign.MANY in letter_of(f"From: me@x\nBcc: {many}\n").signs
    way = "Delivered-To: me@x\nReceived: from a by b for <me@x>; Mon, 2 Mar 2026 10:00:00 +0000\n"
    letter = f"{way}From: a@x\nTo: b@x\nMessage-ID: <1@x>\n"
    assert letter_of(letter).delivered_to == {"me@x"}
    # Who was sent it on by somebody else was not written to.
    assert letter_of(f"Resent-From: B <b@x>\nResent-To: me@x\n{letter}").delivered_to == frozenset()


def test_signs() -> None:
    for field, wanted in {
        "Subject: hello": None,
        "List-Unsubscribe: <mailto:x@x>": Sign.LIST,
        "list-id: x": Sign.LIST,
        "X-Mailing-List: x": Sign.LIST,
        "X-Loop: x": Sign.LIST,
        "Mailing-List: x": Sign.LIST,
        "Delivered-To: mailing list users@x": Sign.LIST,
        "Precedence: Bulk": Sign.LIST,
        "Precedence: high": None,
        "Precedence: fm-user": None,
        "Sender: owner-friends@x": Sign.LIST,
        "Sender: Ana <ana@x>": None,
        "Return-Path: <friends-bounces+me=y@x>": Sign.LIST,
        "Return-Path: <>": None,
        "Auto-Submitted: auto-generated (failure)": Sign.AUTOMATIC,
        "Auto-Submitted: NO (really)": None,
        "X-Autoreply: yes": Sign.AUTOMATIC,
        "Feedback-ID: a:b": Sign.AUTOMATIC,
        "X-Auto-Response-Suppress: All": None,
        "Content-Type: multipart/report; report-type=x": Sign.BOUNCE,
        "X-Failed-Recipients: b@x": Sign.BOUNCE,
        "Content-Type: text/calendar; method=REPLY": Sign.CALENDAR_ANSWER,
        "Content-class: urn:content-classes:calendarmessage": Sign.CALENDAR_ANSWER,
        "Content-Type: text/plain": None,
        "X-Spam-Flag: yes": Sign.SPAM,
        "X-Spam-Flag: NO": None,
        "X-Mozilla-Status: 0009": Sign.TRASH,
        "X-Mozilla-Status: 0001": None,
        "X-Mozilla-Status: zz": None,
        "X-Gmail-Labels: =?UTF-8?Q?Wichtig,Papierkorb?=": Sign.TRASH,
        'X-Gmail-Labels: "Spam, or not",Opened': None,
        "X-Gmail-Labels: Opened, Brouillons": Sign.DRAFT,
    }.items():
        with case(field):
            assert letter_of(f"From: a@x\n{field}\nDate: x\n").signs == (frozenset({wanted}) if wanted else frozenset())
    assert letter_of("From: a@x\nX-Gmail-Labels: =?UTF-8?Q?Ge=C3=B6ffnet,Gesendet?=\n").sent_folder
    for sender in (
        "no-reply@x",
        "Shop <noreply@x>",
        "do_not_reply@x",
        "MAILER-DAEMON",
        "billing-noreply+1@x",
        "postmaster@x",
    ):
        with case(sender):
            assert letter_of(f"From: {sender}\n").signs == {Sign.NO_REPLY}
    for sender in ("Reply Moreno <reply@x>", "norely@x", "Via Lee <v@x>", "bounce.house@x"):
        with case(sender):
            assert letter_of(f"From: {sender}\n").signs == frozenset()
    assert letter_of("From: Ana Silva via Friends <friends@x>\n").signs == {Sign.LIST}
    many = ", ".join(f"p{number}@x" for number in range(8))
    assert letter_of(f"From: a@x\nTo: {many}\n").signs == frozenset()
    assert letter_of(f"From: a@x\nTo: {many}\nCc: q@x\n").signs == {Sign.MANY}


def test_folders_by_name_in_many_languages() -> None:
    for path, wanted in {
        ".INBOX.Trash": FolderRole.TRASH,
        ".INBOX.Entw&APw-rfe": FolderRole.DRAFTS,
        "[Gmail]/Sent Mail": FolderRole.SENT,
        "[Gmail]/Messages envoy&AOk-s": FolderRole.SENT,
        "Mail/Papierkorb": FolderRole.TRASH,
        "Trash.sbd/Old": FolderRole.TRASH,
        "Sent-2025.mbox": FolderRole.SENT,
        "Junk E-mail": FolderRole.SPAM,
        "Skräppost": FolderRole.SPAM,
        "Søppelpost": FolderRole.SPAM,
        "Roskaposti": FolderRole.SPAM,
        "Черновики": FolderRole.DRAFTS,
        "Bozze": FolderRole.DRAFTS,
        "Papelera": FolderRole.TRASH,
        "Verzonden items": FolderRole.SENT,
        "ゴミ箱": FolderRole.TRASH,
        "Inbox": None,
        ".Work.Sent.Lake": FolderRole.SENT,
        "Spam filters I like": None,
        "All mail Including Spam and Trash.mbox": None,
        "&&&-": None,
    }.items():
        with case(path):
            assert role_of_path(path.split("/")) is wanted
