"""The people of the sample network, their circles, who knows whom, and the facts on their pages. All are invented."""

from __future__ import annotations

from collections.abc import Iterator

from planner.core.records import record

CIRCLES: dict[str, str | None] = {
    "family": None,
    "work": "12w/16w workdays",
    "climbing": "6w",
    "choir": "8w",
    "neighbours": None,
    "alumni": "6m",
    "harbour days": "4w workdays",
}
"""Each circle with the rhythm its members have by default; None for no rhythm."""

TABLE = """
Ana Silva | Product lead | Port of Lyon | Lyon | work, climbing | 4w/6w
Zoë Ångström | Teacher | École du Fleuve | Lyon | choir | 2w
Kim Berg | Researcher | Harbour Lab | Oslo | work | 12w
Ben Okri | Rail planner | Ligne Verte | Lyon | work, climbing | 8w
Nora Quist | Grant adviser | Nordlys Fund | Bergen | alumni | 8w
Ivo Moss | Data engineer | Quayside Software | Lyon | work, climbing | 6w
Dora Lind | Head of people | Water & Way | Gothenburg | alumni | 12w
Leo Hart | Logistics lead | Grand Bassin | Marseille | work | 6w
Hana Ray | Student of urban planning | Université des Deux Rives | Lyon | neighbours | 12w
Cy Young | Joiner | Young & Plank | Lyon | neighbours, climbing | 12w
Chidi Anagonye-Featherstonehaugh-Okonkwo | Ethics lecturer | St Brannock College | Bristol | alumni | 6w
Mira Holt | Mountain guide | Holt Outdoors | Grenoble | climbing | 4w

Mum ||| Uppsala | family | RRULE:FREQ=WEEKLY;BYDAY=SU
Grandma Elsa ||| Uppsala | family |
Jonas Dahl | Baker | Dahl & Daughters | Uppsala | family | 3w
Freya Dahl | Pupil, ninth grade || Uppsala | family | 6w
Matti Dahl | Retired ferry captain || Turku | family | 8w
Solveig Dahl-Aarnes | Ceramicist || Bergen | family | 8w
Petra Sandahl | Nurse | Sankt Olof | Malmö | family | 3m
Emil Sandahl | Sound engineer || Malmö | family | 3m
Rosa Dahl-Ferreira | Translator || Porto | family | 6w
Little Otto ||| Uppsala | family |

Priya Raman | Platform engineer | Quayside Software | Lyon | work | @+3
Sofie Lund | Designer | Quayside Software | Copenhagen | work |
Yannick Moreau | Office manager | Port of Lyon | Lyon | work |
Aisha Diallo | Lawyer | Diallo Petit | Lyon | work | @fri
Gustav Ekholm | Controller | Quayside Software | Stockholm | work | @fri
Lucía Ferrer Ibáñez | Customs adviser | Adua Norte | Bilbao | work | @fri
Vikram Chandran | Engineering manager | Quayside Software | Berlin | work | @fri
Malik Farouk-Jensen | Crane systems | Kran & Kaj | Aarhus | work | 10w@+2
Marguerite de la Tour-Fontaine | Board member | Port of Lyon | Lyon | work |
Oskar Nyström | Developer | Quayside Software | Stockholm | work |
Joëlle Besson | Accountant | Besson Conseil | Villeurbanne | work |
Tariq Haddad | Site manager | Port of Lyon | Lyon | work |
Ingunn Sæther | Research director | Harbour Lab | Oslo | work |
Paweł Wiśniewski | Rust developer | Nadbrzeże | Gdańsk | work | 8w
Žofie Dvořáková | Test lead | Quayside Software | Brno | work |
Martin Čapek | Freight broker | Vltava Cargo | Prague | work |
Camille Roussel | Journalist | La Gazette du Quai | Lyon | work | 8w
Dee Abara | Founder | Lockgate | London | work | 6w
Hamish Tulloch | Tide modeller | Firth Analytics | Edinburgh | work |
Bärbel Groß | Procurement | Elbtor | Hamburg | work |
Niamh Ní Fhloinn | Policy officer | Coast Office | Galway | work |
Ruben Castelao | Harbour pilot | Ría Pilots | Vigo | work |
Ilse Vandenbroucke | Union secretary | Dokwerk | Antwerp | work |
Samir Benali | Recruiter | Passerelle | Lyon | work |
Erin Kowalczyk | Podcast host | Slow Freight | Boston | work | 10w
Nuno Tavares Pires | Shipping agent | Tejo Maritime | Lisbon | work |
Kwabena Asante | Warehouse planner | Volta Logistics | Accra | work |
Linh Trần | UX researcher | Quayside Software | Paris | work |
Ágnes Tóth | Data protection officer | Port of Lyon | Lyon | work |
Stéphane Aubert | Head of safety | Port of Lyon | Lyon | work |
Дмитрий Соколов | Архитектор ПО | Балтика Софт | Riga | work || dmitri.sokolov
Ирина Мельник | Аналітик | Дніпро Лінія | Kyiv | work || iryna.melnyk
Νίκος Παπαδάκης | Ναυπηγός | Αιγαίο Ναυπηγεία | Piraeus | work || nikos.papadakis
عمر الخطيب | مدير مشروع | مرفأ طرابلس | Tripoli | work || omar.alkhatib
鈴木一郎太 | 港湾計画 | みなと設計 | Yokohama | work || suzuki

Bram de Wit | Dredging engineer | Zandstroom | Rotterdam | harbour days | @fri
Jutta Harms | Editor | Hafenblatt | Bremen | harbour days | @fri
Ελένη Δημητρίου | Λιμενολόγος | Θερμαϊκός | Thessaloniki | harbour days | @fri | eleni.dimitriou
Олена Коваль | Логістка | Чорноморські лінії | Odesa | harbour days | @fri | olena.koval
이수진 | 물류 연구원 | 부산항 연구소 | Busan | harbour days | @fri | sujin.lee
田中美咲 | 環境技術者 | 海風技研 | Kobe | harbour days | @fri | misaki.tanaka
Carlos Ibarra Peña | Mooring systems | Amarre | Valparaíso | harbour days | @fri
Noor van Dijk | Shore power | Walstroom | Rotterdam | harbour days | @fri
Tomás Ó Briain | Ferry operator | Inis Ferries | Galway | harbour days | @fri
Þóra Einarsdóttir | Fish auctioneer | Hafnarmarkaður | Reykjavík | harbour days | @fri | thora.einars
Георги Петков | Пристанищен инженер | Варна Порт | Varna | harbour days | @fri | georgi.petkov
יעל ברק | מהנדסת ים | גל טכנולוגיות | Haifa | harbour days | @fri | yael.barak
王晓梅 | 港口规划师 | 蓝湾设计院 | Qingdao | harbour days | @fri | xiaomei.wang

Teo “🦊” Marchetti | Route setter | Bloc Confluence | Lyon | climbing | 4w
Anouk Perrin | Physiotherapist | Cabinet Perrin | Lyon | climbing |
Rasmus Holmgaard | Bike mechanic | Spoke & Chain | Lyon | climbing |
Jihye Park-Lemoine | Illustrator || Lyon | climbing | 6w@-4
Bastien Courtois | Firefighter || Villeurbanne | climbing |
Wren Ashdown | Botanist | Jardin du Parc | Lyon | climbing |
Katarina Horvat | Speech therapist || Annecy | climbing |
Diego Salas Quiroga | Photographer || Barcelona | climbing |
Ayumi Kishimoto | Pastry chef | Maison Sakura | Lyon | climbing |
Gwenaël Le Goff | Sailmaker | Voiles du Ponant | Brest | climbing |
Marek Zieliński | Structural engineer | Statyka | Kraków | climbing |
Tilda Öberg | Paediatrician || Lyon | climbing |
Farid Mansouri | Baker | Four des Pentes | Lyon | climbing |
Pilar Echeverría | Vet | Clinique des Brotteaux | Lyon | climbing |
अर्जुन मेहता | पर्वतारोही || Manali | climbing || arjun.mehta

Beatrice Fontana | Choir director | Chœur des Quais | Lyon | choir | 4w
Hervé Lacombe | Retired notary || Lyon | choir |
Mathilde Girardin | Cellist || Lyon | choir |
Simon Achterberg | Piano tuner | Achterberg Pianos | Lyon | choir |
Clémence Jourdain | Librarian | Bibliothèque du Fort | Lyon | choir |
Olga Petrenko | Soprano, dentist || Lyon | choir |
Edwin Mbeki-Laurent | Bass, bus driver || Vénissieux | choir |
Solène Prigent | Piano teacher || Lyon | choir |
Alastair Drummond | English teacher || Lyon | choir |
Ludivine Charpin | Florist | Les Tiges | Lyon | choir |
Tomoko Ishii | Accompanist || Lyon | choir |
Raphaël Bonnard | Cheesemonger | Halle Bonnard | Lyon | choir |
Magda Lewandowska | Tax adviser || Lyon | choir |
Jean-Christophe de Saint-Amour | Tenor, anaesthetist || Lyon | choir |
Eszter Balogh | Costume maker | Atelier Balogh | Lyon | choir |
Nadia Cherkaoui | Pharmacist | Pharmacie du Plateau | Lyon | choir |
Björk Halldórsdóttir | Geologist || Lyon | choir |
שירה אלמוג | זמרת || Lyon | choir || shira.almog

Odile Perrachon ||| Lyon | neighbours | 8w
Monsieur Tran | Tailor | Retouches Tran | Lyon | neighbours |
Karim & Louise Bouvier | Wine bar | Le Petit Seuil | Lyon | neighbours |
Agathe Villon | Midwife || Lyon | neighbours | 3m
Fabrice Noiret | Electrician | Noiret Élec | Lyon | neighbours |
Sunniva | Street musician || Lyon | neighbours |
Gaspard Blin | Pupil, plays the drums || Lyon | neighbours |
Thérèse Blin | Judge || Lyon | neighbours |
Zeynep Aydın | Architect | Atelier Aydın | Lyon | neighbours | 10w
Patrick O’Shea | Caretaker | 14 rue des Tables | Lyon | neighbours |
Mehdi Larbi | Grocer | Chez Mehdi | Lyon | neighbours |
Coralie Dumas | Locksmith || Lyon | neighbours |
نور الهاشمي | طبيبة أسنان || Lyon | neighbours || nour.alhashimi

Theodora Vance | Museum curator | Maritime Collection | Liverpool | alumni |
Lars Overgaard | Head of studies | Sound College | Copenhagen | alumni |
Mei-Ling Chua | Venture partner | Tern Capital | Singapore | alumni |
Gideon Afolabi | Epidemiologist | Public Health Unit | London | alumni | 10w
Ksenia Orlova | Conductor || Tallinn | alumni |
Aurélie Vasseur | Diplomat || Brussels | alumni |
Henrik Strand | Climate adviser | Fjord Kommune | Stavanger | alumni |
Wanjiru Kamau | Urban economist | Savanna Institute | Nairobi | alumni |
Rory MacAskill | Novelist || Glasgow | alumni |
Isabel Monteiro da Costa e Vasconcelos | Notary || Lisbon | alumni |
Jakob Lindqvist | Stage designer || Stockholm | alumni |
Yui Nakagawa | Patent attorney || Osaka | alumni |
Delphine Marchal | Head teacher | École des Tilleuls | Lyon | alumni | 10w@-5
Anselm Brückner | Organist || Leipzig | alumni |
Cormac Delaney | Solicitor | Delaney & Byrne | Dublin | alumni |
Sinem Koç | Game developer | Üç Nokta | Izmir | alumni |
Abena Owusu-Ansah | Radio producer || Accra | alumni |
Valentina Rossetti | Wine grower | Tenuta Rossetti | Asti | alumni |
Philippa Wainwright-Smythe-Carruthers | Headhunter | Wainwright & Co | London | alumni |
김하늘 | 번역가 || Seoul | alumni || haneul.kim
陳志明 | 建築師 || Taipei | alumni || chen.zhiming
प्रिया शर्मा | वास्तुकार || Pune | alumni || priya.sharma

Dr Amélie Rochat | Family doctor | Cabinet Rochat | Lyon ||
Bertrand Chazal | Landlord, years ago || Lyon ||
Ondine | Guitar maker || Cluny ||
Lionel Gauthier | Plumber | Gauthier & Fils | Lyon ||
Sabine Teyssier | Notary’s clerk | Étude Teyssier | Lyon ||
Marlon Ferreira | Barista | Grain Fin | Lyon ||
Ulla Mikkonen | Swimming coach || Lyon ||
Claire Verdier | Bookseller | Livres Verdier | Lyon ||
Fatou Sarr | Seamstress | Atelier Sarr | Lyon ||
Gregor Haas | Night-train companion || Zürich ||
Harriet Poole | Penfriend || Hobart || 12w
Ming | Noodle shop | Chez Ming | Lyon ||
Ebbe Nordin | First boss | Nordin & Partner | Stockholm || 6m
"""

LOOKING_FOR = {
    "Ana Silva": "a flat in Lyon",
    "Dee Abara": "a Rust developer",
    "Agathe Villon": "piano lessons for her son",
    "Hana Ray": "a first job in Lyon",
    "Camille Roussel": "someone who works on shore power",
    "Rory MacAskill": "a quiet cottage for March",
    "Zeynep Aydın": "a joiner for a staircase",
    "Jonas Dahl": "old wheat from French mills",
    "Leo Hart": "a speaker on inland ports",
    "Eszter Balogh": "a studio to share",
    "Wren Ashdown": "volunteers for the seed library",
    "Erin Kowalczyk": "a speaker on river freight",
    "Theodora Vance": "old photographs of dock workers",
    "Samir Benali": "a test lead who speaks Czech",
}

OFFERS = {
    "Cy Young": "a flat in Lyon, two rooms, from January",
    "Paweł Wiśniewski": "Rust developer, free from February",
    "Solène Prigent": "piano lessons, beginners too",
    "Zeynep Aydın": "a studio to share, three days a week",
    "Noor van Dijk": "knows everybody in shore power",
    "Matti Dahl": "his cottage by the sea, empty from February to April",
    "Farid Mansouri": "old wheat, from three mills he knows",
    "Ilse Vandenbroucke": "her father’s photographs of Antwerp dock workers",
    "Ruben Castelao": "a speaker on river freight and pilots",
    "Žofie Dvořáková": "test lead, thinks of moving on",
    "Aisha Diallo": "half an hour of legal advice, Fridays",
    "Simon Achterberg": "tunes a piano for a good dinner",
    "Mira Holt": "guided days in the Vercors",
    "Clémence Jourdain": "a reading room for small events",
    "Nora Quist": "reads grant applications",
}

NOTES = {
    "Ana Silva": "Met at the bouldering hall, two jobs ago. Tea, never coffee after four.",
    "Zoë Ångström": "Sings alto, stands left of me. Two boys, Elis and Noa.",
    "Kim Berg": "Writes short mails and likes them short.",
    "Ben Okri": "Knows every railway timetable by heart.",
    "Nora Quist": "Shared a kitchen for three years. Never surprise her with a party.",
    "Mum": "Sundays after lunch. Ask about the greenhouse first.",
    "Jonas Dahl": "Bakes until noon, sleeps until three: call after that.",
    "Grandma Elsa": "Cinnamon buns on her birthday.",
    "Odile Perrachon": "Third floor. Has our spare key, we have hers.",
    "Matti Dahl": "Hears badly on the phone; letters are better.",
    "Dee Abara": "Always offers to pay. Let her, every second time.",
    "Beatrice Fontana": "Programme for June is due to her by the end of January.",
    "Sunniva": "No phone. Plays by the footbridge from five.",
    "Monsieur Tran": "Closed on Wednesdays.",
    "Ming": "Knows what I want before I do.",
    "Harriet Poole": "We have written letters since we were eleven.",
    "Ebbe Nordin": "Gave me my first chance. Likes to hear what became of people.",
    "Karim & Louise Bouvier": "The bar downstairs; they take in parcels.",
    "Chidi Anagonye-Featherstonehaugh-Okonkwo": "Answers every question with a better one.",
    "Philippa Wainwright-Smythe-Carruthers": "Pip to everyone.",
    "Gregor Haas": "Talked from Zürich to Vienna, about bees.",
    "Teo “🦊” Marchetti": "“The fox”: signs his routes with one.",
    "이수진": "Prefers to write in English.",
    "Agathe Villon": "Works nights every other week: message first.",
}

NEAR = ("Lyon", "Villeurbanne", "Vénissieux", "Grenoble", "Annecy")
"""The cities whose people I meet for coffee; I call or write to everyone else."""
OCCASION = (
    "Dr Amélie Rochat", "Lionel Gauthier", "Sabine Teyssier", "Coralie Dumas", "Fabrice Noiret",
    "Marlon Ferreira", "Claire Verdier", "Monsieur Tran", "Patrick O’Shea", "Mehdi Larbi", "Ming",
    "Philippa Wainwright-Smythe-Carruthers",
)  # fmt: skip
"""People I call only when there is a reason."""
NEVER = ("Bertrand Chazal", "Stéphane Aubert")
ARCHIVED = ("Martin Čapek", "Bärbel Groß", "Gwenaël Le Goff", "Sinem Koç")
DECEASED = ("Grandma Elsa",)

IMPORTED = ("Yui Nakagawa", "Cormac Delaney", "Abena Owusu-Ansah", "Anselm Brückner", "陳志明", "김하늘")
"""Old friends who came with an import three weeks ago; I did not write to them yet."""

KNOWS: tuple[tuple[str, str, str, str, str], ...] = (
    ("Ana Silva", "Ivo Moss", "climbs with", "", ""),
    ("Ana Silva", "Tariq Haddad", "works with", "", ""),
    ("Ben Okri", "Maude Ferrand", "studied with", "SNCF", "rolling stock"),
    ("Camille Roussel", "Hugo Lantier", "interviewed", "SNCF", "night trains"),
    ("Leo Hart", "Carl Stone", "ships with", "Port of Lyon", "cranes"),
    ("Ben Okri", "Teo “🦊” Marchetti", "climbs with", "", ""),
    ("Leo Hart", "Dee Abara", "invested in her company", "", ""),
    ("Kim Berg", "Ingunn Sæther", "reports to", "", ""),
    ("Kim Berg", "Nora Quist", "was advised by", "", ""),
    ("Zoë Ångström", "Delphine Marchal", "taught with", "", "schools"),
    ("Camille Roussel", "Marguerite de la Tour-Fontaine", "interviewed", "", ""),
    ("Dora Lind", "Gustav Ekholm", "hired", "", ""),
    ("Cy Young", "Zeynep Aydın", "builds for", "", ""),
    ("Mei-Ling Chua", "Dee Abara", "sits on the board of", "Lockgate", ""),
    ("Noor van Dijk", "Bram de Wit", "shares an office with", "", ""),
    ("Jutta Harms", "Erin Kowalczyk", "wrote for", "", "podcasts"),
    ("Gideon Afolabi", "Wanjiru Kamau", "wrote a paper with", "", "cities"),
    ("Aurélie Vasseur", "Pieter Claes", "works with", "European Commission", "waterways"),
    ("Samir Benali", "Anke Vogt", "places people at", "Harbour Lab", "data"),
    ("Beatrice Fontana", "Ksenia Orlova", "conducted with", "", "choirs"),
    ("Mum", "Matti Dahl", "sister of", "", ""),
    ("Jonas Dahl", "Freya Dahl", "father of", "", ""),
    ("Mira Holt", "Arlette Sorel", "guides with", "Refuge du Lac", "huts"),
    ("Hamish Tulloch", "Niamh Ní Fhloinn", "advises", "", "tides"),
    ("Vikram Chandran", "Priya Raman", "leads", "", ""),
    ("Ayumi Kishimoto", "Yui Nakagawa", "cousin of", "", ""),
    ("Yui Nakagawa", "Sachi Endo", "works with", "Patent Office", "patents"),
    ("Ilse Vandenbroucke", "Theodora Vance", "lent photographs to", "", ""),
)
"""Who knows whom: (a contact, another contact or an outsider, how, the company and the topic of an outsider)."""
INTRODUCTION = ("Camille Roussel", "Noor van Dijk", "her piece on shore power", -6, -4, 10)
"""The introduction under way: (who said yes, who said later, why, begun on, day of the yes, ask again on)."""


@record(frozen=True, slots=True)
class Person:
    """One line of the table.

    `due` is the day of the next catch-up: "+3" in three days, "fri" on this week's Friday, "" on a day after this week.
    """

    name: str
    title: str
    company: str
    city: str
    circles: tuple[str, ...]
    rhythm: str
    due: str
    mailbox: str


def everyone() -> Iterator[Person]:
    """The people of the table, in its order.

    A line holds name, title, company, city, circles, the person's own rhythm, and a mailbox where the name
    has no Latin letters. A rhythm may end in "@" and the day of the next catch-up.
    """
    for line in TABLE.splitlines():
        if not line:
            continue
        cells = [cell.strip() for cell in line.split("|")]
        name, title, company, city, circles, rhythm, mailbox = (*cells, "", "")[:7]
        spec, _, due = rhythm.partition("@")
        in_circles = tuple(circle.strip() for circle in circles.split(",") if circle.strip())
        yield Person(name, title, company, city, in_circles, spec, due, mailbox)
