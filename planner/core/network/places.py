"""Countries, regions and towns that matching knows by name, folded; others are recognised by the preceding word."""

from __future__ import annotations

COUNTRIES = """
europe germany deutschland france england scotland wales britain uk ireland spain espana italy italia portugal austria
osterreich switzerland schweiz suisse netherlands belgium belgique denmark norway sweden finland iceland poland czechia
slovakia hungary romania bulgaria greece turkey ukraine russia croatia slovenia serbia estonia latvia lithuania america
usa canada mexico brazil argentina chile peru colombia africa morocco egypt kenya nigeria ghana asia india china japan
korea vietnam thailand indonesia singapore australia zealand bavaria bayern provence normandy brittany tuscany catalonia
andalusia
"""
TOWNS = """
london paris berlin madrid rome roma milan milano vienna wien zurich geneva geneve munich munchen hamburg cologne koln
frankfurt stuttgart leipzig dresden graz salzburg basel bern lyon marseille nantes toulouse bordeaux lille strasbourg
nice rennes lisbon lisboa porto barcelona seville sevilla valencia malaga bilbao turin torino naples napoli venice
florence bologna genoa brussels bruxelles ghent antwerp bruges amsterdam rotterdam utrecht hague copenhagen aarhus oslo
bergen trondheim stockholm gothenburg malmo helsinki turku tampere warsaw krakow gdansk wroclaw prague brno budapest
bucharest sofia athens istanbul ankara kyiv lviv moscow dublin cork galway belfast edinburgh glasgow manchester
liverpool leeds sheffield bristol bath cardiff swansea brighton oxford cambridge york birmingham nottingham newcastle
boston chicago seattle austin denver toronto montreal vancouver sydney melbourne auckland tokyo osaka kyoto seoul
beijing shanghai mumbai delhi pune bangalore lagos accra nairobi cairo
"""
