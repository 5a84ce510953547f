"""Pairs of what somebody looks for and what somebody else offers, labelled by hand before there was a rule for them.

A line is a label, what is looked for, and what is offered: "+" where a careful person would introduce the two, "-"
where they would not. The pairs are of many trades and towns; most of those that are none share a word.
"""

from __future__ import annotations

_PAIRS = """
# Rooms and houses
+ a flat in Lyon | a flat in Lyon, two rooms
+ an apartment in Bristol from March | two-bedroom flat, Bristol
+ a small flat near the station in Ghent | lets flats in Ghent
+ a room in Utrecht | a spare room in Utrecht for a term
+ a house with a garden near Graz | a house near Graz, empty from May
+ a cottage by the sea for August | her cottage on the coast, free in summer
+ an office for four people in Malmö | office space, Malmö harbour
+ a parking space in Turin | parking spaces in a yard in Turin
+ a garage | garage to let
+ storage for furniture over the winter | a dry barn, storage by the month
+ a studio for pottery | a pottery studio with two kilns
+ a rehearsal room for a choir | rehearsal room on Mondays
- a first job in Lyon | a flat in Lyon, two rooms
- a flat in Oslo | a flat in Lyon, two rooms
- a quiet flat | a quiet dog
- a large house in Cork | a large trailer in Cork
- a flat in Leeds | flat-pack furniture, assembled, in Leeds
- a house in Ghent | house sitting in Ghent
- a garden | gardening, one day a week
- a room in Utrecht | room acoustics
- an office in Malmö | office furniture, second hand
- a studio flat in Porto | a recording studio in Porto
- a flat in Turin | a plumber in Turin
- a cheap place to park in Bath | cheap bikes in Bath
- a tenant for her flat | a flat to let in Ghent
- a buyer for the house | a house near Graz

# Work looked for, work given
+ a job as a nurse | nursing positions at a clinic
+ a first job in logistics | a trainee position in logistics
+ work as a translator | hires translators
+ a Rust job | a job for a Rust developer
+ an internship in architecture | internships at an architecture practice
+ an apprenticeship as a carpenter | takes an apprentice carpenter each year
+ a position in marine biology | postdoc positions in marine biology
+ a summer job | summer jobs on the ferry
+ a teaching post | openings for teachers at her school
+ a part-time job in a bakery | looks for bakers, part-time jobs from four in the morning
- a job as a nurse | nursing care at home
- a job in a bakery | sourdough bread
- a job in logistics | a job in a kindergarten
- a first job | a first-aid course
- a full-time job | full-time childcare
- work as a carpenter | a carpenter for small jobs
- a position as a welder | welding
- a job in publishing | a job in fishing
- an internship in law | internships in biology
- a new job in Vienna | a new kitchen in Vienna
- a job interview coach | a job in sales

# Trades
+ a plumber | plumbing, small repairs
+ a reliable plumber in Turin | plumber, Turin and around
+ an electrician for an old house | electrical work, licensed electrician
+ somebody to paint the kitchen | house painter
+ a carpenter for a staircase | carpentry and stairs
+ a roofer before the winter | roofing, slate and tile
+ a welder for a gate | welding and wrought iron
+ someone who repairs bicycles | bike repair
+ a bike mechanic | fixes bikes on Saturdays
+ a piano tuner | tunes pianos
+ an upholsterer for two chairs | upholstery
+ a locksmith at night | locksmith, day and night
+ a tailor | tailoring and alterations
+ a gardener two mornings a week | gardening
+ a cleaner for the office | office cleaning
+ a stonemason for a wall | stonemasonry, dry walls
- a plumber | plums from the garden
- a piano | piano lessons
- a piano tuner | piano lessons
- a bike | bike repair
- a good carpenter | good advice
- an electrician | an electric guitar
- a roofer | a roof terrace for parties
- a painter for the hall | oil painting lessons
- a wall painted | a wall calendar
- a reliable plumber | a reliable van
- a car mechanic | a car to share
- a tailor | a tailored talk on ports
- a mason | mason jars
- a locksmith | lock gates of the canal, guided tours

# Lessons and languages
+ piano lessons for her son | a piano teacher
+ piano lessons | teaches piano
+ German lessons | German, teaches beginners
+ to learn Welsh | Welsh classes in the evening
+ a Spanish tutor | tutoring in Spanish and Latin
+ someone to practise Italian with | Italian conversation
+ a maths tutor for a girl of twelve | tutoring, mathematics and physics
+ swimming lessons | a swimming instructor
+ a driving instructor | driving lessons
+ guitar lessons | guitar teacher, children welcome
+ a drawing class | teaches drawing
+ a yoga course | yoga on Tuesdays
+ singing lessons | voice and singing teacher
+ a sailing course | sailing lessons on the lake
+ a translator from Portuguese | translations, Portuguese and French
- piano lessons | guitar lessons
- Spanish lessons | Spanish olive oil
- French lessons in Leeds | cooking lessons in Leeds
- a Latin teacher | Latin dance
- a German translator | German cars
- lessons for a beginner | a beginner's tent
- a swimming instructor | a swimming pool, heated
- a Polish tutor | shoe polish
- a guitar | guitar lessons
- English lessons | proofreading in English
- to learn to sail | sails, sewn to measure
- a yoga mat | yoga lessons
- a driving instructor | drives a van
- a chess teacher | a teacher of Greek

# Computers
+ a Rust developer | Rust
+ a Python dev | Python developer, free from May
+ a front-end developer | front end development, React
+ somebody who knows Kubernetes | Kubernetes and Postgres
+ a web designer | web design for small shops
+ a website for the choir | builds websites
+ a data scientist | data science, statistics
+ an Android app | Android apps
+ a UX designer | UX design and research
+ someone for machine learning | machine learning engineer
+ a laptop for a student | two used laptops
+ help with a spreadsheet | spreadsheets, VBA
+ a security audit | security audits of web apps
- a Rust developer | rust removal for old cars
- a Python developer | feeds pythons at the zoo
- a Java developer | a Rust developer
- a web designer | spider webs, macro photographs
- a data analyst | a data centre tour
- a network engineer | a network of friends in Lagos
- an app developer | an apple press
- a cloud engineer | cloud watching walks
- a web developer | a property developer
- a game designer | board games to lend
- a server for parties | a server in a cellar in Ulm
- a test engineer | test drives
- a database | a base drum
- an experienced developer | an experienced midwife

# Health, children, animals
+ a babysitter on Fridays | babysitting
+ childcare for a boy of two | a nanny, free in the mornings
+ a midwife in Ghent | midwife, home births, Ghent
+ a physiotherapist for a knee | physiotherapy
+ a dentist who is gentle | dentist
+ a therapist who speaks Turkish | psychotherapy in Turkish
+ a vet for horses | horse vet
+ a dog walker | walks dogs
+ someone to feed the cat in July | cat sitting
+ a home for two kittens | takes in kittens
+ care for an old father | elderly care
+ a pram | a pushchair, hardly used
- a babysitter | baby clothes
- a midwife | a wife who sings
- a dog | dog walking
- a vet for a dog | a dog to share
- a child seat | child psychology
- a nurse for nights | a night sky tour
- an eye doctor | a doctor of philosophy
- a therapist | aroma candles
- a young horse | a young programmer
- a home for two kittens | home cooking
- a health insurance that pays abroad | health food
- a wheelchair | a wheel of cheese

# Writing, pictures, music
+ a photographer for a wedding | wedding photography
+ an illustrator for a children's book | illustration, books and magazines
+ a proofreader | proofreading and copy editing
+ a copy editor | editing, long texts
+ a publisher for a novel | publishing house, fiction
+ a literary agent | literary agency
+ a cellist for a quartet | plays cello
+ a violin for a child of ten | small violins to lend
+ a drummer | drums, any style
+ a sound engineer | sound engineering, live and studio
+ a speaker on tidal power | talks on tidal power
+ a podcast guest on bees | beekeeper, likes to talk about bees
+ a film editor | film editing
+ a graphic designer for a poster | graphic design
- a wedding photographer | wedding cakes
- a wedding dress | wedding photography
- a film editor | a text editor
- an illustrator | a lustre bowl
- a photographer in Kraków | photo frames
- a publisher | public relations
- a literary agent | an estate agent
- a book on knots | book keeping
- a cello | a cello teacher
- a band for the summer party | rubber bands and paper
- a speaker on ports | loudspeakers
- a graphic designer | an interior designer
- a sound engineer | a civil engineer
- a choir in Basel | a boat in Basel

# Firms, money, law
+ an accountant for a small firm | accounting for small firms
+ a tax adviser | tax advice
+ a lawyer for tenancy law | solicitor, tenancy
+ an attorney | lawyer, contracts
+ a co-founder who sells | wants to co-found a company, sales
+ an investor for a bakery | invests in small food firms
+ funding for a start-up | seed funding
+ a mentor in marketing | mentoring, marketing
+ a grant for a residency | knows grants for artists
+ a logo | logos and branding
- an accountant | a bank account abroad
- a lawyer | lawn mowing
- a tax adviser | a taxi at night
- a small loan | small dogs
- advice on a contract | advice on tents
- a partner for a firm | a firm mattress
- an investor | vests and coats
- a notary | notebooks
- help with taxes | help with moving

# Things and help
+ a tent for the traverse | a four-season tent to lend
+ a van for a day | lends her van
+ a drill | a drill and a ladder to lend
+ a sofa | a couch to give away
+ a sewing machine | sewing machines, repaired
+ help with moving house | a van and help with removals
+ someone to fix the roof | repairs roofs
+ firewood | dry firewood
+ a trailer | a bike trailer and a car trailer
+ a caterer for forty | catering
+ a boat for a week in July | a sailing boat to rent
- a tent in spring | spring onions
- a ladder | a ladder of skills, a talk
- a large table | table tennis
- a drill | drilling of wells
- a boat | boat building lessons
- a weekend in the hills | weekend shifts at the bar
- people to sing with | people management
- someone nice | nice rooms
- a sewing machine | machine learning
- a long ladder | a long walk

# Other languages
+ eine Wohnung in Köln | Zweizimmerwohnung in Köln
+ Klavierunterricht | Klavierlehrerin
+ einen Tischler | Tischlerarbeiten
+ une nounou le mercredi | garde d'enfants
+ un appartement à Nantes | appartements à Nantes
+ un plombier | plomberie
+ un piso en Sevilla | alquila pisos en Sevilla
+ clases de inglés | profesora de inglés
- eine Stelle in Köln | eine Wohnung in Köln
- ein gutes Fahrrad | ein gutes Buch
- un travail à Nantes | un appartement à Nantes
- un grand jardin | un grand vélo
- un trabajo en Sevilla | un piso en Sevilla
- un coche barato | un libro barato
"""


def labelled_pairs() -> tuple[tuple[bool, str, str], ...]:
    """(match or not, what is looked for, what is offered) of each pair, in their order."""
    return pairs_in(_PAIRS)


def pairs_in(text: str) -> tuple[tuple[bool, str, str], ...]:
    """The pairs of a text with a pair on each line that begins with "+ " or "- "."""
    found = []
    for line in text.splitlines():
        if line[:2] in ("+ ", "- "):
            wanted, offered = line[2:].split(" | ")
            found.append((line[0] == "+", wanted, offered))
    return tuple(found)
