"""More needs with people around them, labelled by hand before any rule was tried on them.

The form is that of `labelled_needs`. Unseen, 89 of 100 found in the first list were right and 58 of 100 were found;
after the kinds of what was missed were mended, 81 and 72 of the second list, which was labelled then. What that one
showed was mended too: whoever wants to know what the rules do unseen writes a third.
"""

from __future__ import annotations

from tests.core.network.labelled_needs import Labelled, needs_in

_FIRST = """
> A thatcher for the barn roof | It leaks over the hay.
+ company=Fenland Thatching; title=Master thatcher
+ knows=Piet Rook, thatcher in Leuven
+ company=Reed & Straw Roofs; title=Owner
- company=Barn Theatre; title=Actor; city=Bari
- title=Hay merchant; city=Odense
- company=Roof Garden Bar; title=Waiter
> A place as a prosthetist in Tartu | My wife teaches there from autumn.
+ company=Tartu Orthopaedic Clinic; title=Head of prosthetics; city=Tartu
+ company=Baltic Limb Centre; title=Prosthetist; city=Riga
+ title=Recruiter for hospitals; company=MedStaff
+ city=Tartu; title=Librarian
- company=Place Books; title=Editor; city=Perugia
- title=Dentist; city=Namur
> Somebody who binds books by hand | For my grandfather's letters.
+ offers=bookbinding, restores old covers
+ title=Bookbinder; city=Braga
+ company=Hand Bindery of Perugia; title=Owner
- title=Bookkeeper; city=Nancy
- company=Letters Language School; title=Teacher
- offers=hand cream, home made
> A sign language interpreter for two days in Ljubljana | Our conference has deaf speakers.
+ title=Sign language interpreter; city=Ljubljana
+ company=Slovenian Association of the Deaf; title=Secretary; city=Ljubljana
+ offers=interpreting in sign language, near Ljubljana
+ city=Ljubljana; title=Florist
- company=Neon Sign Works; title=Electrician; city=Dijon
- offers=Italian language lessons; city=Bari
- title=Two-day course organiser; company=Knit Camp; city=Odense
> Rye seed of an old kind | For two hectares above Umeå.
+ offers=seed of old kinds of rye and oats
+ company=Seed Savers of Norrland; title=Curator
+ title=Grain farmer; city=Umeå
- company=Rye Antiques; title=Dealer
- offers=seed money for young firms
- title=Kindergarten teacher; city=Cádiz
> A room to practise the trombone in Poznań
+ offers=a rehearsal room in Poznań, evenings
+ company=Poznań Academy of Music; title=Porter; city=Poznań
+ city=Poznań; title=Chemist
- offers=a trombone, hardly used; city=Plovdiv
- company=Escape Room Braga; title=Host
- title=Medical practice manager; city=Vilnius
> Advice on a patent for a goat milking device
+ title=Patent attorney; company=Berg & Lund
+ offers=help with patents and trade marks
+ title=Goat farmer; city=Lucca
- company=Device Repair; title=Technician
- title=Tax adviser; city=Namur
- offers=goat cheese every Saturday
> A summer job for my son at the zoo in Aberdeen | He is seventeen.
+ company=Aberdeen Zoo; title=Keeper
+ company=Aberdeen Zoo; title=Head of personnel
+ knows=Moira Tait, Aberdeen Zoo
+ city=Aberdeen; title=Optician
- company=Summer Sun Travel; title=Agent; city=Bari
- title=Zookeeper, retired; company=Riga Zoo; city=Riga
> A used forklift | For the cooperative's warehouse.
+ offers=a forklift, ten years old
+ company=Lift Truck Centre; title=Sales
+ title=Warehouse manager; company=Grain Coop
- company=Used Books Odense; title=Owner
- title=Weightlifting coach; city=Poznań
- offers=a lift to Dijon on Fridays
> An introduction to a curator of textiles | I catalogue lace.
+ title=Curator of textiles; company=Museum of Applied Arts
+ company=Lace Museum; title=Director
+ knows=Ines Roth, textile curator
- title=Textile importer; company=Blue Bale; city=Braga
- company=Introduction Cafe; title=Barista
- title=Curate; company=St Olave
> A dietician for a child with coeliac disease | The clinic has no place until spring.
+ title=Dietician; city=Zaragoza
+ offers=gluten-free baking and advice for coeliacs
+ company=Children's Hospital; title=Paediatrician
- title=Child minder; city=Nancy
- company=Spring Mattress Works; title=Fitter
> A skipper for a week around Kotor
+ offers=skippers yachts in the Adriatic
+ title=Skipper; city=Kotor
+ company=Adriatic Yacht Charter; title=Owner
+ city=Kotor; title=Potter
- company=Week Ahead News; title=Reporter
- title=Rope skipping trainer; city=Umeå
> An organ builder to tune four stops | In the chapel at Inverness.
+ company=Hill Organ Builders; title=Voicer
+ title=Organist; city=Inverness
+ knows=Karl Voss, organ builder
- title=Organ transplant surgeon; city=Vilnius
- company=Bus Stop Advertising; title=Designer
- title=Car tuner; city=Bari
"""


_SECOND = """
> A falconer for a school day | The children have read about kestrels.
+ title=Falconer; company=Highland Birds of Prey
+ company=Raptor Centre; title=Falconer
+ knows=Iain Muir, falconer
- company=Falcon Couriers; title=Rider; city=Ghent
- title=School bus driver; city=Split
- company=Day Nursery; title=Cook
> A post as a ceramic engineer in Aveiro | We move there in March.
+ company=Aveiro Ceramics; title=Head of HR; city=Aveiro
+ title=Ceramic engineer; company=Tile Institute; city=Castellón
+ city=Aveiro; title=Pharmacist
- company=Post Office; title=Clerk; city=Kaunas
- title=Potter, retired; city=Siena
> A translator from Estonian into Basque
+ title=Translator, Estonian and Basque
+ offers=translates Estonian
+ knows=Maite Etxeberria, Basque translator
- title=Basque pelota player
- company=Estonian Ferries; title=Purser
- offers=Danish lessons
> A workshop to carve a canoe in Turku | Eight metres long.
+ offers=a workshop in Turku, free in winter
+ company=Turku Boatyard; title=Owner; city=Turku
+ city=Turku; title=Baker
- offers=a canoe; city=Siena
- company=Creative Writing Workshop; title=Host; city=Cork
> Help with a visa for a nurse from Manila
+ title=Immigration lawyer
+ offers=help with visa applications
+ company=Visa Advice Bureau; title=Adviser
- title=Nurse; company=City Hospital; city=Kaunas
- company=Manila Envelopes; title=Printer
> Goslings of an old breed | For the pond.
+ offers=geese and goslings of old breeds
+ title=Goose breeder; city=Aveiro
+ company=Old Breeds Society; title=Secretary
- company=Pond Liners; title=Sales
- title=Mother Goose actor
- offers=an old piano
"""


def unseen_needs() -> Labelled:
    """The needs of both lists, as `labelled_needs` gives its own."""
    return needs_in(_FIRST + _SECOND)
