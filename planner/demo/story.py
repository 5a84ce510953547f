"""The story of the sample network: talks, follow-ups, birthdays and plans.

Every day is a number of days from today: -3 is three days ago. A text may hold such a number: on 23 November
"{+19}" becomes "12 December".
"""

from __future__ import annotations

from planner.demo.tables import entries

TALKS = entries("""
Ana Silva | -31 coffee: her op is on {+19}
    -82 mail: sent the talk about ports
    -118 event: climbed the blue route at last, both of us
    -160 coffee: new job: product lead
    -203 message: found her lost rope bag
    -262 meal: looks for a flat, the lease ends in March
Zoë Ångström | -16 call: Noa has chickenpox, Elis is next
    -30 coffee: thinks about a year in Sweden
    -43 event: her solo, not a wrong note
    -58 call: school has no water in two rooms
    -71 coffee: reading the same book again, for comfort
    -88 <message: photo of the boys on the ferry
    -89 call: holidays were too short
    -120 visit: garden full of children
    -170 coffee: Noa can swim
Kim Berg | -19 video: poster accepted, nervous about the talk
    -72 video: met Nora, they got on at once
    -133 mail: first results, better than hoped
    -173 call: the first budget of her own
    -240 event: long walk after the seminar in Oslo
Ben Okri | -5 coffee: will ask around at SNCF
    -2 call: recommended me to a friend at the ministry
    -47 event: carried my rope all the way up
    -98 meal: the new timetable is his, mostly
    -151 coffee: his sister moves to Lyon
    -214 call: passed the exam
Nora Quist | -24 call: the fund opens again on {+49}
    -80 mail: liked Kim’s application
    -139 visit: four days in Bergen, three of them dry
    -222 letter: a real letter, six pages
Ivo Moss | 0 call: moving to Porto
    -36 event: new shoes, two sizes too small
    -77 coffee: rehearsed the talk on buoy data
    -126 call: his father is well again
    -190 event: first time outdoors since the knee
Dora Lind | -50 call: knows the hiring manager, will write
    -51 <message: asked how the search goes
    -115 coffee: back from parental leave, tired and glad
    -199 mail: sent names of two coaches
Leo Hart | 1 >: lunch at Chez Paul
    -26 call: the interview panel: what they really ask
    -64 meal: wants a speaker for the next meeting
    -109 call: barges are full for months
    -176 meeting: visited the basin, hard hats and all
Hana Ray | -85 coffee: thesis on station squares
    -144 visit: borrowed the drill, brought back cake
    -230 coffee: moved in on the second floor
Cy Young | -40 visit: shelves are up, straight this time
    -95 event: belayed me down from the wrong route
    -167 call: inherited two rooms in the Croix-Rousse
Chidi Anagonye-Featherstonehaugh-Okonkwo | -42 video: the lecture series is full, twice
    -90 call: could not choose between two jobs
    -141 letter: an essay on promises, with thanks
    -217 visit: Bristol in the rain, bookshops
Mira Holt | -25 event: the traverse in thick fog
    -54 call: lends me the tent, needs it on {+19}
    -83 event: taught us crevasse rescue
    -137 visit: three days at the hut
    -196 call: season starts, then silence for weeks
Mum | -50 visit: the greenhouse has a new roof
    -180 visit: painted the kitchen yellow
Jonas Dahl | -9 call: the bakery is full by seven
    -27 call: dough froze in the new oven
    -45 mail: prices of French flour
    -68 call: slept through the alarm, nobody noticed
    -93 <message: photo of a bread shaped like a boat
    -94 call: hired his first apprentice
Freya Dahl | -14 video: homework on tides, we did it together
    -52 message: won the relay, second leg
    -97 call: wants to be a pilot, of harbours
Matti Dahl | -29 letter: four pages about the boat
    -86 letter: the knee is better
    -141 visit: sauna, silence, soup
Solveig Dahl-Aarnes | -24 call: new kiln, first bowls
    -81 letter: drew the view from the bridge
    -138 visit: a bowl for everyone at the table
Petra Sandahl | -13 call: night shifts until the end of the month
    -102 call: passed the specialist exam
    -190 message: which size for the gloves
Emil Sandahl | -41 call: mixed a concert in a harbour shed
    -130 video: has a dog now, it sings
    -219 call: sold the van
Rosa Dahl-Ferreira | -16 video: looks at schools with Ivo’s questions in mind
    -61 call: translates a book about salt
    -112 visit: Porto, eleven bridges counted, there are six
Little Otto | -20 video: says my name, nearly
Harriet Poole | -46 letter: winter here, summer there, one pressed flower
    -118 letter: nine pages, the dog is called Postage
    -192 letter: a drawing of every house she lived in
    -270 letter: our first letters, copied out
Ebbe Nordin | -22 call: proud, says it twice
    -127 letter: the reference, on real paper
    -244 call: sold the firm, keeps the desk
Gregor Haas | -71 mail: three new hives
Ulla Mikkonen | -24 event: breathe out under water, every time
    -80 mail: a place in the early course
Ming | -137 meal: noodles before I ordered
Ondine | -63 visit: the neck needs a year to dry
    -150 visit: new frets
Claire Verdier | -25 visit: kept the atlas back for me
    -156 visit: an argument about maps, with coffee
Fatou Sarr | -150 visit: kind about the torn lining
Marlon Ferreira | -234 coffee: remembered the order after a month
Lionel Gauthier | -157 call: came at once, charged little
Sabine Teyssier | -238 mail: sent the copy, and a joke
Dr Amélie Rochat | -217 visit: all well, more sleep
Jihye Park-Lemoine | -112 coffee: the children’s book is at the printer
Delphine Marchal | -3 ?call: school secretary, in a meeting
Grandma Elsa | -320 visit: told the story of the two boats again
Odile Perrachon | -12 visit: watered the plants, refused the chocolate
Dee Abara | -9 video: closes the round in January, needs engineers
Gideon Afolabi | 9 >coffee: he changes trains in Lyon
Sunniva | -6 event: plays the waltz every time I pass
Camille Roussel | -20 <mail: her piece on night shifts
    -19 call: corrected two dates in it
""")
"""The talks with each person. A channel with "<" was theirs, with "?" an attempt, with ">" is planned."""

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
"""What was said with each person I met at a fair on a Friday."""
FAIR_DAYS = 28
"""Days after the fair when I should write to them."""

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
"""What Mum said on each of the last Sundays, newest first; "" for a call without a note."""

TOGETHER = entries("""
Beatrice Fontana, Solène Prigent, Olga Petrenko, Edwin Mbeki-Laurent, Hervé Lacombe |
    -43 event: the concert, two encores
Teo “🦊” Marchetti, Anouk Perrin, Rasmus Holmgaard, Wren Ashdown, Tilda Öberg |
    -47 event: four days at the crag, eight of us
Odile Perrachon, Karim & Louise Bouvier, Agathe Villon, Zeynep Aydın |
    -100 meal: the long table in the yard, until midnight
Mum, Jonas Dahl, Freya Dahl, Solveig Dahl-Aarnes, Little Otto |
    -176 visit: four generations at one table
Beatrice Fontana, Mathilde Girardin, Alastair Drummond, Tomoko Ishii |
    -205 event: sang in the station hall
Theodora Vance, Lars Overgaard, Gideon Afolabi, Ksenia Orlova, Rory MacAskill |
    -290 video: the year’s reunion, eleven little windows
""")
"""Talks with several people at once, by their names."""

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
"""Follow-ups: (name, text, day, repeat, days done)."""

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
"""Birthdays: (day, the age on that day or None). A birthday in the past was kept on its day."""
LEAP_BIRTHDAY = ("Tilda Öberg", 1992)
ANNIVERSARY = ("Karim & Louise Bouvier", 118, 10)
"""(name, day, years on that day)"""

SNOOZED = ("Jihye Park-Lemoine", -2, 9)
"""(name, snoozed on, snoozed until)"""
PAUSED = ("Beatrice Fontana", 20)
"""(name, paused until)"""
CHOSEN_TODAY = "Zoë Ångström"
"""The person whose catch-up was moved to today by hand."""
