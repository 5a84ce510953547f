"""The words by which `wishes` recognises kinds of wishes, in English, German, French and Spanish. Data."""

from __future__ import annotations

from collections.abc import Mapping


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TELLING: Mapping[str, frozenset[str]] = {
    "en": _words("a an and at by for from i is my near of on or some somebody someone the to we who with"),
    "de": _words(
        "am auf bei das der die ein eine einem einen einer für ich im jemand jemanden mein meine mit nach suche "
        "und vom von wer wir zu zum zur über"
    ),
    "fr": _words(
        "au aux avec cherche chez dans des du et je la le les ma mes mon nous pour quelqu'un qui sur un une à"
    ),
    "es": _words("al alguien busco con del el en las los mi mis necesito para por que quiero un una unas unos y yo"),
}
"""Words that reveal a language."""
THINGS: Mapping[str, frozenset[str]] = {
    "en": _words("a advice an another any five four help several six some the three two work"),
    "de": _words("arbeit das deine die drei eine einen etwas fünf hilfe ihre mehrere rat vier zwei"),
    "fr": _words("cinq des deux du la le les plusieurs quatre trois un une"),
    "es": _words("ayuda cinco consejo cuatro dos el la las los trabajo tres un una unas unos varias varios"),
}
"""First words of a thing that fits as the object of a sentence as it stands."""
PEOPLE: Mapping[str, frozenset[str]] = {
    "en": _words("anybody anyone people somebody someone"),
    "de": _words("jemanden leute menschen"),
    "fr": _words("quelqu'un"),
    "es": _words(""),
}
"""First words of a description of people to look for."""
SUBJECTS: Mapping[str, frozenset[str]] = {
    "en": _words("he i i'd i'll i'm i've it she there they we we'd we're we've you"),
    "de": _words("er es ich man sie wir"),
    "fr": _words("elle elles il ils j'ai j'aimerais j'espère je nous on"),
    "es": _words("estoy necesitamos necesito nosotras nosotros queremos quiero quisiera quisiéramos tenemos tengo yo"),
}
"""First words of sentences."""
ASKING: Mapping[str, frozenset[str]] = {
    "en": _words("how what when where whether which who whom why"),
    "de": _words("ob wann warum was welche welcher welches wem wen wer wie wo wohin"),
    "fr": _words("combien comment où pourquoi quand que quel quelle quelles quels qui"),
    "es": _words("cuál cuáles cuándo cuánto cómo dónde quien quién qué"),
}
"""First words of questions."""
ACTIONS: Mapping[str, frozenset[str]] = {
    "en": _words(
        "adopt apply ask become borrow bring build buy check choose collect connect cook create discuss earn "
        "explain export finance find finish forward get give go grow hear hire improve introduce invite join know "
        "learn leave lend live look make meet move open organise organize pass play practice practise promote "
        "publish put raise reach read recommend repair review save see sell send settle share show solve speak "
        "stay talk teach tell translate try understand use write"
    ),
    "de": _words(
        "anfangen ansehen arbeiten bauen bekommen durchsehen empfehlen erfahren eröffnen finden fragen geben "
        "gehen gründen helfen kaufen kennenlernen leben leihen lernen lesen machen mieten organisieren prüfen "
        "reden reisen reparieren schreiben sprechen studieren suchen treffen umziehen verkaufen vermieten "
        "verstehen veröffentlichen vorstellen wechseln weiterleiten werden wissen wohnen zeigen ziehen übersetzen"
    ),
    "fr": _words(
        "acheter aider apprendre changer comprendre connaître construire contacter créer devenir donner déménager "
        "faire habiter lire louer montrer obtenir organiser ouvrir parler partir présenter prêter publier "
        "recommander rejoindre relire rencontrer réparer savoir traduire transmettre travailler trouver vendre "
        "vivre voyager écrire étudier"
    ),
    "es": _words(
        "abrir alquilar aprender ayudar cambiar comprar conocer conseguir construir contactar crear dar darme "
        "encontrar entender enviar escribir estudiar hablar hacer leer mostrar mudarme mudarnos mudarse obtener "
        "organizar pasar presentar presentarme prestar publicar recomendar recomendarme reparar saber trabajar "
        "traducir vender viajar vivir"
    ),
}
"""Words of an action: its first word, in German its last."""
OWNERS = _words("her his ma mein meine mes mi mis mon my nos notre nuestra nuestro our their unser unsere")
"""Possessives: first words of people who belong to somebody."""
EITHER = _words("call change help loan plan print rent run start study support travel visit walk work")
"""English words that are an action only before a word of `AFTER_ACTIONS`; otherwise a thing."""
AFTER_ACTIONS = _words("a abroad an back careers home into jobs me my our out the to us")
