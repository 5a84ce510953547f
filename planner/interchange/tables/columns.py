"""What a column of a table can mean, and by which headers it is recognized.

Plain data: readers, the command line and whoever lets people match columns by hand choose from it.
"""

from __future__ import annotations

import re

from planner.core.words.folding import fold
from planner.interchange.tables.own_columns import COLUMNS as OWN_COLUMNS

FIELDS: dict[str, str] = {
    "name": "Full name",
    "given_name": "First name",
    "middle_name": "Middle name",
    "family_name": "Last name",
    "nickname": "Nickname",
    "company": "Company",
    "title": "Position",
    "city": "City",
    "email": "E-mail",
    "phone": "Phone",
    "url": "Web page",
    "birthday": "Birthday",
    "birth_year": "Year of birth",
    "birth_month": "Month of birth",
    "birth_day": "Day of birth",
    "anniversary": "Anniversary",
    "dates": "Other dates",
    "circles": "Circles",
    "relations": "Knows",
    "cadence": "How often",
    "cadence_since": "How often, since",
    "met_on": "Met on",
    "last_contact": "Last contact",
    "looking_for": "Looking for",
    "offers": "Offers",
    "notes": "Notes",
    "mode": "Mode",
    "status": "Status",
    "source": "Source",
    "key": "Identifier",
    "": "Leave out",
}
"""What a column can mean, by the word to be written in a mapping, with how people are told of it."""

NAME_FIELDS = frozenset({"name", "given_name", "family_name", "nickname"})
"""Fields that tell who a row is about; an e-mail does in need."""

_HEADERS: dict[str, str] = {
    "name": (
        "name, full name, display name, contact name, contact, person, formatted name, file as, "
        "nom complet, vollständiger name, nombre completo, anzeigename"
    ),
    "given_name": "first name, given name, firstname, givenname, forename, first, vorname, prénom, nombre, nome",
    "middle_name": "middle name, additional name, middlename, second name, weitere vornamen",
    "family_name": (
        "last name, family name, lastname, surname, familyname, last, nachname, nom, nom de famille, "
        "apellido, apellidos, cognome"
    ),
    "nickname": "nickname, nick, short name, spitzname, surnom",
    "company": (
        "company, organization, organisation, organization name, organization 1 - name, employer, "
        "company name, current company, firma, unternehmen, société, entreprise, empresa, azienda, org"
    ),
    "title": (
        "job title, position, title, role, job, occupation, organization title, organization 1 - title, "
        "current position, fonction, poste, berufsbezeichnung, puesto, cargo"
    ),
    "city": (
        "city, home city, work city, business city, town, location, ville, stadt, ort, wohnort, "
        "ciudad, localidad, población, città, località, residenza"
    ),
    "email": (
        "email, e-mail, mail, email address, e-mail address, emails, e-mails, primary email, "
        "secondary email, email addresses, work email, personal email, home email, e-mail-adresse, "
        "e-mail adresse, mailadresse, courriel, adresse e-mail, correo, correo electrónico, indirizzo e-mail, "
        "posta elettronica, email 1, email 2, email 3"
    ),
    "phone": (
        "phone, phone number, telephone, tel, mobile, mobile phone, cell, cell phone, mobile number, "
        "phones, phone numbers, home phone, work phone, business phone, primary phone, other phone, "
        "mobilephone, telefon, telefonnummer, rufnummer, handy, handynummer, mobil, mobiltelefon, mobilnummer, "
        "téléphone, tél, numéro de téléphone, téléphone portable, téléphone mobile, portable, teléfono, "
        "número de teléfono, móvil, teléfono móvil, celular, telefono, numero di telefono, cellulare, "
        "phone 1, phone 2, whatsapp"
    ),
    "url": (
        "url, website, web page, web site, homepage, linkedin, linkedin url, profile url, profile, "
        "linkedin profile, websites, web, site web, webseite, sitio web"
    ),
    "birthday": (
        "birthday, birth date, birthdate, date of birth, dob, born, geburtstag, geburtsdatum, "
        "geboren, geboren am, anniversaire, date de naissance, naissance, né le, née le, cumpleaños, "
        "fecha de nacimiento, nacimiento, compleanno, data di nascita, nascita"
    ),
    "birth_year": "birth year, year of birth",
    "birth_month": "birth month, month of birth",
    "birth_day": "birth day, day of birth",
    "anniversary": "anniversary, wedding anniversary, wedding day, hochzeitstag",
    "circles": (
        "circles, circle, labels, label, tags, tag, groups, group, group membership, categories, category, "
        "list, lists, gruppe, gruppen, kategorien, groupe, groupes, étiquettes"
    ),
    "cadence": "cadence, rhythm, frequency, how often, keep in touch, stay in touch",
    "met_on": "met on, met, first met, connected on, date met, connected",
    "last_contact": (
        "last contact, last contacted, last contact date, last talked to, last spoke, last touch, "
        "last seen, last interaction, last contacted on"
    ),
    "looking_for": "looking for, needs, wants",
    "offers": "offers, can help with, skills",
    "notes": (
        "notes, note, comments, comment, description, remarks, notiz, notizen, bemerkung, bemerkungen, anmerkung, "
        "anmerkungen, kommentar, remarque, remarques, commentaire, commentaires, nota, notas, observaciones, "
        "comentario, comentarios, osservazioni, commento, commenti, note 1"
    ),
}
"""Headers seen in the wild, apart by commas, by what they mean."""
_numbered = re.compile(r"^(e-?mail|phone|website|organization)(?: (?:address|number))? ?\d*(?: - (value|name|title))?$")
_KINDS = {"email": "email", "e-mail": "email", "phone": "phone", "website": "url"}


def guess(header: str) -> str:
    """The field a column most likely holds by its header, "" when it says nothing to us."""
    folded = fold(header.replace("_", " "))[:80]
    found = _FOLDED.get(folded)
    if found is None and (match := _numbered.match(folded)):
        found = _KINDS.get(match[1]) or {"name": "company", "title": "title"}.get(match[2] or "", "")
    return found or ""


_FOLDED = {fold(name): field for field, names in _HEADERS.items() for name in names.split(",")}
OWN = {fold(name): field for name, field in OWN_COLUMNS.items()}
"""The fields of our own columns by folded header."""
