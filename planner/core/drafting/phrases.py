"""The sentences of drafts in each language and tone: {x} is the typed text, {day} a day. Pure.

No sentence claims what the planner does not know: no feelings, no reasons, and no promises except recorded ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from planner.core.dates.shown import MONTH_NAMES
from planner.core.drafting.purposes import Tone

ENGLISH = {
    "greeting": "Hello {x},",
    "greeting_nobody": "Hello,",
    "signature": "{x}",
    "looking_thing": "I am looking for {x}.",
    "looking_action": "I would like to {x}.",
    "looking_doing": "It is about {x}.",
    "looking_question": "My question: {x}?",
    "looking_foreign_action": "What I would like to do: {x}.",
    "looking_other": "I am looking for: {x}.",
    "whose_thing": "{whose} is looking for {x}.",
    "whose_action": "{whose} would like to {x}.",
    "whose_doing": "It is for {whose}, about {x}.",
    "whose_question": "A question from {whose}: {x}?",
    "whose_sentence": "{whose} says: “{x}”",
    "whose_other": "{whose} is looking for: {x}.",
    "asking_thing": "May I ask you for {x}?",
    "asking_person": "Do you know {x}?",
    "asking_action": "Could you {x}?",
    "asking_doing": "It is about {x}.",
    "asking_question": "My question: {x}?",
    "asking_other": "I would like to ask you this: {x}.",
    "asking_nothing": "I would like to ask you something.",
    "about_thing": "It is about {x}.",
    "about_other": "It is about this: {x}.",
    "about_question": "I have {x}.",
    "reason": "The reason: {x}.",
    "deadline": "The latest day for it is {day}.",
    "question": "Do you know somebody I should talk to?",
    "offered": "Could you help me with it, or tell me whom to talk to?",
    "who_knows": "Who might know: {x}.",
    "help": "Could you help me with it?",
    "thanks": "Thank you for your help.",
    "thanks_thing": "Thank you for {x}.",
    "thanks_other": "Thank you for your help with this: {x}.",
    "thanks_passed": "Thank you for passing it on: {x}.",
    "heard_helped": "You helped me with this: {x}.",
    "heard_told": "I told you about this: {x}.",
    "heard_nothing": "I would like to tell you how it went.",
    "went": "How it went: {x}.",
    "went_over": "It is settled, and I am no longer looking.",
    "news_follow": "I will tell you how it goes on.",
    "asked_me": "You asked me about this: {x}.",
    "asked_me_thing": "You asked me for {x}.",
    "somebody": "somebody who knows about this",
    "looks": "looks for {x}",
    "asked_me_nothing": "You asked me for help.",
    "last_contact": "We last spoke in {x}.",
    "somebody_at": "somebody at {x}",
    "who_knows_target": "{x}, who knows {y}",
    "month": "{month} {year}",
    "day": "{d} {month} {year}",
}
ENGLISH_FORMAL = {"greeting": "Dear {x},", "signature": "Kind regards,\n{x}"}

GERMAN = {
    "greeting": "Hallo {x},",
    "greeting_nobody": "Hallo,",
    "signature": "Viele Grüße\n{x}",
    "looking_thing": "Ich suche {x}.",
    "looking_action": "Ich möchte {x}.",
    "looking_question": "Meine Frage: {x}?",
    "looking_foreign_action": "Was ich vorhabe: {x}.",
    "looking_other": "Ich suche: {x}.",
    "whose_thing": "{whose} sucht {x}.",
    "whose_action": "{whose} möchte {x}.",
    "whose_question": "Eine Frage von {whose}: {x}?",
    "whose_sentence": "{whose} sagt: „{x}“",
    "whose_other": "{whose} sucht: {x}.",
    "asking_thing": "Darf ich dich um {x} bitten?",
    "asking_person": "Kennst du {x}?",
    "asking_action": "Könntest du {x}?",
    "asking_question": "Meine Frage: {x}?",
    "asking_other": "Ich möchte dich etwas fragen: {x}.",
    "asking_nothing": "Ich möchte dich etwas fragen.",
    "about_thing": "Es geht um {x}.",
    "about_other": "Es geht um Folgendes: {x}.",
    "about_question": "Ich habe {x}.",
    "reason": "Der Grund: {x}.",
    "deadline": "Der späteste Tag dafür ist der {day}.",
    "question": "Kennst du jemanden, mit dem ich sprechen sollte?",
    "offered": "Könntest du mir dabei helfen oder mir sagen, mit wem ich sprechen sollte?",
    "who_knows": "Wer es wissen könnte: {x}.",
    "help": "Könntest du mir dabei helfen?",
    "thanks": "Danke für deine Hilfe.",
    "thanks_thing": "Danke für {x}.",
    "thanks_other": "Danke für deine Hilfe bei Folgendem: {x}.",
    "thanks_passed": "Danke, dass du es weitergegeben hast: {x}.",
    "heard_helped": "Du hast mir dabei geholfen: {x}.",
    "heard_told": "Ich hatte dir davon erzählt: {x}.",
    "heard_nothing": "Ich möchte dir erzählen, wie es ausgegangen ist.",
    "went": "So ist es ausgegangen: {x}.",
    "went_over": "Es ist erledigt, ich suche nicht mehr.",
    "news_follow": "Ich erzähle dir, wie es weitergeht.",
    "asked_me": "Du hast mich danach gefragt: {x}.",
    "asked_me_thing": "Du hast mich um {x} gebeten.",
    "somebody": "jemandem, der sich damit auskennt",
    "looks": "sucht {x}",
    "asked_me_nothing": "Du hast mich um Hilfe gebeten.",
    "last_contact": "Zuletzt haben wir uns im {x} gesprochen.",
    "somebody_at": "jemandem bei {x}",
    "who_knows_target": "{x}, mit Kontakt zu {y}",
    "month": "{month} {year}",
    "day": "{d}. {month} {year}",
}
GERMAN_FORMAL = {
    "greeting": "Guten Tag {x},",
    "greeting_nobody": "Guten Tag,",
    "signature": "Mit freundlichen Grüßen\n{x}",
    "asking_thing": "Darf ich Sie um {x} bitten?",
    "asking_person": "Kennen Sie {x}?",
    "asking_action": "Könnten Sie {x}?",
    "asking_other": "Ich möchte Sie etwas fragen: {x}.",
    "asking_nothing": "Ich möchte Sie etwas fragen.",
    "question": "Kennen Sie jemanden, mit dem ich sprechen sollte?",
    "offered": "Könnten Sie mir dabei helfen oder mir sagen, mit wem ich sprechen sollte?",
    "help": "Könnten Sie mir dabei helfen?",
    "thanks": "Danke für Ihre Hilfe.",
    "thanks_other": "Danke für Ihre Hilfe bei Folgendem: {x}.",
    "thanks_passed": "Danke, dass Sie es weitergegeben haben: {x}.",
    "heard_helped": "Sie haben mir dabei geholfen: {x}.",
    "heard_told": "Ich hatte Ihnen davon erzählt: {x}.",
    "heard_nothing": "Ich möchte Ihnen berichten, wie es ausgegangen ist.",
    "news_follow": "Ich berichte Ihnen, wie es weitergeht.",
    "asked_me": "Sie haben mich danach gefragt: {x}.",
    "asked_me_thing": "Sie haben mich um {x} gebeten.",
    "asked_me_nothing": "Sie haben mich um Hilfe gebeten.",
}

FRENCH = {
    "greeting": "Bonjour {x},",
    "greeting_nobody": "Bonjour,",
    "signature": "{x}",
    "looking_thing": "Je cherche {x}.",
    "looking_action": "J’aimerais {x}.",
    "looking_question": "Ma question : {x} ?",
    "looking_foreign_action": "Ce que j’aimerais faire : {x}.",
    "looking_other": "Je cherche : {x}.",
    "whose_thing": "{whose} cherche {x}.",
    "whose_action": "{whose} aimerait {x}.",
    "whose_question": "Une question de {whose} : {x} ?",
    "whose_sentence": "{whose} dit : « {x} »",
    "whose_other": "{whose} cherche : {x}.",
    "asking_thing": "Puis-je te demander {x} ?",
    "asking_person": "Connais-tu {x} ?",
    "asking_action": "Pourrais-tu {x} ?",
    "asking_question": "Ma question : {x} ?",
    "asking_other": "J’aimerais te demander ceci : {x}.",
    "asking_nothing": "J’aimerais te demander quelque chose.",
    "about_thing": "Voici de quoi il s’agit : {x}.",
    "about_other": "Voici de quoi il s’agit : {x}.",
    "about_question": "J’ai {x}.",
    "reason": "La raison : {x}.",
    "deadline": "La date limite est le {day}.",
    "question": "Connais-tu quelqu’un à qui je devrais parler ?",
    "offered": "Pourrais-tu m’aider, ou me dire à qui parler ?",
    "who_knows": "Qui pourrait savoir : {x}.",
    "help": "Pourrais-tu m’aider ?",
    "thanks": "Merci pour ton aide.",
    "thanks_thing": "Merci pour {x}.",
    "thanks_other": "Merci pour ton aide à ce sujet : {x}.",
    "thanks_passed": "Merci d’en avoir parlé autour de toi : {x}.",
    "heard_helped": "J’ai eu ton aide pour ceci : {x}.",
    "heard_told": "Je t’avais parlé de ceci : {x}.",
    "heard_nothing": "J’aimerais te dire comment cela s’est terminé.",
    "went": "Voici comment cela s’est terminé : {x}.",
    "went_over": "C’est réglé, je ne cherche plus.",
    "news_follow": "Je te dirai la suite.",
    "asked_me": "Voici ce que tu m’as demandé : {x}.",
    "asked_me_thing": "Tu m’as demandé {x}.",
    "somebody": "quelqu’un qui s’y connaît",
    "looks": "cherche {x}",
    "asked_me_nothing": "Tu m’as demandé de l’aide.",
    "last_contact": "Notre dernier échange date de {x}.",
    "somebody_at": "quelqu’un chez {x}",
    "who_knows_target": "{x}, qui connaît {y}",
    "month": "{month} {year}",
    "day": "{d} {month} {year}",
}
FRENCH_FORMAL = {
    "signature": "Cordialement,\n{x}",
    "asking_thing": "Puis-je vous demander {x} ?",
    "asking_person": "Connaissez-vous {x} ?",
    "asking_action": "Pourriez-vous {x} ?",
    "asking_other": "J’aimerais vous demander ceci : {x}.",
    "asking_nothing": "J’aimerais vous demander quelque chose.",
    "question": "Connaissez-vous quelqu’un à qui je devrais parler ?",
    "offered": "Pourriez-vous m’aider, ou me dire à qui parler ?",
    "help": "Pourriez-vous m’aider ?",
    "thanks": "Merci pour votre aide.",
    "thanks_other": "Merci pour votre aide à ce sujet : {x}.",
    "thanks_passed": "Merci d’en avoir parlé autour de vous : {x}.",
    "heard_helped": "J’ai eu votre aide pour ceci : {x}.",
    "heard_told": "Je vous avais parlé de ceci : {x}.",
    "heard_nothing": "J’aimerais vous dire comment cela s’est terminé.",
    "news_follow": "Je vous dirai la suite.",
    "asked_me": "Voici ce que vous m’avez demandé : {x}.",
    "asked_me_thing": "Vous m’avez demandé {x}.",
    "asked_me_nothing": "Vous m’avez demandé de l’aide.",
}

SPANISH = {
    "greeting": "Hola, {x}:",
    "greeting_nobody": "Hola:",
    "signature": "{x}",
    "looking_thing": "Busco {x}.",
    "looking_action": "Me gustaría {x}.",
    "looking_question": "Mi pregunta: ¿{x}?",
    "looking_foreign_action": "Lo que me gustaría hacer: {x}.",
    "looking_other": "Busco: {x}.",
    "whose_thing": "{whose} busca {x}.",
    "whose_action": "A {whose} le interesa esto: {x}.",
    "whose_question": "Una pregunta de {whose}: ¿{x}?",
    "whose_sentence": "{whose} dice: «{x}»",
    "whose_other": "{whose} busca: {x}.",
    "asking_thing": "¿Puedo pedirte {x}?",
    "asking_person": "¿Conoces {x}?",
    "asking_action": "¿Podrías {x}?",
    "asking_question": "Mi pregunta: ¿{x}?",
    "asking_other": "Me gustaría pedirte esto: {x}.",
    "asking_nothing": "Me gustaría pedirte algo.",
    "about_thing": "Se trata de lo siguiente: {x}.",
    "about_other": "Se trata de lo siguiente: {x}.",
    "about_question": "Tengo {x}.",
    "reason": "El motivo: {x}.",
    "deadline": "La fecha límite es el {day}.",
    "question": "¿Conoces a alguien con quien debería hablar?",
    "offered": "¿Podrías ayudarme o decirme con quién hablar?",
    "who_knows": "Quién podría saberlo: {x}.",
    "help": "¿Podrías ayudarme?",
    "thanks": "Gracias por tu ayuda.",
    "thanks_thing": "Gracias por {x}.",
    "thanks_other": "Gracias por tu ayuda con esto: {x}.",
    "thanks_passed": "Gracias por correr la voz: {x}.",
    "heard_helped": "Me ayudaste con esto: {x}.",
    "heard_told": "Te hablé de esto: {x}.",
    "heard_nothing": "Me gustaría contarte cómo terminó.",
    "went": "Así terminó: {x}.",
    "went_over": "Está resuelto, ya no busco.",
    "news_follow": "Te contaré cómo sigue.",
    "asked_me": "Me preguntaste por esto: {x}.",
    "asked_me_thing": "Me pediste {x}.",
    "somebody": "alguien que sepa de esto",
    "looks": "busca {x}",
    "asked_me_nothing": "Me pediste ayuda.",
    "last_contact": "Hablamos por última vez en {x}.",
    "somebody_at": "alguien de {x}",
    "who_knows_target": "{x}, que conoce a {y}",
    "month": "{month} de {year}",
    "day": "{d} de {month} de {year}",
}
SPANISH_FORMAL = {
    "greeting": "Buenos días, {x}:",
    "greeting_nobody": "Buenos días:",
    "signature": "Un saludo,\n{x}",
    "asking_thing": "¿Puedo pedirle {x}?",
    "asking_person": "¿Conoce {x}?",
    "asking_action": "¿Podría {x}?",
    "asking_other": "Me gustaría pedirle esto: {x}.",
    "asking_nothing": "Me gustaría pedirle algo.",
    "question": "¿Conoce a alguien con quien debería hablar?",
    "offered": "¿Podría ayudarme o decirme con quién hablar?",
    "help": "¿Podría ayudarme?",
    "thanks": "Gracias por su ayuda.",
    "thanks_other": "Gracias por su ayuda con esto: {x}.",
    "heard_helped": "Usted me ayudó con esto: {x}.",
    "heard_told": "Le hablé de esto: {x}.",
    "heard_nothing": "Me gustaría contarle cómo terminó.",
    "news_follow": "Le contaré cómo sigue.",
    "asked_me": "Usted me preguntó por esto: {x}.",
    "asked_me_thing": "Usted me pidió {x}.",
    "asked_me_nothing": "Usted me pidió ayuda.",
}

PHRASES: Mapping[str, Mapping[Tone, Mapping[str, str]]] = {
    "en": {Tone.FRIENDLY: ENGLISH, Tone.FORMAL: ENGLISH | ENGLISH_FORMAL},
    "de": {Tone.FRIENDLY: GERMAN, Tone.FORMAL: GERMAN | GERMAN_FORMAL},
    "fr": {Tone.FRIENDLY: FRENCH, Tone.FORMAL: FRENCH | FRENCH_FORMAL},
    "es": {Tone.FRIENDLY: SPANISH, Tone.FORMAL: SPANISH | SPANISH_FORMAL},
}
"""By language, then by tone."""
KIND_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "introduction": "an introduction", "advice": "some advice", "referral": "a referral",
        "reference": "a reference", "information": "some information", "feedback": "some feedback",
        "time": "some of your time",
    },
    "de": {
        "introduction": "eine Vorstellung", "advice": "einen Rat", "referral": "eine Empfehlung",
        "reference": "eine Referenz", "information": "eine Auskunft", "feedback": "eine Rückmeldung",
        "time": "etwas Zeit",
    },
    "fr": {
        "introduction": "une mise en relation", "advice": "un conseil", "referral": "une recommandation",
        "reference": "une référence", "information": "un renseignement", "feedback": "un avis",
        "time": "un peu de temps",
    },
    "es": {
        "introduction": "una presentación", "advice": "un consejo", "referral": "una recomendación",
        "reference": "una referencia", "information": "una información", "feedback": "una opinión",
        "time": "un poco de tiempo",
    },
}  # fmt: skip
"""Words for a favor without a note, by language and kind."""
MONTHS: Mapping[str, tuple[str, ...]] = {
    "en": MONTH_NAMES,
    "de": ("Januar", "Februar", "März", "April", "Mai", "Juni",
           "Juli", "August", "September", "Oktober", "November", "Dezember"),
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin",
           "juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    "es": ("enero", "febrero", "marzo", "abril", "mayo", "junio",
           "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
}  # fmt: skip


def day_words(day: date, language: str) -> str:
    """A day as a letter writes it: "1 March 2027", "1. März 2027", "1er mars 2027", "1 de marzo de 2027"."""
    number = "1er" if language == "fr" and day.day == 1 else str(day.day)
    pattern = PHRASES[language][Tone.FRIENDLY]["day"]
    return put(pattern, d=number, month=MONTHS[language][day.month - 1], year=str(day.year))


def month_words(day: date, language: str) -> str:
    """The month of a day: "March 2027", "marzo de 2027"."""
    pattern = PHRASES[language][Tone.FRIENDLY]["month"]
    return put(pattern, month=MONTHS[language][day.month - 1], year=str(day.year))


def put(phrase: str, **words: str) -> str:
    """A phrase with its parts put in; a value is never read as a phrase."""
    pieces = phrase.split("{")
    found = [pieces[0]]
    for piece in pieces[1:]:
        name, _, rest = piece.partition("}")
        value = words[name]
        # Nothing ends twice: a question inside a phrase keeps its own mark.
        if rest.startswith(".") and value.endswith((".", "?", "!", "…")):
            rest = rest[1:]
        found += [value, rest]
    return "".join(found)
