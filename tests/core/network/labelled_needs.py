"""Needs with people around them, labelled by hand before there was a rule for them.

A need is a title, a reason, and who would know, each after a bar. Under it a line for each person: "+" whom a careful
person would tell early for what is known of them, "-" of whom nothing that is known has to do with the need.
"""

from __future__ import annotations

from planner.core.network.telling import ContactToTell

_NEEDS = """
# Homes
> A flat in Lisbon from May | To finish the book on small ports.
+ city=Lisbon
+ offers=an apartment near Lisbon
- company=Port of Lyon; title=Pilot; city=Lyon
- company=Small Press; title=Editor; city=Oslo
- offers=a flat in Lyon; city=Lyon
> A room in Utrecht for a term | My daughter studies old maps there.
+ city=Utrecht; title=Baker
+ knows=Joost de Wit, student rooms in Utrecht
- company=Map House; title=Printer; city=Bergen
- offers=old furniture; city=Ghent
- company=Room for Rugs; city=Leeds
> A house with a garden near Graz | We need quiet, and the train.
+ offers=a house near Graz, empty from May
+ company=Graz Homes; title=Estate agent
- offers=gardening, one day a week; city=Turin
- title=Train driver; company=Rail North; city=Leeds
> Storage for furniture over the winter | We are leaving Oslo for a year.
+ offers=a dry barn, storage by the month
+ company=Keep Storage; title=Manager
- title=Furniture designer; city=Porto
- company=Winter Sports; city=Bergen
> An office for four people in Malmö | The start-up outgrew the kitchen.
+ offers=office space, Malmö harbour
+ city=Malmö; title=Potter
- company=Kitchen Makers; title=Fitter; city=Lund
- title=Office clerk; company=Tax Office; city=Cork
> A parking space in Turin | For the van that carries the puppets.
+ city=Turin
+ offers=parking spaces in a yard in Turin
- offers=puppet shows for children; city=Lille
- title=Space scientist; city=Bremen
> A tenant for the flat in Ghent | We go abroad, the dog comes along.
+ city=Ghent; company=University
+ knows=Fien Maes, looks for a flat in Ghent
- title=Dog trainer; city=Leeds
- company=Flat Screens; city=Cork
> A rehearsal room for a choir | Sixty singers, on Mondays.
+ offers=a rehearsal room
+ title=Choir leader
- title=Room service manager; company=Grand Hotel
- company=Monday Motors
> Someone to share a house in Leeds | The rent is too high for one.
+ city=Leeds
+ knows=Ann Pike, house shares in Leeds
- company=Shares and Bonds; title=Broker; city=Zurich
- title=Rent officer; city=Cork

# Work looked for
> A job at the port of Lyon | Logistics is what I studied, in Marseille.
+ company=Port of Lyon; title=Crane driver
+ title=Head of logistics; company=Rhône Freight; city=Lyon
+ knows=Paul Roy, Port of Lyon
- company=Port Wine Cellars; title=Taster; city=Porto
- city=Marseille; title=Cook
- offers=a flat in Paris
> A job as a nurse in Oslo | We move there because of my husband, who tunes pianos.
+ company=Oslo Hospital; title=Ward sister
+ title=Nurse; city=Bergen
+ offers=hires nurses
- title=Piano tuner; city=Turin
- company=Moving Company; city=Leeds
> A first job in publishing | I read everything.
+ company=Harbour Publishing; title=Editor
+ title=Publisher
- company=First Bank; title=Clerk
- offers=a first-aid course
> An internship in architecture | The third year asks for one, in another country.
+ title=Architect; company=Studio Lund
+ offers=our architecture office takes interns
- company=Third Space; title=Barista
- title=Country singer
> An apprenticeship as a carpenter | School was not for me.
+ title=Master carpenter; company=Holm and Sons
+ company=Oak Carpentry; title=Owner
- title=School teacher; city=Leeds
- company=Car Rental
> A teaching post in maths | Contracts here end in summer.
+ title=Head of school; company=Lycée Ampère
+ title=Maths teacher
- company=Summer Camp; title=Cook
- title=Contract lawyer
- company=Post Office; title=Clerk
> Part-time work in a bakery | Up at four is fine with me.
+ company=Corner Bakery; title=Owner
+ title=Baker; city=Ghent
- title=Part dealer; company=Car Parts
- company=Fine Art; title=Painter
> A role in renewable energy | Ten years of oil are enough.
+ company=Nordlys Energy; title=Engineer
+ company=Wind and Sun; title=Director of renewable energy
- company=Oil Paints; title=Shop owner
- title=Role player; city=Cork
> A summer job on a ferry | Before the studies begin, in Kraków.
+ company=Fjord Ferries; title=Purser
+ title=Ferry captain
- city=Kraków; title=Dentist
- company=Summer Dresses; title=Tailor
> A Rust job, remote | I write firmware for pumps.
+ title=Rust developer; company=Cedar Systems
+ offers=a job for a Rust developer
- company=Rust Removal; title=Car painter
- company=Pump Works; title=Fitter
- title=Remote sensing scientist

# People to hire
> A data engineer for the team | Two people left in March.
+ title=Data engineer; company=Orbit Labs
+ offers=data engineering, free from May
- title=Sound engineer; company=Opera
- company=Team Sports; title=Coach
> A cook for a mountain hut | The season begins in June.
+ title=Cook; company=Harbour Inn
+ company=Alpine Huts; title=Warden
- title=Mountain guide; city=Graz
- company=June Records
> A bookkeeper, one day a week | The receipts lie in a shoe box.
+ title=Bookkeeper
+ offers=bookkeeping for freelancers
- company=Book Shop; title=Seller
- company=Shoe Box; title=Cobbler
> Bakers for the new shop | We open in Bristol in autumn.
+ title=Baker; city=Bristol
+ company=Baking School; title=Teacher
- company=New Wave Surf; title=Owner
- title=Shop fitter; city=Oslo
> A co-founder who sells | I build, somebody has to sell.
+ title=Head of sales; company=Quay Systems
+ offers=wants to co-found a company, sales
- title=Builder; city=Cork
- company=Seller of Stamps
> A nanny for two afternoons | Both of us are at the clinic then.
+ title=Nanny
+ offers=childcare in the afternoons
- company=City Clinic; title=Surgeon
- title=Goat farmer; city=Graz

# Trades
> A plumber in Turin | The flat above leaks into the library.
+ title=Plumber; city=Turin
+ offers=plumbing, Turin and around
- company=Town Library; title=Librarian; city=Cork
- title=Plumber; city=Oslo; offers=plumbing in Oslo
> An electrician for an old house | The wiring is from 1931.
+ title=Electrician
+ company=Bright Electrical; title=Owner
- company=Old Books; title=Antiquarian
- title=House music producer
> Somebody to paint the hall | It was grey for ten years.
+ offers=paints halls and stairs
+ title=House painter
- company=Grey Advertising; title=Planner
- company=Concert Hall; title=Ticket seller
> A roofer before the winter | Slate, and a chimney with storks on it.
+ title=Roofer
+ company=High Roofs; title=Foreman
- company=Stork Baby Clothes; title=Seller
- title=Winter swimmer
> A piano tuner | It came from my grandmother in Vienna.
+ title=Piano tuner
+ company=Piano House; title=Seller
- city=Vienna; title=Lawyer
- title=Tuna fisher; city=Cork
> Someone who repairs espresso machines | The café has two of them.
+ offers=repairs coffee and espresso machines
+ company=Espresso Parts; title=Technician
- title=Washing machine seller; city=Ghent
- company=Café Central; title=Waiter
> A stonemason for a dry wall | Sheep keep getting into the orchard.
+ title=Stonemason
+ offers=dry stone walls
- title=Orchard keeper; offers=apples
- company=Dry Cleaners; title=Owner
> An upholsterer for two chairs | They belong to the parish.
+ offers=upholstery
+ title=Upholsterer; city=Bath
- title=Parish clerk
- title=Chair of physics; company=University

# Lessons
> Piano lessons for a child of ten | She sings all day, and draws.
+ title=Piano teacher
+ offers=teaches piano
- title=Drawing teacher; city=Oslo
- company=Ten Pin Bowling
> Somebody to practise Spanish with | We move to Sevilla in a year.
+ offers=Spanish conversation
+ city=Sevilla
- company=Practice of Dr Lund; title=Receptionist
- company=Moving Pictures; title=Editor
> A maths tutor | Fractions bring tears.
+ title=Maths teacher
+ offers=tutoring, maths and physics
- title=Tears and Laughter comedian
- company=Tudor Houses; title=Guide
> A driving instructor who is patient | I failed twice, on roundabouts.
+ title=Driving instructor
+ company=Hill Driving School; title=Owner
- title=Truck driver; company=Long Haul
- company=Patient Care; title=Nurse
> To learn Welsh | My grandmother spoke it.
+ offers=Welsh classes in the evening
+ title=Welsh teacher; city=Swansea
- title=Speech therapist
- company=Learning Systems; title=Engineer
> A swimming course for grown-ups | The lake is two steps from here.
+ title=Swimming instructor
+ company=Swimming Club; title=Trainer
- title=Lake ecologist
- company=Golf Course; title=Greenkeeper

# Help and advice
> Advice on a tenancy contract | The landlord keeps the deposit.
+ title=Tenancy lawyer
+ offers=legal advice, rent and tenancy
- company=Deposit Bank; title=Clerk
- offers=advice on tents
> A tax adviser who knows Switzerland | We live in Lyon and work in Geneva.
+ title=Tax adviser; city=Zurich
+ offers=tax advice
- company=Lyon Bakery; title=Baker; city=Lyon
- company=Swiss Cheese; title=Seller; city=London
> A mentor in product management | I was an engineer until March.
+ title=Head of product; company=Delta Labs
+ offers=mentors product managers
- title=Engineer; company=Bridges
- company=Dairy Products; title=Driver
> A visa for Japan, who did it? | The choir sings in Kyoto.
+ city=Kyoto
+ offers=help with visa applications
- title=Choir leader; city=Leeds
- company=Visa; title=Card designer; city=Boston
> Introductions to people at Siemens | We make sensors for gearboxes.
+ company=Siemens; title=Buyer
+ knows=Jan Kuhn, Siemens
- company=Gearbox Brewery; title=Brewer
- title=Maker of hats
> Somebody at SNCF | About rolling stock from the fifties.
+ company=SNCF; title=Driver
+ knows=Maude Ferrand, SNCF
- company=Stock Exchange; title=Trader
- company=Rolling Pins; title=Seller
> Funding for a community orchard | Apples, schools, and forty volunteers.
+ offers=knows grants and funding for communities
+ title=Head of grants; company=Green Foundation
- company=Apple; title=Lawyer; city=Cork
- company=Driving School; title=Instructor
> An investor for a bakery | The oven alone is forty thousand.
+ title=Investor
+ offers=invests in small food firms
- company=Oven Gloves; title=Seller
- company=Alone Together; title=Author
> A speaker on tidal power | The evening is on 3 May, in Swansea.
+ offers=talks on tidal power
+ company=Tidal Power Lab; title=Engineer
- title=Speech writer; city=Rome
- company=Evening News; title=Printer
> A publisher for a novel on Ulm | Ten years of nights.
+ title=Publisher
+ company=River Publishing; title=Editor
- title=Night porter; city=Basel
- company=Ten Records
> Beta testers for a birding app | It knows four hundred songs.
+ offers=happily tests apps, keen on birding
+ title=Birding guide
- title=Song writer
- company=Four Seasons; title=Cook
> A literary agent | The novel is done, the law firm knows nothing.
+ title=Literary agent; company=Boldt
+ company=Quill Literary Agency; title=Reader
- title=Estate agent; city=Graz
- title=Lawyer; company=Law Firm
> Someone who knows customs law | Cellos travel with us, to Boston.
+ title=Customs lawyer
+ title=Customs officer; company=Port of Cork
- title=Cello teacher; city=Bern
- city=Boston; title=Surfer

# Things
> A tent for the traverse | In August, over the ice.
+ offers=a four-season tent to lend
+ company=Tents and Packs; title=Owner
- company=Ice Cream Parlour
- title=Traverse City mayor
> A second-hand cello | For a child of twelve.
+ offers=selling my old cello
+ title=Cello maker
- company=Second Chance; title=Social worker
- title=Hand surgeon
> A van for a day | The piano has to go to Leeds.
+ offers=lends her van
+ company=Van Hire; title=Owner
- title=Piano teacher; city=Rome
- company=Day Care; title=Teacher
> A cargo bike to borrow | Two children and a bass.
+ offers=lends her cargo bike
+ company=Cargo Bikes; title=Mechanic
- title=Cargo ship captain
- title=Bass player
> A sewing machine | Costumes for the school play.
+ offers=sewing machines, repaired
+ title=Sewing teacher
- offers=machine learning
- company=School of Law; title=Dean
> Bees for the roof of the office | The firm wants to do something.
+ title=Beekeeper
+ offers=keeps bees, gladly shows how
- title=Roofer
- company=Office Chairs; title=Seller
> A home for two kittens | The shed has become too small.
+ offers=takes in kittens
+ company=Cat Rescue; title=Vet
- company=Home Office; title=Clerk
- title=Shed builder

# Events, music, company
> A band for a garden party | My mother turns eighty, the boat is booked.
+ offers=plays in a jazz band
+ title=Band leader
- company=Garden Centre; title=Seller
- title=Boat builder
> A venue for a wedding in June | A hundred guests, many from Poland.
+ offers=a barn, good as a wedding venue
+ title=Wedding planner
- city=Poland; title=Miner
- company=Guest Towels
> A photographer for a wedding in Kraków | They met at the post office.
+ offers=wedding photography
+ title=Photographer; city=Kraków
- company=Post Office; title=Clerk; city=Leeds
- title=Wedding cake baker; city=Oslo
> Climbing partners | My knees forbid running.
+ offers=climbs every Thursday, looks for company
+ title=Climbing coach
- title=Running coach
- title=Partner; company=Law Partners
> A fourth voice for a quartet | The alto has gone to Cairo.
+ title=Singer; offers=sings alto
+ knows=Iva Sol, string quartet
- city=Cairo; title=Guide
- company=Voice over IP; title=Engineer
> Jurors for a film prize | Short films about rivers.
+ title=Film director
+ company=River Film; title=Producer
- company=River Freight; title=Captain
- title=Prize boxer

# Who would know
> A workshop with high windows | For large canvases. | sculptors, the art school in Basel
+ title=Sculptor; city=Bern
+ company=Art School of Basel; title=Porter
- company=High Court; title=Judge
- title=Window cleaner; city=Oslo
> Time on an electron microscope | The sample is four hundred years old. | physicists, Nordlys Labs
+ title=Physicist
+ company=Nordlys Labs; title=Assistant
- company=Sample Sale; title=Seller
- title=Time keeper; company=Races
> A berth from April | The mooring here is being dug up. | sailors, harbour masters
+ title=Harbour master; city=Cork
+ offers=sailing lessons
- title=April fool
- company=Digging Machines; title=Driver
> A host family for a pupil | She is from Chile and plays chess. | teachers, the Rotary club
+ title=Teacher; city=Lund
+ company=Rotary Club; title=Treasurer
- title=Chess player; city=Rome
- company=Family Cars; title=Seller

# Other languages
> Eine Wohnung in Köln | Wegen der neuen Stelle am Theater.
+ city=Köln
+ offers=Zweizimmerwohnung in Köln
- company=Theater Basel; title=Schauspieler; city=Basel
- offers=ein gutes Fahrrad
> Une nounou le mercredi | La crèche est fermée ce jour.
+ title=Nounou
+ offers=garde d'enfants
- company=Crêperie du Port; title=Serveur
- title=Boulanger
> Un fontanero en Sevilla | El agua llega a la biblioteca.
+ title=Fontanero; city=Sevilla
+ offers=fontanería
- company=Biblioteca Nacional; city=Madrid
- company=Agua Mineral; title=Chófer; city=Lugo
> Klavierunterricht | Die Tochter singt den ganzen Tag.
+ title=Klavierlehrerin
+ offers=Klavierunterricht
- title=Tagesmutter
- title=Sänger; city=Basel
"""

Person = tuple[bool, ContactToTell]


Labelled = tuple[tuple[tuple[str, str, str], tuple[Person, ...]], ...]
"""((title, why, who would know), the labelled people) of each need."""


def labelled_needs() -> Labelled:
    """The needs of this list."""
    return needs_in(_NEEDS)


def needs_in(text: str) -> Labelled:
    """The needs of a list; the id of a person is the number of the line."""
    found: list[tuple[tuple[str, str, str], tuple[Person, ...]]] = []
    people: list[Person] = []
    for number, line in enumerate(text.splitlines()):
        if line.startswith("> "):
            title, why, who = ([part.strip() for part in line[2:].split("|")] + ["", ""])[:3]
            people = []
            found.append(((title, why, who), ()))
        elif line[:2] in ("+ ", "- "):
            people.append((line[0] == "+", _person(number, line[2:])))
            found[-1] = (found[-1][0], tuple(people))
    return tuple(found)


def _person(number: int, text: str) -> ContactToTell:
    fields = dict(part.split("=", 1) for part in text.split("; "))
    known = (fields.pop("knows"),) if "knows" in fields else ()
    return ContactToTell(number, f"Person {number}", knows=known, **fields)
