"""Short notes for the invented talks of people without a full story, by circle and by season."""

from __future__ import annotations

FROM_AFAR = frozenset({"call", "mail", "message", "letter", "video"})
"""The channels to a person who lives elsewhere."""

BY_CIRCLE: dict[str, str] = {
    "work": """
coffee: thinking of a four-day week
call: budget is frozen until spring
mail: sent the minutes and a kind word
coffee: new desk by the window
video: the migration went through on a Sunday
meeting: agreed on one page instead of forty
coffee: daughter starts school
mail: asked for the slides, got them the same day
call: back from the dentist, no talking
meal: hates the new canteen, loves the soup
video: cat on the keyboard twice
coffee: learning Portuguese on the train
call: the audit is over at last
event: walked home together from the fair
mail: forwarded the article about quay walls
coffee: wants to write more, meet less
call: bought a bicycle after all
meeting: good question at the very end
video: moved to the new office, boxes everywhere
mail: thanked for the introduction
coffee: runs the half marathon in spring
call: the new boss listens
meal: knows a place with eleven kinds of dumplings
coffee: training two apprentices now
mail: sent the old harbour map, scanned
call: on the train, three tunnels
video: showed the prototype, it beeps
coffee: mother moved into the flat below
meeting: shook hands on the data agreement
call: cannot stand the word synergy
mail: congratulated on the tenth year there
coffee: plans a sabbatical, tells nobody yet
event: sat next to each other by chance
call: broke an ankle on the office stairs
video: has become the person for cranes
meal: vegetarian since summer
mail: wrote about the strike, calm and clear
coffee: reads our newsletter to the end
call: third interview next week, fingers crossed
meeting: finished early, stayed for tea
""",
    "climbing": """
event: fell off the green one, laughed
event: new hall, smells of rubber
message: lost a shoe, found a better one
event: first lead, shaking and proud
coffee: tape on every finger
event: weekend at the crag, one tent, four snorers
message: looks for a partner on Tuesdays
event: brought the whole family along
call: elbow again, resting
event: taught my niece the figure eight
message: sent the topo of the south wall
event: cooked for nine on one stove
coffee: wants to try ice this winter
event: rained off, cards in the van
message: sold the old rope to a farmer
event: the roof at last
call: car share for the long weekend
event: carried the crash pad across the river
coffee: cut back to twice a week, happier
event: set a route and named it after the dog
message: photo from the top, thumb in it
event: held the rope for two hours
""",
    "choir": """
event: sang the descant, nobody fainted
coffee: hoarse but cheerful
message: has the spare scores
event: turned pages in the right place
call: misses Thursday, a cold
event: the church was freezing, the sound was not
coffee: first grandchild on the way
message: asked for the middle part of the Gloria
event: shared an umbrella to the tram
call: dress rehearsal moved to six
event: bass section outnumbered, unbowed
coffee: used to play the oboe
message: recorded the alto line for me
event: forgot the folder, knew it all by heart
call: knows a hall we could rent
event: cake after the rehearsal, two kinds
coffee: wants to sing something from home
message: thanked for the lift
event: cried a little in the slow movement
call: can host the visiting choir
event: late train, sang the last page
coffee: practises in the car park
message: the programme has a typo, a funny one
event: stood in for the soloist
call: new glasses, sees the director now
""",
    "neighbours": """
visit: fed the cat for a week
message: parcel is with them
visit: brought back the ladder
coffee: the lift is broken again
visit: tasted the quince jelly
message: party on Saturday, we are warned and invited
coffee: the courtyard will get a tree
visit: fixed the bell
message: found our glove on the stairs
coffee: the landlord answered at last
visit: looked at the damp wall together
message: lent the long table
visit: son plays drums, they apologise
coffee: wants to plant beans in the yard
message: swapped bin days
visit: soup on the landing
coffee: came here forty years ago for a summer
""",
    "alumni": """
mail: moved again, third city in two years
call: laughs the same way
mail: wrote about the reunion, will come
video: shows the garden, every single pot
letter: postcard with a lighthouse
mail: asked after everyone, by name
call: changed sides: teaches now
message: found the photo of the rooftop
mail: twins, both well
call: quit, sleeps again
video: remembers the broken heating in room nine
mail: sends the choir recording from then
letter: a clipping, no comment, three exclamation marks
call: passing through in spring, wants to stay over
mail: the book is out, small print run
message: happy with little
video: speaks four languages in one call
mail: asked for a recipe, the one with lentils
call: father died, talked for an hour
mail: new post, far north, likes the dark
message: still owes me a bicycle, says so
call: wants to sail to the islands
mail: applied, did not get it, is fine
""",
}
"""Lines of "channel: note", by circle."""

BY_SEASON: dict[int, str] = {
    0: """
message: happy new year from the top of the hill
call: snowed in and content
coffee: candles on the table, early dark
letter: a card, late as every year
visit: mulled wine in the yard
coffee: resolutions: only one, to sleep
message: the lake is frozen
""",
    1: """
coffee: first day outside
message: the swifts are back
call: hay fever, sends regards between sneezes
visit: tomato seedlings on every sill
coffee: long weekend in the hills
message: elderflower from the canal
""",
    2: """
message: swam in the river before work
coffee: too hot to think, iced tea
call: from a night train, window open
message: postcard weather, no postcard
visit: apricots, a whole crate
coffee: off to the coast for three weeks
""",
    3: """
coffee: chestnuts on the quay
message: fog until noon
call: back to work, back to the choir
visit: walnuts from the garden
coffee: new scarf, the first cold day
message: mushrooms, a basket full
""",
}
"""Lines of "channel: note", by season of the north: 0 is winter."""
