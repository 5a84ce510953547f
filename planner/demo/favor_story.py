"""The favors and the needs in the story of the sample network, and who was told about each need.

Every day is a number of days from today: -3 is three days ago.
"""

from __future__ import annotations

from planner.demo.tables import entries

PROMISED = (
    ("Ana Silva", "introduction", "introduce her to Leo", -10, -3),
    ("Ivo Moss", "feedback", "his talk, 20 slides", -4, 4),
)
"""What I promised: (name, kind, note, asked, due)."""

LOANS = (
    ("Mira Holt", "received", "the four-season tent", -54, 19),
    ("Hana Ray", "given", "the drill", -12, 4),
)
"""Things not returned yet: (name, direction, note, lent, due back)."""

GIFTS = (
    ("Nora Quist", "done", "a scarf", -365),
    ("Nora Quist", "idea", "the map of Bergen from Claire’s shop", -9),
)
"""Gifts for a birthday: (name, state, note, day)."""

ASKED_ME = (
    ("Kim Berg", "reference", "a reference for the grant", -2),
    ("Hana Ray", "advice", "a first job in Lyon", 0),
)
"""What people asked of me, waiting for my answer: (name, kind, note, asked)."""

I_ASKED: tuple[tuple[str, str, str, int, tuple[int, ...]], ...] = (
    ("Ben Okri", "introduction", "someone at SNCF", -5, ()),
    ("Zoë Ångström", "information", "which schools", -2, ()),
    ("Samir Benali", "feedback", "the two-page portfolio", -19, (-10, -3)),
    ("Theodora Vance", "time", "an hour in the archive", -13, (-6,)),
)
"""What I asked for and still wait for: (name, kind, note, asked, days of my nudges)."""

THANKS_OWED = (("Ben Okri", "referral", "the referral", -2),)
"""Help I have to thank for: (name, kind, note, received)."""
OUTCOME_OWED = (("Leo Hart", "advice", "how the interview went", -26, -1),)
"""Help whose outcome I have to tell: (name, kind, note, received, thanked)."""

GAVE = entries("""
Kim Berg | -19 feedback: the poster
    -61 time: rehearsed the seminar talk
    -112 information: the call for young labs
    -173 advice: first budget
    -236 introduction: to Ingunn’s group
    -301 reference: for the post in Oslo
Ana Silva | -103 advice: the contract
    -150 feedback: her first roadmap
    -158 referral: to Port of Lyon
    -251 time: moved eleven boxes
Zoë Ångström | -6 time: fetched the boys from school
    -131 gift: forty jam jars
    -204 advice: the sabbatical form
Ben Okri | -70 feedback: his timetable poster
    -188 loan: the rack, for a month
Ivo Moss | -77 feedback: the talk on buoy data
    -214 introduction: to the climbing circle
Nora Quist | -200 information: night trains to Bergen
    -92 referral: a speaker for her jury
Dora Lind | -116 advice: coming back after leave
    -290 introduction: to Gustav
Leo Hart | -109 information: low-water forecasts
Hana Ray | -3 time: read the thesis outline
    -144 loan: the drill
Mira Holt | -83 time: drove the second car
    -160 referral: two people for the hut
Cy Young | -41 time: held the other end of the shelf
Chidi Anagonye-Featherstonehaugh-Okonkwo | -90 advice: two jobs, one Chidi
Dee Abara | -5 introduction: to Mei-Ling
    -122 feedback: the pitch, slide by slide
Odile Perrachon | -1 time: carried up the shopping
    -65 time: reset the router
    -180 gift: a lamp that lights itself
Jonas Dahl | -45 information: prices of French flour
Priya Raman | -66 reference: for the flat
Beatrice Fontana | -57 time: printed the programmes
    -240 time: carried the risers
Camille Roussel | -19 information: two dates in her piece
    -148 introduction: to a night pilot
Paweł Wiśniewski | -84 referral: to a team in Lyon
Samir Benali | -175 referral: Žofie, for a chat
Gideon Afolabi | -230 information: where to stay in Lyon
""")
"""Help I gave, by person."""

RECEIVED = entries("""
Kim Berg | -72 introduction: to Nora
    -133 information: tide data, cleaned
    -240 time: showed me Oslo on foot
Ana Silva | -121 time: held the rope all Sunday
    -176 information: who decides at the port
    -262 advice: what to ask a landlord
Zoë Ångström | -71 loan: her guitar, for a weekend
    -170 advice: how to talk to a class
Ben Okri | -47 time: carried my rope
    -151 information: which line gets delayed
Nora Quist | -139 time: four days of guest room
    -222 feedback: the grant, page by page
    -310 reference: for the course
Ivo Moss | -126 advice: which laptop
Leo Hart | -176 time: a tour of the basin
Mira Holt | -137 advice: how to read a slope
Cy Young | -40 time: put up the shelves
    -212 gift: a chopping board
Odile Perrachon | -12 time: watered the plants
    -150 loan: the spare key, twice
Dee Abara | -101 introduction: to two founders in London
Aisha Diallo | -95 advice: the clause about notice
Mum | -50 gift: a box of tulip bulbs
Isabel Monteiro da Costa e Vasconcelos | -14 information: who lets by the month in Lisbon
Chidi Anagonye-Featherstonehaugh-Okonkwo | -141 feedback: the essay on favours
Ebbe Nordin | -127 reference: an old boss, a kind letter
Agathe Villon | -108 time: came up at two in the morning
""")
"""Help I received, by person. I thanked for all of it long ago, and told how it went."""

TOLD_TODAY = ("Dora Lind", "referral", "told her about the job", -50, -47)
"""Help whose outcome I told today: (name, kind, note, received, thanked)."""

OFFERED_INSTEAD = (
    ("Erin Kowalczyk", "time", "two hours on the podcast", -62, -60, "introduce", "Hamish, who knows the tides better"),
    ("Valentina Rossetti", "referral", "a job for her nephew", -140, -139, "resource", "the list of summer places"),
)
"""Requests answered with an alternative: (name, kind, note, asked, answered, way out, its words)."""

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
    ("A roofer before the winter", "The last storm took some slates.", -2, None, None, ""),
    (
        "A voice for the evening at the harbour",
        "Twenty minutes, for people who have never seen an auction.",
        -32, -2, -1, "Þóra comes from Iceland",
    ),
)  # fmt: skip
"""What I look for: (title, why, since, by, closed, outcome)."""
STILL_TO_HEAR = "A voice for the evening at the harbour"
"""A closed need about which nobody has heard how it went."""
NEED_FOR = ("A roofer before the winter", "Wren Ashdown")
"""A need of somebody else on my board, and its owner."""
POSTED = ("A four-season tent for the traverse", "Alpine Club", -60)
"""A public post about a need: its title, where, and when."""
THROUGH = ("Mathilde Girardin", "Karim & Louise Bouvier")
"""Somebody, and the person through whom I know them."""

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
    "A voice for the evening at the harbour": (
        ("Bram de Wit", "told", -25, ""),
        ("Carlos Ibarra Peña", "told", -25, ""),
        ("Noor van Dijk", "declined", -24, ""),
    ),
}
"""Who was told about each need: (name, state, day, words).

The words are the note of the favor for "asked" and "helped", and the name of the next person for "passed on".
"""
NUDGE_PUT_OFF = ("A flat in Lisbon for the summer", "Nuno Tavares Pires", -12, -2, 8)
"""A snoozed request for news of a need: (title, who was told first, told on, snoozed on, snoozed until)."""
