"""More needs with people around them, labelled by hand before any rule was tried on them: what the rules do unseen.

The form is that of `labelled_needs`. No rule is changed for a line of this list.
"""

from __future__ import annotations

from tests.core.network.labelled_needs import Labelled, needs_in

_NEEDS = """
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


def unseen_needs() -> Labelled:
    """The needs of this list, as `labelled_needs` gives its own."""
    return needs_in(_NEEDS)
