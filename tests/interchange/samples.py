"""Exports of every program in the shapes they really have, about people who do not exist."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path


def table(header: str, *rows: Sequence[str], newline: str = "\r\n") -> str:
    """A table: a header line as it stands, and rows that are quoted where they must."""
    text = io.StringIO()
    csv.writer(text, lineterminator=newline).writerows(rows)
    return f"{header}{newline}{text.getvalue()}"


def row(header: str, **values: str) -> list[str]:
    """A row under a header from values by column name, written with `_` for every sign but letters and digits."""
    names = ["".join(sign if sign.isalnum() else "_" for sign in name) for name in header.split(",")]
    assert set(values) <= set(names), set(values) - set(names)
    return [values.get(name, "") for name in names]


GOOGLE = (
    "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,"
    "Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,"
    "Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,"
    "Address 1 - Label,Address 1 - City,Website 1 - Label,Website 1 - Value,Event 1 - Label,Event 1 - Value,"
    "Relation 1 - Label,Relation 1 - Value"
)
GOOGLE_OLD = (
    "Name,Given Name,Additional Name,Family Name,Yomi Name,Name Prefix,Name Suffix,Nickname,Short Name,Birthday,"
    "Gender,Location,Occupation,Notes,Language,Photo,Group Membership,E-mail 1 - Type,E-mail 1 - Value,"
    "Phone 1 - Type,Phone 1 - Value,Address 1 - Type,Address 1 - City,Organization 1 - Type,Organization 1 - Name,"
    "Organization 1 - Title,Website 1 - Type,Website 1 - Value"
)
OUTLOOK = (
    "Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business Street,Business City,"
    "Home Street,Home City,Assistant's Phone,Business Fax,Business Phone,Home Phone,Mobile Phone,Anniversary,"
    "Birthday,Categories,E-mail Address,E-mail Type,E-mail Display Name,E-mail 2 Address,Manager's Name,Notes,"
    "Spouse,Web Page"
)
OUTLOOK_COM = (
    "First Name,Middle Name,Last Name,Title,Suffix,Nickname,Given Yomi,Surname Yomi,E-mail Address,E-mail 2 Address,"
    "E-mail 3 Address,Home Phone,Business Phone,Mobile Phone,Company,Job Title,Home City,Birthday,Categories,Notes"
)
THUNDERBIRD = (
    "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Screen Name,Work Phone,Home Phone,"
    "Fax Number,Pager Number,Mobile Number,Home City,Work City,Job Title,Department,Organization,Web Page 1,"
    "Web Page 2,Birth Year,Birth Month,Birth Day,Custom 1,Notes"
)


def google() -> bytes:
    """The header since 2023."""
    return table(
        GOOGLE,
        row(
            GOOGLE,
            First_Name="Ana",
            Last_Name="Lee",
            Nickname="Annie",
            File_As="Lee, Ana",
            Organization_Name="Acme",
            Organization_Title="Buyer",
            Birthday="1988-06-15",
            Notes="met in Porto\nlikes tea",
            Labels="* myContacts ::: * starred ::: Climbing, indoor",
            E_mail_1___Label="* Work",
            E_mail_1___Value="ana@x.example ::: ana.lee@y.example",
            Phone_1___Label="Mobile",
            Phone_1___Value="+33 6 12 34 56 78",
            Address_1___City="Lyon",
            Website_1___Value="https://www.linkedin.com/in/ana-lee",
            Event_1___Label="Anniversary",
            Event_1___Value=" --09-02",
            Relation_1___Label="Sister",
            Relation_1___Value="Mia Lee",
        ),
        row(GOOGLE, First_Name="Tom", Birthday=" --12-01", Labels="* myContacts"),
        row(GOOGLE, E_mail_1___Value="nobody@x.example"),
        row(GOOGLE, Notes="without a name"),
    ).encode()


def google_old() -> bytes:
    """The header up to 2023, in the UTF-16 it once came in."""
    return table(
        GOOGLE_OLD,
        row(
            GOOGLE_OLD,
            Name="Zoë Ray",
            Given_Name="Zoë",
            Family_Name="Ray",
            Group_Membership="* My Contacts ::: Work",
            E_mail_1___Type="* Home",
            E_mail_1___Value="zoe@x.example",
            Organization_1___Name="Bolt",
            Organization_1___Title="Poet",
            Address_1___City="York",
        ),
    ).encode("utf-16")


def outlook() -> bytes:
    """The desktop program's, in windows-1252 with US dates."""
    return table(
        OUTLOOK,
        row(
            OUTLOOK,
            Title="Dr.",
            First_Name="Jürgen",
            Last_Name="Groß",
            Company="Acme",
            Job_Title="Buyer",
            Home_City="Köln",
            Business_City="Bonn",
            Business_Phone="+49 228 123456",
            Business_Fax="+49 228 999999",
            Birthday="6/15/1988",
            Anniversary="0/0/00",
            Categories="Work;Choir",
            E_mail_Address="j.gross@x.example",
            E_mail_Type="SMTP",
            Spouse="Eva Groß",
            Manager_s_Name="Ida Boss",
            Notes="one\r\ntwo",
        ),
        row(OUTLOOK, First_Name="Mia", Birthday="0/0/00", E_mail_Address="/o=EXCHANGE/ou=X/cn=MIA"),
    ).encode("cp1252")


def outlook_com() -> bytes:
    """The web's, with a mark at its beginning."""
    return (
        b"\xef\xbb\xbf"
        + table(
            OUTLOOK_COM,
            row(
                OUTLOOK_COM,
                First_Name="Ana",
                Middle_Name="B.",
                Last_Name="Lee",
                Title="Mrs",
                E_mail_Address="ana@x.example",
                Mobile_Phone="+33612345678",
                Company="Acme",
                Job_Title="Buyer",
                Birthday="12/1/1990",
            ),
        ).encode()
    )


def thunderbird() -> bytes:
    """Names in three columns, the day of birth in three."""
    return table(
        THUNDERBIRD,
        row(
            THUNDERBIRD,
            First_Name="Ana",
            Last_Name="Lee",
            Display_Name="Ana Lee",
            Primary_Email="ana@x.example",
            Secondary_Email="ana@y.example",
            Mobile_Number="+33612345678",
            Home_City="Lyon",
            Job_Title="Buyer",
            Organization="Acme",
            Web_Page_1="https://acme.example",
            Birth_Year="1988",
            Birth_Month="6",
            Birth_Day="5",
        ),
        row(THUNDERBIRD, First_Name="Tom", Last_Name="Ray", Birth_Month="12", Birth_Day="01"),
    ).encode()


def facebook() -> bytes:
    """Names broken as they come, and days of friendship."""
    friends = [
        {"name": "J\u00c3\u00bcrgen Gro\u00c3\u009f", "timestamp": 1_600_000_000},
        {"name": "Ana Lee", "timestamp": 1_500_000_000},
        {"name": "Ana Lee", "timestamp": 1_400_000_000},
        {"name": "Zo\u00eb Ray", "timestamp": 0},
        {"timestamp": 1},
    ]
    return json.dumps({"friends_v2": friends}, indent=2).encode()


def monica() -> bytes:
    """An account with two contacts who are siblings, a relative who is only that, and one who died."""
    contacts = [
        {
            "uuid": "11111111-1111-4111-8111-111111111111",
            "updated_at": "2026-10-01T10:00:00.000000Z",
            "properties": {
                "first_name": "Ana",
                "middle_name": "B.",
                "last_name": "Lee",
                "nickname": "Annie",
                "description": "met in Porto",
                "is_partial": False,
                "is_active": True,
                "is_dead": False,
                "job": "Buyer",
                "company": "Acme",
                "food_preferences": "no fish",
                "last_talked_to": "2026-11-01T00:00:00.000000Z",
                "stay_in_touch_frequency": 30,
                "tags": ["work", "climbing"],
                "birthdate": {"uuid": "x", "is_age_based": False, "is_year_unknown": False, "date": "1988-06-15"},
                "first_met_date": {"is_age_based": False, "is_year_unknown": False, "date": "2019-03-12"},
                "avatar": {"avatar_source": "photo", "dataUrl": f"data:image/png;base64,{'A' * 2000}"},
            },
            "data": [
                {
                    "count": 4,
                    "type": "contact_field",
                    "values": [
                        {"properties": {"data": "ana@x.example", "type": "mail"}},
                        {"properties": {"data": "+33 6 12 34 56 78", "type": "tel"}},
                        {"properties": {"data": "https://www.linkedin.com/in/ana-lee", "type": "li"}},
                        {"properties": {"data": "@ana", "type": "tw"}},
                    ],
                },
                {"count": 1, "type": "address", "values": [{"properties": {"city": "Lyon", "country": "FR"}}]},
                {"count": 1, "type": "note", "values": [{"properties": {"body": "likes tea"}}]},
            ],
        },
        {
            "uuid": "22222222-2222-4222-8222-222222222222",
            "properties": {
                "first_name": "Tom",
                "last_name": "Lee",
                "is_partial": False,
                "is_dead": True,
                "birthdate": {"is_age_based": False, "is_year_unknown": True, "date": "2026-12-01"},
                "stay_in_touch_frequency": 0,
            },
        },
        {"uuid": "33333333-3333-4333-8333-333333333333", "properties": {"first_name": "Mia", "is_partial": True}},
        {"uuid": "44444444-4444-4444-8444-444444444444", "properties": {"first_name": " "}},
    ]
    relationships = [
        {"properties": {"type": "brother", "contact_is": contacts[1]["uuid"], "of_contact": contacts[0]["uuid"]}},
        {"properties": {"type": "child", "contact_is": contacts[2]["uuid"], "of_contact": contacts[0]["uuid"]}},
    ]
    kinds = [
        {"uuid": "mail", "properties": {"name": "Email", "type": "email"}},
        {"uuid": "tel", "properties": {"name": "Phone", "type": "phone"}},
        {"uuid": "li", "properties": {"name": "LinkedIn"}},
    ]
    account = {
        "uuid": "a",
        "data": [
            {"count": 4, "type": "contact", "values": contacts},
            {"count": 2, "type": "relationship", "values": relationships},
        ],
        "instance": {"contact_field_types": kinds},
    }
    return json.dumps({"version": "1.0-preview.1", "app_version": "4.0.0", "account": account}).encode()


def any_table() -> bytes:
    """A table somebody keeps by hand."""
    return (
        b"Name;Mail;Firma;Tags;Geburtstag;Last contact\n"
        b"Ana Lee;ana@x.example;Acme;work, choir;15.6.1988;2026-11-01\n"
        b"Tom Ray;;Bolt;;;\n"
    )


def vcard() -> bytes:
    """Two cards."""
    return (
        b"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:1\r\nFN:Ana Lee\r\nEMAIL:ana@x.example\r\nORG:Acme\r\nEND:VCARD\r\n"
        b"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:2\r\nFN:Tom Ray\r\nBDAY:--1201\r\nEND:VCARD\r\n"
    )


CONNECTIONS = (
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Ana,Lee,https://www.linkedin.com/in/ana-lee,ana@x.example,Acme,Buyer,12 Mar 2024\n"
    "Tom,Ray,https://www.linkedin.com/in/tom-ray,,Bolt,Poet,7 Feb 2022\n"
    "Tom,Ray,https://www.linkedin.com/in/tom-ray-2,,Cask,Cooper,8 Feb 2022\n"
    ",,,,,,\n"
)
RECEIVED = (
    "First Name,Last Name,Company,Job Title,Text,Creation Date,Status\n"
    'Ana,Lee,Acme,Buyer,"A joy to work with,\nalways.","03/12/24, 09:10 AM",VISIBLE\n'
    'Tom,Ray,Cask,Cooper,Fast.,"11/20/26, 09:10 AM",VISIBLE\n'
    'Ana,Lee,Acme,Buyer,Not yet.,"11/20/26, 09:10 AM",PENDING\n'
    'Ida,Boss,Acme,Boss,Fine.,"11/20/26, 09:10 AM",VISIBLE\n'
)
GIVEN = (
    "First Name,Last Name,Company,Job Title,Text,Creation Date,Status\n"
    'Ana,Lee,Acme,Buyer,I would hire Ana again.,"04/01/24, 09:10 AM",VISIBLE\n'
)
INVITATIONS = (
    "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
    'Me,Tom Ray,"2/6/22, 4:12 PM",Nice to have met you,OUTGOING,'
    "https://www.linkedin.com/in/me,https://www.linkedin.com/in/tom-ray\n"
    'Ana Lee,Me,"3/11/24, 4:12 PM",,INCOMING,https://www.linkedin.com/in/ana-lee,https://www.linkedin.com/in/me\n'
)


def linkedin() -> bytes:
    """The whole export, as the archive it comes in."""
    return archive(
        {
            "Connections.csv": CONNECTIONS,
            "Invitations.csv": INVITATIONS,
            "Recommendations_Received.csv": RECEIVED,
            "Recommendations_Given.csv": GIVEN,
            "Profile.csv": "First Name,Last Name,Headline\nMe,Myself,Owner\n",
        }
    )


def archive(files: dict[str, str | bytes]) -> bytes:
    """A zip of these files, compressed."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return data.getvalue()


def own() -> bytes:
    """Our own table."""
    return table(
        "Planner ID,Name,E-mails,Phones,Circles,Birthday,How often,Mode,Status,Looking for",
        [
            *("0123456789abcdef0123456789abcdef", "Ana Lee", "ana@x.example (work)", "'+33612345678", "work ::: a, b"),
            *("--06-15", "4w/6w", "rhythm", "active", "a flat"),
        ],
        ["f123456789abcdef0123456789abcdef", "Tom Ray", "", "", "", "", "", "never", "archived", ""],
    ).encode()


def ldif() -> bytes:
    """An address book of Thunderbird: two people and a list."""
    return (
        b"version: 1\n\n# the address book\ndn: cn=Ana Lee,mail=ana@x.example\nobjectclass: top\n"
        b"objectclass: person\n"
        b"objectclass: inetOrgPerson\nobjectclass: mozillaAbPersonAlpha\ngivenName: Ana\nsn:: TMOpZQ==\n"
        b"cn:: QW5hIEzDqWU=\n"
        b"mozillaNickname: Annie\nmail: ana@x.example\nmozillaSecondEmail: lee@y.example\n"
        b"telephoneNumber: +41 44 668 18 00\n"
        b"mobile: +33 6 12 34 56 78\no: Acme\ntitle: Buyer\nmozillaHomeLocalityName: York\nmozillaHomeUrl: http://ana.exam\n"
        b" ple\nbirthyear: 1988\nbirthmonth: 6\nbirthday: 15\ndescription:: b25lCnR3bw==\n"
        b"jpegPhoto:: /9j/4AAQSkZJRg==\n"
        b"modifytimestamp: 1700000000\n\n"
        b"dn: cn=Climbers\nobjectclass: top\nobjectclass: groupOfNames\ncn: Climbers\nmember: cn=Ana Lee\n\n"
        b"dn:: Y249VG9tIFJheQ==\nobjectclass: person\ncn: Tom Ray\nmail: tom@x.example\nbirthmonth: 4\nbirthday: 5\n"
    )


SAMPLES: dict[str, tuple[str, Callable[[], bytes], int]] = {
    "vcard": ("people.vcf", vcard, 2),
    "linkedin": ("export.zip", linkedin, 3),
    "google": ("contacts.csv", google, 3),
    "google old": ("google.csv", google_old, 1),
    "outlook": ("outlook.csv", outlook, 2),
    "outlook.com": ("contacts-1.csv", outlook_com, 1),
    "thunderbird": ("book.csv", thunderbird, 2),
    "ldif": ("book.ldif", ldif, 2),
    "facebook": ("your_friends.json", facebook, 4),
    "monica": ("monica.json", monica, 2),
    "planner": ("planner.csv", own, 2),
    "csv": ("people.csv", any_table, 2),
}
"""By the name of a sample: its file, its content, and how many people are in it."""


def written(folder: Path, name: str) -> Path:
    """A sample as a file in a folder."""
    file, content, _ = SAMPLES[name]
    path = folder / file
    path.write_bytes(content())
    return path
