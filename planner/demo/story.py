"""What happened with the people of the sample network: talks, favors and plans, in days from today.

Days count from today: -3 is three days ago. A text may name a day by it: "{+19}" becomes "12 December".
"""

from __future__ import annotations

Talk = tuple[int, str, str]
"""(day, channel, note); a channel that begins with "<" was theirs, with "?" an attempt, with ">" is planned."""

TALKS: dict[str, tuple[Talk, ...]] = {
    "Ana Silva": (
        (-31, "coffee", "her op is on {+19}"),
        (-82, "mail", "sent the talk about ports"),
        (-118, "event", "climbed the blue route at last, both of us"),
        (-160, "coffee", "new job: product lead"),
        (-203, "message", "found her lost rope bag"),
        (-262, "meal", "looks for a flat, the lease ends in March"),
    ),
    "Zoë Ångström": (
        (-16, "call", "Noa has chickenpox, Elis is next"),
        (-30, "coffee", "thinks about a year in Sweden"),
        (-43, "event", "her solo, not a wrong note"),
        (-58, "call", "school has no water in two rooms"),
        (-71, "coffee", "reading the same book again, for comfort"),
        (-88, "<message", "photo of the boys on the ferry"),
        (-89, "call", "holidays were too short"),
        (-120, "visit", "garden full of children"),
        (-170, "coffee", "Noa can swim"),
    ),
    "Kim Berg": (
        (-19, "video", "poster accepted, nervous about the talk"),
        (-72, "video", "met Nora, they got on at once"),
        (-133, "mail", "first results, better than hoped"),
        (-173, "call", "the first budget of her own"),
        (-240, "event", "long walk after the seminar in Oslo"),
    ),
    "Ben Okri": (
        (-5, "coffee", "will ask around at SNCF"),
        (-2, "call", "recommended me to a friend at the ministry"),
        (-47, "event", "carried my rope all the way up"),
        (-98, "meal", "the new timetable is his, mostly"),
        (-151, "coffee", "his sister moves to Lyon"),
        (-214, "call", "passed the exam"),
    ),
    "Nora Quist": (
        (-24, "call", "the fund opens again on {+49}"),
        (-80, "mail", "liked Kim’s application"),
        (-139, "visit", "four days in Bergen, three of them dry"),
        (-222, "letter", "a real letter, six pages"),
    ),
    "Ivo Moss": (
        (0, "call", "moving to Porto"),
        (-36, "event", "new shoes, two sizes too small"),
        (-77, "coffee", "rehearsed the talk on buoy data"),
        (-126, "call", "his father is well again"),
        (-190, "event", "first time outdoors since the knee"),
    ),
    "Dora Lind": (
        (-50, "call", "knows the hiring manager, will write"),
        (-51, "<message", "asked how the search goes"),
        (-115, "coffee", "back from parental leave, tired and glad"),
        (-199, "mail", "sent names of two coaches"),
    ),
    "Leo Hart": (
        (1, ">", "lunch at Chez Paul"),
        (-26, "call", "the interview panel: what they really ask"),
        (-64, "meal", "wants a speaker for the next meeting"),
        (-109, "call", "barges are full for months"),
        (-176, "meeting", "visited the basin, hard hats and all"),
    ),
    "Hana Ray": (
        (-85, "coffee", "thesis on station squares"),
        (-144, "visit", "borrowed the drill, brought back cake"),
        (-230, "coffee", "moved in on the second floor"),
    ),
    "Cy Young": (
        (-40, "visit", "shelves are up, straight this time"),
        (-95, "event", "belayed me down from the wrong route"),
        (-167, "call", "inherited two rooms in the Croix-Rousse"),
    ),
    "Chidi Anagonye-Featherstonehaugh-Okonkwo": (
        (-42, "video", "the lecture series is full, twice"),
        (-90, "call", "could not choose between two jobs"),
        (-141, "letter", "an essay on promises, with thanks"),
        (-217, "visit", "Bristol in the rain, bookshops"),
    ),
    "Mira Holt": (
        (-25, "event", "the traverse in thick fog"),
        (-54, "call", "lends me the tent, needs it on {+19}"),
        (-83, "event", "taught us crevasse rescue"),
        (-137, "visit", "three days at the hut"),
        (-196, "call", "season starts, then silence for weeks"),
    ),
    "Mum": (
        (-50, "visit", "the greenhouse has a new roof"),
        (-180, "visit", "painted the kitchen yellow"),
    ),
    "Jonas Dahl": (
        (-9, "call", "the bakery is full by seven"),
        (-27, "call", "dough froze in the new oven"),
        (-45, "mail", "prices of French flour"),
        (-68, "call", "slept through the alarm, nobody noticed"),
        (-93, "<message", "photo of a bread shaped like a boat"),
        (-94, "call", "hired his first apprentice"),
    ),
    "Freya Dahl": (
        (-14, "video", "homework on tides, we did it together"),
        (-52, "message", "won the relay, second leg"),
        (-97, "call", "wants to be a pilot, of harbours"),
    ),
    "Matti Dahl": (
        (-29, "letter", "four pages about the boat"),
        (-86, "letter", "the knee is better"),
        (-141, "visit", "sauna, silence, soup"),
    ),
    "Solveig Dahl-Aarnes": (
        (-24, "call", "new kiln, first bowls"),
        (-81, "letter", "drew the view from the bridge"),
        (-138, "visit", "a bowl for everyone at the table"),
    ),
    "Petra Sandahl": (
        (-13, "call", "night shifts until the end of the month"),
        (-102, "call", "passed the specialist exam"),
        (-190, "message", "which size for the gloves"),
    ),
    "Emil Sandahl": (
        (-41, "call", "mixed a concert in a harbour shed"),
        (-130, "video", "has a dog now, it sings"),
        (-219, "call", "sold the van"),
    ),
    "Rosa Dahl-Ferreira": (
        (-16, "video", "looks at schools with Ivo’s questions in mind"),
        (-61, "call", "translates a book about salt"),
        (-112, "visit", "Porto, eleven bridges counted, there are six"),
    ),
    "Little Otto": ((-20, "video", "says my name, nearly"),),
    "Harriet Poole": (
        (-46, "letter", "winter here, summer there, one pressed flower"),
        (-118, "letter", "nine pages, the dog is called Postage"),
        (-192, "letter", "a drawing of every house she lived in"),
        (-270, "letter", "our first letters, copied out"),
    ),
    "Ebbe Nordin": (
        (-22, "call", "proud, says it twice"),
        (-127, "letter", "the reference, on real paper"),
        (-244, "call", "sold the firm, keeps the desk"),
    ),
    "Gregor Haas": ((-71, "mail", "three new hives"),),
    "Ulla Mikkonen": (
        (-24, "event", "breathe out under water, every time"),
        (-80, "mail", "a place in the early course"),
    ),
    "Ming": ((-137, "meal", "noodles before I ordered"),),
    "Ondine": ((-63, "visit", "the neck needs a year to dry"), (-150, "visit", "new frets")),
    "Claude Verdier": (
        (-25, "visit", "kept the atlas back for me"),
        (-156, "visit", "an argument about maps, with coffee"),
    ),
    "Fatou Sarr": ((-150, "visit", "kind about the torn lining"),),
    "Marlon Ferreira": ((-234, "coffee", "remembered the order after a month"),),
    "Lionel Gauthier": ((-157, "call", "came at once, charged little"),),
    "Sabine Teyssier": ((-238, "mail", "sent the copy, and a joke"),),
    "Dr Amélie Rochat": ((-217, "visit", "all well, more sleep"),),
    "Jihye Park-Lemoine": ((-112, "coffee", "the children’s book is at the printer"),),
    "Delphine Marchal": ((-3, "?call", "school secretary, in a meeting"),),
    "Grandma Elsa": ((-320, "visit", "told the story of the two boats again"),),
    "Odile Perrachon": ((-12, "visit", "watered the plants, refused the chocolate"),),
    "Dee Abara": ((-9, "video", "closes the round in January, needs engineers"),),
    "Gideon Afolabi": ((9, ">coffee", "he changes trains in Lyon"),),
    "Sunniva": ((-6, "event", "plays the waltz every time I pass"),),
    "Camille Roussel": ((-20, "<mail", "her piece on night shifts"), (-19, "call", "corrected two dates in it")),
}

FAIR = {
    "Bram de Wit": "mud as a building material",
    "Jutta Harms": "wants a column on small ports",
    "Ελένη Δημητρίου": "same model as ours, other tides",
    "Олена Коваль": "talked about trains to the border",
    "이수진": "offered the data on container dwell times",
    "田中美咲": "oyster reefs as breakwaters",
    "Carlos Ibarra Peña": "mooring without hands, showed the film",
    "Noor van Dijk": "has the list of everyone in shore power",
    "Tomás Ó Briain": "a ferry for forty people and one cow",
    "Þóra Einarsdóttir": "auctions by phone since the storm",
    "Георги Петков": "shared a taxi, and a sandwich",
    "יעל ברק": "sensor buoys, asked about Ivo’s talk",
    "王晓梅": "promised the map of the old docks",
}
"""Met for the first time at a fair on a Friday, and each is to be written to four weeks later."""
FAIR_DAYS = 28

MUM_CALLS = (
    "mended the gate herself",
    "new neighbour plays the tuba",
    "",
    "Matti sent smoked fish",
    "the clock stopped, then went on",
    "",
    "asked when I come next",
    "Freya won the relay",
    "",
    "gave a chair away and misses it",
    "",
    "slept well again",
)
"""What was said on the last Sundays, newest first; the calls are on Sundays whatever today is."""

TOGETHER: tuple[tuple[int, str, str, tuple[str, ...]], ...] = (
    (
        -43,
        "event",
        "the concert, two encores",
        ("Beatrice Fontana", "Solène Prigent", "Olga Petrenko", "Edwin Mbeki-Laurent", "Hervé Lacombe"),
    ),
    (
        -47,
        "event",
        "four days at the crag, eight of us",
        ("Teo “🦊” Marchetti", "Anouk Perrin", "Rasmus Holmgaard", "Wren Ashdown", "Tilda Öberg"),
    ),
    (
        -100,
        "meal",
        "the long table in the yard, until midnight",
        ("Odile Perrachon", "Karim & Louise Bouvier", "Agathe Villon", "Zeynep Aydın"),
    ),
    (
        -176,
        "visit",
        "four generations at one table",
        ("Mum", "Jonas Dahl", "Freya Dahl", "Solveig Dahl-Aarnes", "Little Otto"),
    ),
    (
        -205,
        "event",
        "sang in the station hall",
        ("Beatrice Fontana", "Mathilde Girardin", "Alastair Drummond", "Tomoko Ishii"),
    ),
    (
        -290,
        "video",
        "the year’s reunion, eleven little windows",
        ("Theodora Vance", "Lars Overgaard", "Gideon Afolabi", "Ksenia Orlova", "Rory MacAskill"),
    ),
)
"""Days with several at once: (day, channel, note, who)."""

PROMISED = (
    ("Ana Silva", "introduction", "introduce her to Leo", -10, -3),
    ("Ivo Moss", "feedback", "his talk, 20 slides", -4, 4),
    ("Mira Holt", "loan", "the tent, back by {+19}", -54, 19),
)
"""What I promised: (name, kind, note, asked, due)."""

ASKED_ME = (
    ("Kim Berg", "reference", "a reference for the grant", -2),
    ("Hana Ray", "advice", "a first job in Lyon", 0),
)
"""What is to be answered: (name, kind, note, asked)."""

I_ASKED: tuple[tuple[str, str, str, int, tuple[int, ...]], ...] = (
    ("Ben Okri", "introduction", "someone at SNCF", -5, ()),
    ("Zoë Ångström", "information", "which schools", -2, ()),
    ("Samir Benali", "feedback", "the two-page portfolio", -19, (-10, -3)),
    ("Theodora Vance", "time", "an hour in the archive", -13, (-6,)),
)
"""What I wait for: (name, kind, note, asked, reminded)."""

THANKS_OWED = (("Ben Okri", "referral", "the referral", -2),)
OUTCOME_OWED = (("Leo Hart", "advice", "how the interview went", -26, -1),)
"""(name, kind, note, received, thanked)"""

GAVE: dict[str, tuple[tuple[int, str, str], ...]] = {
    "Kim Berg": (
        (-19, "feedback", "the poster"),
        (-61, "time", "rehearsed the seminar talk"),
        (-112, "information", "the call for young labs"),
        (-173, "advice", "first budget"),
        (-236, "introduction", "to Ingunn’s group"),
        (-301, "reference", "for the post in Oslo"),
    ),
    "Ana Silva": (
        (-103, "advice", "the contract"),
        (-150, "feedback", "her first roadmap"),
        (-158, "referral", "to Port of Lyon"),
        (-251, "time", "moved eleven boxes"),
    ),
    "Zoë Ångström": (
        (-6, "time", "fetched the boys from school"),
        (-131, "gift", "forty jam jars"),
        (-204, "advice", "the sabbatical form"),
    ),
    "Ben Okri": ((-70, "feedback", "his timetable poster"), (-188, "loan", "the rack, for a month")),
    "Ivo Moss": ((-77, "feedback", "the talk on buoy data"), (-214, "introduction", "to the climbing circle")),
    "Nora Quist": ((-200, "information", "night trains to Bergen"), (-92, "referral", "a speaker for her jury")),
    "Dora Lind": ((-116, "advice", "coming back after leave"), (-290, "introduction", "to Gustav")),
    "Leo Hart": ((-109, "information", "low-water forecasts"),),
    "Hana Ray": ((-3, "time", "read the thesis outline"), (-144, "loan", "the drill")),
    "Mira Holt": ((-83, "time", "drove the second car"), (-160, "referral", "two people for the hut")),
    "Cy Young": ((-41, "time", "held the other end of the shelf"),),
    "Chidi Anagonye-Featherstonehaugh-Okonkwo": ((-90, "advice", "two jobs, one Chidi"),),
    "Dee Abara": ((-5, "introduction", "to Mei-Ling"), (-122, "feedback", "the pitch, slide by slide")),
    "Odile Perrachon": (
        (-1, "time", "carried up the shopping"),
        (-65, "time", "reset the router"),
        (-180, "gift", "a lamp that lights itself"),
    ),
    "Jonas Dahl": ((-45, "information", "prices of French flour"),),
    "Priya Raman": ((-66, "reference", "for the flat"),),
    "Beatrice Fontana": ((-57, "time", "printed the programmes"), (-240, "time", "carried the risers")),
    "Camille Roussel": ((-19, "information", "two dates in her piece"), (-148, "introduction", "to a night pilot")),
    "Paweł Wiśniewski": ((-84, "referral", "to a team in Lyon"),),
    "Samir Benali": ((-175, "referral", "Žofie, for a chat"),),
    "Gideon Afolabi": ((-230, "information", "where to stay in Lyon"),),
}
"""Help I gave: (day, kind, note)."""

RECEIVED: dict[str, tuple[tuple[int, str, str], ...]] = {
    "Kim Berg": (
        (-72, "introduction", "to Nora"),
        (-133, "information", "tide data, cleaned"),
        (-240, "time", "showed me Oslo on foot"),
    ),
    "Ana Silva": (
        (-121, "time", "held the rope all Sunday"),
        (-176, "information", "who decides at the port"),
        (-262, "advice", "what to ask a landlord"),
    ),
    "Zoë Ångström": ((-71, "loan", "her guitar, for a weekend"), (-170, "advice", "how to talk to a class")),
    "Ben Okri": ((-47, "time", "carried my rope"), (-151, "information", "which line gets delayed")),
    "Nora Quist": (
        (-139, "time", "four days of guest room"),
        (-222, "feedback", "the grant, page by page"),
        (-310, "reference", "for the course"),
    ),
    "Ivo Moss": ((-126, "advice", "which laptop"),),
    "Leo Hart": ((-176, "time", "a tour of the basin"),),
    "Mira Holt": ((-54, "loan", "the four-season tent"), (-137, "advice", "how to read a slope")),
    "Cy Young": ((-40, "time", "put up the shelves"), (-212, "gift", "a chopping board")),
    "Odile Perrachon": ((-12, "time", "watered the plants"), (-150, "loan", "the spare key, twice")),
    "Dee Abara": ((-101, "introduction", "to two founders in London"),),
    "Aisha Diallo": ((-95, "advice", "the clause about notice"),),
    "Mum": ((-50, "gift", "a box of tulip bulbs"),),
    "Isabel Monteiro da Costa e Vasconcelos": ((-14, "information", "who lets by the month in Lisbon"),),
    "Chidi Anagonye-Featherstonehaugh-Okonkwo": ((-141, "feedback", "the essay on favours"),),
    "Ebbe Nordin": ((-127, "reference", "an old boss, a kind letter"),),
    "Agathe Villon": ((-108, "time", "came up at two in the morning"),),
}
"""Help I received, long thanked for and told about: (day, kind, note)."""

TOLD_TODAY = ("Dora Lind", "referral", "told her about the job", -50, -47)
"""(name, kind, note, received, thanked)"""

OFFERED_INSTEAD = (
    ("Erin Kowalczyk", "time", "two hours on the podcast", -62, -60, "introduce", "Hamish, who knows the tides better"),
    ("Valentina Rossetti", "referral", "a job for her nephew", -140, -139, "resource", "the list of summer places"),
)
"""Requests answered with something else: (name, kind, note, asked, answered, way out, its words)."""

NOT_TO_BE = (
    ("Mei-Ling Chua", "introduction", "to the port of Singapore", -155, -150, "declined", "ask again after the merger"),
    ("Lars Overgaard", "information", "the old course papers", -130, -95, "rested", ""),
)
"""What I asked for and did not get: (name, kind, note, asked, closed, state, their words)."""

NEEDS: tuple[tuple[str, str, int, int | None, int | None, str], ...] = (
    (
        "A flat in Lisbon for the summer",
        "To finish the book on small ports: two rooms, a desk, near the river.",
        -15, 40, None, "",
    ),
    ("Someone at SNCF who plans night trains", "For the chapter on sleepers that meet ferries.", -6, 98, None, ""),
    (
        "A four-season tent for the traverse",
        "Ours leaks at the seams.",
        -66, -40, -41, "Mira lent me hers, dry in all that fog",
    ),
)  # fmt: skip
"""What I look for: (title, why, since, by, closed, how it went)."""

TOLD: dict[str, tuple[tuple[str, str, int, str], ...]] = {
    "A flat in Lisbon for the summer": (
        ("Nuno Tavares Pires", "told", -12, ""),
        ("Rosa Dahl-Ferreira", "told", -11, ""),
        ("Diego Salas Quiroga", "told", -9, ""),
        ("Isabel Monteiro da Costa e Vasconcelos", "helped", -14, "who lets by the month in Lisbon"),
        ("Valentina Rossetti", "declined", -8, ""),
        ("Karim & Louise Bouvier", "passed on", -6, "Mathilde Girardin"),
        ("Mathilde Girardin", "told", -6, ""),
        ("Jihye Park-Lemoine", "told", -6, ""),
        ("Theodora Vance", "told", -5, ""),
        ("Camille Roussel", "told", -4, ""),
        ("Gideon Afolabi", "told", -3, ""),
        ("Ivo Moss", "told", -1, ""),
    ),
    "Someone at SNCF who plans night trains": (
        ("Ben Okri", "asked", -5, "someone at SNCF"),
        ("Yannick Moreau", "declined", -4, ""),
    ),
    "A four-season tent for the traverse": (
        ("Cy Young", "declined", -64, ""),
        ("Teo “🦊” Marchetti", "told", -62, ""),
        ("Wren Ashdown", "told", -62, ""),
        ("Mira Holt", "helped", -54, "the four-season tent"),
    ),
}
"""Who knows about it: (name, state, day, what the ledger calls it or to whom it was passed on)."""
NUDGE_PUT_OFF = ("A flat in Lisbon for the summer", "Nuno Tavares Pires", -12, -2, 8)
"""Asking for news was put off: (need, who was told first, on, made on, until)."""

FOLLOW_UPS: tuple[tuple[str, str, int, str, tuple[int, ...]], ...] = (
    ("Ludivine Charpin", "order the flowers for the concert", 2, "", ()),
    ("Ana Silva", "ask how the op went", 22, "", ()),
    ("Nora Quist", "look whether the fund is open", 49, "", ()),
    ("Dr Amélie Rochat", "flu jab", 16, "+1y", ()),
    ("Mum", "send photos of the month", 12, "+1m", (-49, -18)),
    ("Ondine", "bring the guitar for new frets", 33, ".+6m", (-150,)),
    ("Odile Perrachon", "test her smoke alarm", 26, "++3m", (-66,)),
    ("Paweł Wiśniewski", "ask about February", 30, "", ()),
    ("Thérèse Blin", "bring back the cake tin", -37, "", (-35,)),
)
"""To-dos with a date: (name, text, day, repeat, days done)."""

BIRTHDAYS: dict[str, tuple[int, int | None]] = {
    "Nora Quist": (0, 36),
    "Grandma Elsa": (3, None),
    "Solveig Dahl-Aarnes": (6, 70),
    "Oskar Nyström": (-4, None),
    "Mum": (96, 66),
    "Jonas Dahl": (171, 41),
    "Freya Dahl": (29, 16),
    "Ana Silva": (138, None),
    "Zoë Ångström": (203, 39),
    "Kim Berg": (64, 31),
    "Harriet Poole": (251, None),
    "Little Otto": (45, 3),
}
"""Birthdays: (in how many days, the age then or None); one in the past was kept on its day."""
LEAP_BIRTHDAY = ("Tilda Öberg", 1992)
ANNIVERSARY = ("Karim & Louise Bouvier", 118, 10)
"""Who, in how many days, how many years then."""

SNOOZED = ("Jihye Park-Lemoine", -2, 9)
"""Who, made on, until."""
PAUSED = ("Beatrice Fontana", 20)
CHOSEN_TODAY = "Zoë Ångström"
"""Her catch-up was put on today by hand."""
