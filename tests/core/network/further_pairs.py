"""Further pairs of a wish and an offer, of trades and towns that stand in no other list, labelled before measuring.

The form is that of `labelled_pairs`. `further_pairs` were there before the rules were last changed; no rule was tried
on `last_pairs`, which measure how the rules do on words nobody had in mind.
"""

from __future__ import annotations

from tests.core.network.labelled_pairs import pairs_in

_FURTHER = """
# Trades of the house and the yard
+ a chimney sweep before the frost | chimney sweeping, Tromsø and the islands
+ a glazier for a broken window | glazing, shop windows and greenhouses
+ a farrier for two mares | shoes horses, travels around Kaunas
+ somebody who tiles bathrooms | tiler, bathrooms and kitchens
+ a plasterer for an old ceiling | plastering and stucco
+ a scaffolder for two weeks | scaffolding, put up and taken down
+ someone to install a heat pump | installs heat pumps
+ solar panels for a barn roof | fits solar panels
+ an arborist for a sick oak | tree care and felling
+ a well driller in Extremadura | drills wells
- a glazier for a broken window | glazed doughnuts
- a farrier | a ferry pass for the summer
- somebody who tiles bathrooms | file sharing
- solar panels for a barn roof | sits on panels about film
- a plasterer | sticking plasters and a first-aid kit
- a heat pump | a bicycle pump
- a well driller | well-read and happy to talk
- a chimney sweep | no longer sweeps chimneys, paints now

# What people know and do with words, numbers and pictures
+ an actuary for a pension fund | actuarial work, pensions
+ a cartographer for a trail map | makes maps of trails
+ a subtitler from Korean | subtitles films, Korean to English
+ a voice actor for a museum guide | voice acting and dubbing
+ an archivist for a choir's papers | archives, letters and photographs
+ a surveyor for a boundary | land surveying in Bendigo
+ somebody to index a book | indexes books
+ a drone pilot for roof pictures | flies drones, aerial photographs
+ a hydrologist who knows the Dnipro | hydrology of large rivers
+ an energy audit for a school | energy audits of public buildings
- an actuary | actual coffee from Huehuetenango
- a cartographer for a trail map | carts and barrows
- a voice actor | a voice recorder to lend
- an archivist | an archery course
- a surveyor for a boundary | surveys about shopping
- somebody to index a book | an index finger splint
- a drone pilot | a pilot light that works
- an energy audit | an energy drink stall

# Food, drink and animals
+ a sommelier for one evening | sommelier, wines of Moldova
+ a barista for a stall | barista at fairs
+ a cheesemaker to learn from | makes cheese, shows others how
+ a place for a falcon to recover | looks after injured birds of prey
+ a shepherd for the summer pastures | shepherds sheep from May to September
+ sourdough starter | gives away sourdough starter
+ a brewer for a small run of stout | brews beer in Plovdiv
- a sommelier for one evening | evenings free
- a cheesemaker | cheese knives
- a shepherd | shepherd's pie for forty
- sourdough starter | a starter motor
- a place for a falcon | a place at the table
- a brewer | coffee brewed by the cup

# Body and mind
+ a speech therapist for a boy who stammers | speech therapy, children
+ an optician who does home visits | optician, visits at home
+ a podiatrist in Valparaíso | podiatry, Valparaíso
+ a lifeguard for the lido | trained lifeguard, free at weekends
+ acupuncture for a stiff neck | acupuncturist
+ somebody to lead a meditation | leads meditations
- a speech therapist | writes speeches
- an optician | optional extras for a van
- a lifeguard | life drawing on Mondays
- acupuncture | puncture repair
- somebody to lead a meditation | lead pipes taken out

# Said with a no, or of what has been
+ a juggler for a street fair | juggling and stilts
+ a saddler | repairs saddles
+ not a car but a cargo bike | a cargo bike for weekends
- a juggler for a street fair | used to juggle, not any more
- a choir conductor | conducted choirs once, has stopped
- a Bulgarian teacher | does not teach Bulgarian, only Russian
- not a dog but a cat | a dog that needs a home
- an aquarium | no aquarium any more, gave it away
- a loom | looking for a loom too
- a job at the lido | lost her job at the lido
"""

_LAST = """
# Seen by no rule
+ a bookbinder for a thesis | binds books
+ a milliner for a play | makes hats for the stage
+ a crane operator in Halifax | operates cranes
+ someone to sharpen chisels | sharpens knives and tools
+ a falconer for a fair | falconry shows
+ an auctioneer for a charity night | auctions for charities
+ a sign language interpreter | interprets British Sign Language
+ a geologist for a field day | geology walks
+ a campervan for Easter | rents out a campervan
+ a perfumer to talk to | perfumery
+ a stall at the harbour market | lets market stalls
+ a beginner's telescope | a telescope to lend
+ a lamp maker | makes lamps from driftwood
+ an osteopath | osteopathy for riders
+ a ski instructor | teaches skiing
+ a stage manager | stage management
+ a fencing teacher | fencing lessons, foil
+ a toy library | runs a toy library
+ a cider press | lends a cider press
+ a kayak for two | kayaks for hire
+ a mushroom guide | guides mushroom walks
+ a Latvian speaker | speaks Latvian
- a milliner for a play | a play about millers
- a crane operator | crane watching in October
- someone to sharpen chisels | sharp cheddar
- an auctioneer | an action camera
- a geologist | a geography textbook
- a campervan for Easter | Easter eggs
- a perfumer | a bottle of perfume
- a stall at the market | market research
- a telescope | telescopic ladders
- an osteopath | a path through the wood
- a ski instructor | ski boots, size 42
- a stage manager | used to be a stage manager
- a fencing teacher | garden fencing
- a toy library | a toy poodle
- a cider press | a press pass
- a kayak | no kayaks, only canoes
- a mushroom guide | mushroom soup
- a Latvian speaker | a loudspeaker from Latvia
"""


def further_pairs() -> tuple[tuple[bool, str, str], ...]:
    """(match or not, what is looked for, what is offered) of each pair, in their order."""
    return pairs_in(_FURTHER)


def last_pairs() -> tuple[tuple[bool, str, str], ...]:
    """The same of the pairs that no rule was tried on."""
    return pairs_in(_LAST)
