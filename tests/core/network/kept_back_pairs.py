"""More pairs of a wish and an offer, labelled by hand before any rule was tried on them: what the rules do unseen.

The form is that of `labelled_pairs`. No rule is changed for a pair of this list.
"""

from __future__ import annotations

from tests.core.network.labelled_pairs import pairs_in

_PAIRS = """
# Work and people to hire
+ hiring a physiotherapist for the clinic | physiotherapist, looks for a new place
+ looking to hire a web developer | freelance web developer
+ needs a bookkeeper two days a week | bookkeeper with room for one more client
+ wants to become a midwife, looks for a placement | their ward takes student midwives
+ a job in a bike shop | our bike shop is hiring
+ work on a farm in summer | farm jobs from June to August
+ an introduction at Nordlys | works at Nordlys
+ somebody inside the city council | sits on the city council
+ a first customer for a tide gauge | buys tide gauges for harbours
- hiring a nurse | a hospital bed to lend
- a job in a bike shop | a bike to sell
- work on a farm | farm cheese
- an introduction at Nordlys | northern lights trips
- needs a bookkeeper | keeps old books dry
- looking to hire a driver | hires cars out

# What somebody does, speaks about, keeps
+ a speaker on coastal erosion | gives talks about coastal erosion
+ a guest for a podcast about trains | talks about trains for hours, gladly
+ somebody who bakes wedding cakes | bakes cakes for weddings
+ a person who grows old kinds of apple | grows old apple varieties
+ someone to show us how to keep hens | keeps hens, shows beginners how
+ a DJ for a birthday | DJs at weddings and birthdays
+ a trio for a reception | plays in a string trio
+ Postgres help | years of Postgres in production
+ Excel support for the club | good with Excel
+ someone to fix a clock | mends old clocks and watches
+ a calligrapher for invitations | writes invitations by hand, calligraphy
+ a tree surgeon | fells and prunes trees
+ a seamstress for stage curtains | sews curtains
+ a house sitter in May | happy to house-sit in spring
+ someone to walk with on Sundays | goes walking every Sunday, company welcome
- a speaker on coastal erosion | speakers and an amplifier
- someone to fix a clock | works around the clock
- a tree surgeon | a surgeon in Cork
- someone to walk with on Sundays | walks dogs for money
- a DJ for a birthday | birthday cakes
- Excel support for the club | support for young mothers
- somebody who bakes bread | bread bins
- a house sitter | a house for sale
- someone to keep hens | keeps minutes at meetings
- a calligrapher | printers for invitations

# Rooms, things, loans
+ a place to practise drums | a cellar where drums may be loud
+ somewhere to store two canoes | a boathouse with space for canoes
+ a room in Ghent during the festival | a guest room in Ghent
+ a projector for one evening | lends a projector and a screen
+ a child's bicycle | outgrown children's bikes
+ a used sewing machine | an old Singer sewing machine to give away
+ a winter coat for a tall man | men's coats, size XL, nearly new
+ an allotment | shares an allotment by the canal
- a place to practise drums | oil drums
- a room in Ghent | room fragrances
- a projector for one evening | evening dresses
- a child's bicycle | a child psychologist
- a used sewing machine | machine translation
- a winter coat | a coat of paint for your fence
- an allotment | a lot of plants
- somewhere to store two canoes | canoe trips

# Advice, money, papers
+ a tax adviser who knows farms | tax advice for farmers
+ someone who has been through adoption | adopted two children, happy to tell
+ help with an asylum claim | asylum lawyer
+ a patent attorney | patents, drafting and filing
+ angel money for a repair café chain | business angel, circular economy
+ a grant writer | writes grant applications
- help with an asylum claim | help with moving flat
- a patent attorney | patent leather shoes
- a grant writer | a ghost writer for memoirs
- angel money for a start-up | angel cake

# Languages
+ a tandem partner for Italian | native Italian, learning English
+ a translator into Danish | translates from English into Danish
+ an interpreter for a Tigrinya speaker | interprets Tigrinya and Amharic
+ cherche un comptable | expert-comptable
+ sucht eine Hebamme in Leipzig | Hebamme, Leipzig und Umland
+ busca clases de guitarra | profesor de guitarra
+ eine Band für ein Hochzeitsfest | spielt in einer Band
- cherche un comptable | compte des contes aux enfants
- sucht ein Zimmer in Leipzig | Zimmerpflanzen
- busca un piso en Bilbao | pisa uvas en otoño
- a translator into Danish | Danish pastries
- a tandem partner for Italian | a tandem bicycle
"""


def kept_back_pairs() -> tuple[tuple[bool, str, str], ...]:
    """(match or not, what is looked for, what is offered) of each pair, in their order."""
    return pairs_in(_PAIRS)
