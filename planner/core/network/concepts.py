"""The vocabulary of matching: which words mean the same, and which say nothing about the thing itself.

All words are folded. English first, then German, French and Spanish, as far as people use them for what they look for
and offer. A word that is not listed is a thing of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from planner.core.network.places import COUNTRIES, TOWNS
from planner.core.records import record

_SAME = """
flat: apartment, condo, wohnung, appartement, appart, apartamento, piso, place to live, somewhere to live
room: bedroom, guest room, spare room, zimmer, chambre, habitacion, cuarto
house: haus, maison, casa
cottage: cabin, hut, chalet, ferienhaus, holiday house, holiday home
flatmate: roommate, housemate, flatmate, mitbewohner, colocataire
flatshare: houseshare, shared flat, wg, wohngemeinschaft, colocation
parking: parking space, parking spot, parking place, place to park, somewhere to park, car park, stellplatz, parkplatz
garage: lock-up garage
storage: storage space, storage room, lagerraum, self storage, place to store, somewhere to store, space to store,
  room to store, garage to store, barn to store, cellar to store, shed to store
office: office space, buro, bureau, oficina
desk: desk space, coworking, coworking space, hot desk, shared desk, schreibtisch
venue: event space, hall, saal, salle, party room
allotment: garden plot, schrebergarten, vegetable plot
garden: garten, jardin, backyard
tenant: mieter, locataire, inquilino, lodger
nurse: nursing, krankenpfleger, infirmier, infirmiere, enfermero, enfermera
doctor: physician, gp, arzt, arztin, medecin, medico
dentist: dentistry, zahnarzt, dentiste, dentista
midwife: midwifery, hebamme, sage-femme, matrona, comadrona
physiotherapy: physiotherapist, physio, physical therapist, physical therapy, kine, fisioterapeuta, krankengymnastik
therapy: therapist, psychotherapy, psychotherapist, psychologist, counsellor, counselling, counselor, counseling
massage: masseur, masseuse
vet: veterinarian, veterinary, tierarzt, veterinaire, veterinario
babysitting: babysitter, babysitten, childcare, childminder, childminding, nanny, au pair, kinderbetreuung,
  tagesmutter, nounou,
  baby sitter, baby sitting, child care, garde enfants, garde d enfants, ninera, canguro, child minder, day care, kita
elderly care: care for old, care for elderly, care of elderly, elder care, eldercare, altenpflege, senior care
rehearsal: rehearse, rehearses, rehearsing, practise, practising, proberaum
rehome: home for, new home for, take in, takes in, adopt, adopts, foster, fosters
sitting: sitter, feed, feeding, looks after, look after, minding, minder
walking: walker, walks, walk
plumber: plumbing, plombier, plomberie, klempner, installateur, fontanero, fontaneria
electrician: electrical work, electrical, electrics, wiring, elektriker, electricien, electricite,
  electricista, electricidad
carpenter: carpentry, joiner, joinery, cabinetmaker, cabinet maker, woodworker, woodworking, tischler, tischlerei,
  schreiner, schreinerei, menuisier, menuiserie, charpentier, carpintero, carpinteria
roofer: roofing, roof repair, dachdecker, couvreur, techador
painter: house painting, decorator, painting, malerarbeiten, peintre en batiment
stonemason: stonemasonry, mason, masonry, bricklayer, bricklaying, steinmetz, maurer, macon, maconnerie, albanil
welder: welding, weld, schweisser, soudeur, soldador
locksmith: schlusseldienst, serrurier, cerrajero
tailor: tailoring, alteration, seamstress, dressmaker, dressmaking, schneider, schneiderei, couturiere, sastre
upholsterer: upholstery, polsterer, tapissier, tapicero
gardener: gardening, landscaper, landscaping, gartner, jardinier, jardinage, jardinero
cleaner: cleaning, cleaning lady, housekeeper, housekeeping, putzhilfe, reinigung, menage, femme de menage, limpieza
handyman: odd jobs, handwerker, bricoleur, bricolage, manitas
repair: restore, restores, restoring, restorer, restoration, repairs, repairing, repairer, mechanic, fix, fixes,
  fixing, fixer, mend, mends, mending, servicing, reparatur,
  reparation, repare, reparacion, repara, mechaniker, mecanicien, mecanico
builder: building work, construction, bauarbeiten, macon, constructor
tuning: tuner, tune, tunes
making: maker
diving: diver, dive
riding: rider, ride
moving: moving house, house move, move house, removals, relocation, movers, umzug, demenagement, mudanza
baker: bakery, baking, backerei, boulanger, boulangerie, panadero, panaderia
cook: chef, koch, cuisinier, cocinero
caterer: catering, traiteur
hairdresser: hairdressing, barber, friseur, coiffeur, coiffeuse, peluquero, peluqueria
photographer: photography, fotograf, fotografie, photographe, photographie, fotografo, fotografia
videographer: videography, filmmaker, film making, filmmaking
illustrator: illustration, illustrateur, illustratrice, ilustrador, ilustracion
translator: translation, translate, translates, translating, ubersetzer, ubersetzung, traducteur, traductrice,
  traduction, traductor, traductora, traduccion
interpreter: interpreting, dolmetscher, interprete
proofreader: proofreading, proof reading, lektor, lektorat, correcteur, correction
editor: editing
publisher: publishing, publishing house, verlag, editorial, maison d edition
agent: agency, agentur, agence, agencia
ghostwriter: ghostwriting, ghost writing, ghost writer
journalist: journalism, reporter
bookkeeping: book keeping, bookkeeper
accountant: accounting, accountancy, buchhalter, buchhaltung, comptable, comptabilite, contable, contabilidad
tax: taxes, tax return, steuer, steuern, impot, impots, impuesto, impuestos, steuererklarung
lawyer: law, legal, jura, droit, derecho, attorney, solicitor, barrister, legal advice, legal help, anwalt,
  anwaltin, rechtsanwalt, avocat, avocate,
  abogado, abogada, jurist
notary: notar, notaire, notario
estate agent: real estate agent, realtor, makler, agent immobilier
insurance: insurer, versicherung, assurance, seguro
funding: finance, financing, seed funding, capital, seed round, investor, investment, invest, invests, investing,
  seed capital, venture capital, angel investor, business angel, seed money, angel money
cofounder: co-founder, co-found, cofound, co-founding, found something, found company, start company,
  mitgrunder, cofondateur
grant: scholarship, fellowship, stipend, stipendium, bourse, beca, grants
mentor: mentoring, mentorship
logo: logos
branding: brand design
designer: design, designs, gestalter, gestaltung, graphiste, disenador, disenadora, diseno
architect: architecture, architekt, architecte, arquitecto
website: web site, webpage, web page, homepage, webseite, site web, sitio web, pagina web
frontend: front end
backend: back end
fullstack: full stack
javascript: js
typescript: ts
kubernetes: k8s
postgres: postgresql
python: django
ios: iphone app
machine learning: ml, deep learning
artificial intelligence: ai, ki
data science: data scientist
data analysis: data analyst, data analytics
statistics: statistician, stats, statistik
spreadsheet: excel
ux: user experience, usability
seo: search engine optimisation, search engine optimization
security: cybersecurity, infosec
laptop: notebook computer, macbook, ordinateur portable, portatil
computer: pc, rechner, ordinateur, ordenador
bike: bicycle, cycle, fahrrad, rad, velo, bicicleta, bici
car: automobile, auto, wagen, voiture, coche
van: transporter, lieferwagen, camionnette, furgoneta, minibus
truck: lorry, lkw, camion
trailer: anhanger, remorque, remolque
boat: bateau, barco
sailing: sail boat trips, segeln, voile, vela
tent: zelt, tente
pram: pushchair, stroller, buggy, baby carriage, kinderwagen, poussette, cochecito
cot: crib, babybett, kinderbett, baby bed, cuna
sofa: couch, settee, canape
fridge: refrigerator, kuhlschrank, frigo, nevera
washing machine: washer, waschmaschine, machine a laver, lavadora
sewing machine: nahmaschine, machine a coudre
lawnmower: lawn mower, mower, rasenmaher, tondeuse
ladder: leiter, echelle, escalera
drill: power drill, bohrmaschine, perceuse, taladro
wood: firewood, fire wood, brennholz, bois de chauffage
furniture: mobel, meuble, mueble
clothes: clothing, kleidung, kleider, vetements, ropa
book: buch, bucher, livre, libro
dog: puppy, hund, chien, perro
cat: kitten, katze, gato
horse: pony, pferd, cheval, caballo
hen: chicken, huhn
piano: klavier, fortepiano
guitar: gitarre, guitare, guitarra
violin: fiddle, geige, violon
cello: violoncello
luthier: violin maker, violin making, lutherie, geigenbauer
accordion: akkordeon, accordeon
singing: sing, sings, voice, vocal, gesang, chant, canto
choir: chor, chorale, chorus, coro
band: musikgruppe
drum: drumming, schlagzeug, batterie, percussion
swimming: swim, schwimmen, natation, natacion
skiing: ski
climbing: climb, klettern, escalade, escalada
drawing: draw, zeichnen, dessin, dibujo
yoga: hatha
maths: math, mathematics, mathematik, mathe, mathematiques, matematicas, algebra, calculus
physics: physik, physique, fisica
chemistry: chemie, chimie, quimica
biology: biologie, biologia
german: deutsch, allemand, aleman, germany language
french: franzosisch, francais, frances
english: englisch, anglais, ingles
spanish: spanisch, espagnol, espanol, castellano
italian: italienisch, italien language, italiano
portuguese: portugiesisch, portugais, portugues
dutch: niederlandisch, neerlandais
chinese: mandarin, chinesisch, chinois
japanese: japanisch, japonais
russian: russisch, russe, ruso
arabic: arabisch, arabe
film: movie, cinema
wedding: hochzeit, mariage, boda
bee: honeybee, biene, abeille, abeja
beekeeping: keep bee, keeps bee, beekeeper, apiculture, imker, imkerei, apiculteur, apicultor
tenancy: rent law, mietrecht, tenancy law
logistics: logistik, logistique, logistica
marketing: growth marketing
sales: selling, vertrieb, vente, ventas
kindergarten: nursery school, preschool
"""
"""One thing per line: its name, then the words for it."""

_LANGUAGES = "german french english spanish italian portuguese dutch chinese japanese russian arabic welsh greek czech"
_GROUPS = "band choir orchestra quartet trio duo ensemble chorus"
"""Groups of musicians, who play for others."""
_SKILLS = """
kubernetes postgres javascript typescript frontend backend spreadsheet linux docker react wordpress
photoshop sql kotlin android ios latex
"""
"""Skills: what somebody knows who works with it in any way."""
_TEACH = """
lesson, teacher, teach, teaching, tutor, tutoring, tuition, class, course, instructor, instruction, trainer, training,
coach, coaching, learn, learning, practise, practice partner, conversation, conversation partner, language exchange,
tandem, tandem partner, unterricht, lehrer, stunde, kurs, nachhilfe, lernen, cours, professeur, prof, lecon, apprendre,
clase, profesor, profesora, curso, aprender, maestro, nachhilfelehrer, lehrkraft, study partner, summer school
"""
_PRACTICE = """
developer, dev, development, programmer, programming, coder, coding, engineer, engineering, consultant, consulting,
expert, expertise, specialist, freelancer, adviser, advisor, advice, help, support, skill, knowledge, experience,
know-how, entwickler, entwicklung, programmierer, berater, beratung, hilfe, experte, ingenieur, developpeur,
developpeuse, developpement, conseil, aide, expert, expertin, ingeniero, ingeniera, desarrollador, desarrolladora,
desarrollo, ayuda, consejo, asesor, asesoria, partner, buddy, companion
"""
_TALK = """
speaker, talk, keynote, lecture, lecturer, podcast guest, guest, panelist, vortrag, referent, conference speaker,
conferencier, charla, ponente, presentation, talks, speaks about, speak about, speaks on, speak on, talks about,
talk about, gives talks, lectures on, lectures
"""
_PLAY = """
player, plays, play, playing, musician
"""
_JOB = """
job, position, post, vacancy, opening, employment, employer, stelle, arbeit, arbeitsplatz, emploi, poste, travail,
empleo, trabajo, puesto, internship, intern, placement, praktikum, praktikant, stagiaire, practicas, becario,
apprenticeship, apprentice, ausbildung, lehrstelle, ausbildungsplatz, lehrling, alternance, apprentissage, trainee,
traineeship, role, career, hire, hires, hiring, recruit, recruits, recruiting, recrute, embauche, embauchent,
  place as, work as, opening as, spot as,
  contrata, contratan, employs, staff wanted, minijob, nebenjob
"""
_SOMEBODY = """
someone, somebody, anyone, anybody, person, people, one, man, woman, friend, jemand, jemanden, leute, quelqu un,
quelqu'un, personne, gens, alguien, persona, gente, contact, people who, team, folks, introduction, introductions, intro
"""
_CONTAINERS = """
pair, set, piece, copy, lot, lots, number, kind, sort, type, bag, box, couple, load, bit, something, anything, things,
thing, stuff, paar, satz, menge, lot de, paire, juego, par, variety, supply, use, hand, session
"""

_PLAYERS = """
pianist: piano, cellist: cello, violinist: violin, guitarist: guitar, drummer: drum, bassist: bass, flautist: flute,
flutist: flute, saxophonist: saxophone, trumpeter: trumpet, organist: organ, harpist: harp, accordionist: accordion,
fiddler: violin, clarinettist: clarinet, oboist: oboe, percussionist: drum
"""

_GENERIC = """
a an the and or any some all every each no not only just also still yet very really quite rather too so again ever
my your his her its our their mine yours him she he they them it i you we me us this that these those such same other
another more most much many few several both half enough own what whatever which who whom whose where when how why
is are was were be been being am has have had having do does did done doing can could will would should may might must
get gets got getting go goes going come comes coming make makes made making take takes took taken taking put puts
look looks looking looked search searches searching seek seeks seeking find finds finding found want wants wanted wish
wishes like likes liked love loves need needs needed offer offers offered offering give gives given giving gave lend
lends lent lending let lets letting rent rents rented renting sublet sublets sell sells buy borrow swap swaps share
shares shared sharing know knows knew known knowing show shows showing speak speaks speaking spoken keep keeps keeping
run runs own owns try tries use uses used using bring brings work works working worked job-share
open opens opened start starts starting started live lives living stay stays staying willing able happy ready glad keen
good better best great nice fine kind lovely excellent perfect decent right proper reliable trustworthy honest patient
gentle friendly careful quick fast slow quiet calm loud noisy bright dark sunny warm cold cool dry wet clean dirty big
small large little tiny huge long short tall high low wide narrow deep heavy light old older young younger new newer
newest first second third last next final early earlier late later recent modern vintage antique used unused secondhand
refurbished cheap cheaper affordable inexpensive expensive fair free spare extra simple easy basic advanced hard
difficult serious professional qualified certified licensed experienced skilled trained senior junior part-time
full-time fulltime parttime part full temporary permanent casual freelance happily gladly
kindly willingly self-employed independent private public
local nearby close near far whole entire single double main certain possible available empty vacant furnished
unfurnished sturdy strong solid simple rare common ordinary normal usual regular local beautiful pretty lovely
cosy cozy comfortable safe secure interesting exciting fun beloved favourite favorite important urgent special different
various general specific personal professional welcome permanent occasional unpaid paid voluntary bilingual native
fluent beginner beginners advanced intermediate adult adults child-friendly
day days week weeks weekend weekends month months year years hour hours minute minutes time times morning mornings
afternoon afternoons evening evenings night nights noon today tomorrow tonight soon now season term
semester monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays
saturdays sundays january february march april may june july august september october november december spring summer
autumn winter easter christmas holiday holidays vacation zero two three four five six seven eight nine ten eleven
twelve twenty thirty forty fifty sixty hundred thousand dozen euro euros dollars pounds money price hardly almost about
please thanks hello ideally maybe perhaps preferably urgently currently home away back here there together alone
area place region district quarter town city village centre center neighbourhood neighborhood station countryside
around place anywhere everywhere online remote remotely style level quality standard size
ein eine einen einem einer eines der die das den dem des und oder kein keine nicht auch nur noch sehr mein meine
meinen sein seine ihr ihre unser gut gute guter gutes guten besser gross grosse grosser grosses grossen klein kleine
kleiner kleines kleinen neu neue neuer neues neuen alt alte alter altes alten jung junge junger gunstig gunstige
gunstiges gunstigen billig billige billiges schon schone schones ruhig ruhige ruhiges ruhigen erste erster erstes
ersten suche sucht suchen gesucht biete bietet bieten vermiete vermietet vermieten verleiht verleihe habe hat haben
gibt gebe geben mochte will brauche braucht ab sofort zuverlassig zuverlassige zuverlassigen arbeiten tag tage woche
wochen monat monate jahr jahre stadt nahe montag dienstag mittwoch donnerstag freitag samstag sonntag sommer winter
fruhling herbst zwei drei vier funf
un une des le la les du et ou pas plus tres mon ma mes ton ta tes son sa ses notre nos votre leur leurs bon bonne
bons bonnes grand grande grands grandes petit petite petits petites nouveau nouvelle nouveaux vieux vieille jeune
premier premiere dernier derniere beau belle calme cherche cherchent propose proposent loue louent prete donne donnent
vend vendent avons avez ont est sont ville jour jours semaine mois ans annee lundi mardi mercredi jeudi
vendredi samedi dimanche ete hiver printemps automne deux trois quatre cinq pas cher chere bon marche
una unos unas el los las lo y o no muy mas mi mis tu tus su sus nuestro buen bueno buena buenos buenas gran
grandes pequeno pequena nuevo nueva viejo vieja joven primer primero primera barato barata baratos baratas tranquilo
tranquila busca busco buscan buscar ofrece ofrezco ofrecen alquila alquilan alquilo presta presto vende vendo tiene
tengo hay es son ciudad dia dias semana mes meses ano anos lunes martes miercoles jueves viernes sabado domingo verano
invierno primavera otono dos tres cuatro cinco
"""

_ABOUT = "of in on about from into as de des du d del von zu zum zur uber als en sur comme como sobre"
_BESIDE = """
for with without at by near around over under before after until till since during through per along behind beside
between towards to within across against because if while but via than off up down out who which that whose where fur
mit ohne bei nahe um ab auf am nach vor seit durch wegen aus im pour avec sans chez pres par avant apres dans sous
au aux para por con sin cerca desde hasta qui que dont wo à
"""

_OBJECTS = """
printer computer trailer boiler heater cooker mixer freezer blender loudspeaker amplifier scanner charger container
hanger counter toaster dryer router server tracker stroller mower projector tractor monitor sensor motor letter poster
number order paper corner ladder shoulder flower shower tower power river summer winter border chapter sister brother
mother father daughter quarter member theatre theater center winter butter pepper silver copper leather timber rubber
plaster filter folder locker burner cutter slipper sweater jumper wedding ceiling building evening morning clothing
bedding railing opera camera partner
water cider tiger fiber fibre laser lever liver fever meter metre litre litter powder ginger lavender cucumber hamster
feather weather cover poker cedar
"""
"""Words that end like trades but name none."""
_BY_SENSE = """
room space machine table board chair ladder network wheel line centre house band server partner match club studio
sitting therapy repair walking
"""
"""Things that a preceding word turns into other things: a rehearsal room is no room to live in."""
_ANY_KIND = """
flat cottage office venue garage storage van plumber electrician carpenter roofer stonemason gardener cleaner
locksmith tailor upholsterer babysitting caterer hairdresser vet accountant dentist midwife
physiotherapy website laptop tent drill firewood moving handyman nurse cofounder mentor illustrator
"""
"""Things of which any kind will do: a flat with two rooms is a flat."""


_SEASONS = """
summer winter weekend weekends evening evenings night nights holiday saturday student sommer ferien wochenende ete
weihnachten christmas verano fin-de-semana
"""
"""Words for times of work, which tell jobs apart where nothing else does."""


@record(frozen=True, slots=True)
class Vocabulary:
    """The meaning of each folded word or phrase."""

    meaning: Mapping[str, str]
    """The name of the thing, for each word and phrase that means it."""
    names: frozenset[str]
    """The names of all things."""
    role: Mapping[str, str]
    """The role of a word that is about another thing: "teach" for lessons, "practice", "talk", "play", "job".

    "Somebody" and "some" mark words that only announce the thing after them, such as "a pair of".
    """
    player: Mapping[str, str]
    generic: frozenset[str]
    about: frozenset[str]
    beside: frozenset[str]
    countries: frozenset[str]
    towns: frozenset[str]
    objects: frozenset[str]
    by_sense: frozenset[str]
    any_kind: frozenset[str]
    seasons: frozenset[str]
    languages: frozenset[str]
    groups: frozenset[str]
    skills: frozenset[str]
    begins: Mapping[str, int]
    """The number of words in the longest phrase that begins with a word."""


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary, parsed on first use."""
    meaning: dict[str, str] = {}
    for line in _SAME.strip().replace("\n  ", " ").splitlines():
        name, _, words = line.partition(": ")
        for one in (name, *_entries(words)):
            meaning.setdefault(one, name)
    role: dict[str, str] = {}
    for kind, table in (
        ("teach", _TEACH), ("practice", _PRACTICE), ("talk", _TALK), ("play", _PLAY), ("job", _JOB),
        ("somebody", _SOMEBODY), ("some", _CONTAINERS),
    ):  # fmt: skip
        for one in _entries(table):
            role.setdefault(one, kind)
    player = dict(pair.split(": ") for pair in _entries(_PLAYERS))
    begins = {one.split()[0]: one.count(" ") + 1 for one in sorted((*meaning, *role), key=lambda one: one.count(" "))}
    return Vocabulary(
        meaning, frozenset(meaning.values()), role, player, _set(_GENERIC), _set(_ABOUT), _set(_BESIDE),
        _set(COUNTRIES), _set(TOWNS), _set(_OBJECTS), _set(_BY_SENSE), _set(_ANY_KIND), _set(_SEASONS),
        _set(_LANGUAGES), _set(_GROUPS), _set(_SKILLS), begins,
    )  # fmt: skip


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _entries(table: str) -> list[str]:
    return [" ".join(one.split()) for one in table.replace("\n", " ").split(",") if one.strip()]
