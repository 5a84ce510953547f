"""Drafts of every purpose, tone and language, for needs of every kind, with and without what may be missing."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.drafting.draft import Addressee, Matter, Sender, draft, subject_of
from planner.core.drafting.phrases import ENGLISH, PHRASES, day_words
from planner.core.drafting.purposes import Purpose, Tone, checked_language, checked_tone, hardly_known
from planner.errors import Refused
from planner.templates import LANGUAGES, TemplateName, find_template
from tests.cases import case

TODAY = date(2026, 11, 23)
NEEDS = (
    "a flat in Lyon", "A job at Nordlys Energy", "flat in Lyon", "move to Oslo", "to find a flat",
    "I want to move to Oslo", "I need a flat. Soon!", "looking for a roofer", "somebody at SNCF", "moving to Oslo",
    "which school is good?", "eine Wohnung in Lyon", "nach Oslo ziehen", "ein Dachdecker", "un appartement à Lyon",
    "déménager à Oslo", "un piso en Lyon", "mudarme a Oslo", "Rust developer", "help with the move", "etc.",
    "to find …", "{name} [x]", "",
)  # fmt: skip
FULL = Matter(
    why="to move north", by=date(2027, 2, 28), who="estate agents", outcome="found one by the river.",
    asked_on=date(2026, 11, 12), helped=True, thanks_owed=True, news_follow=True, request="a reference for the grant",
    offer="one page of it.", day=date(2026, 12, 1), target="Maude Ferrand", target_company="SNCF", through="Mum",
    other="Nora Quist", other_about="Reviewer, City of Lyon", one_about="Product lead, Port of Lyon",
)  # fmt: skip
BARE = Matter(other="Nora Quist")
BEN = Addressee(name="Ben Okri", company="Port of Lyon", offers="flats in Lyon", last_contact=date(2026, 3, 3))
NOBODY = Addressee()
ADA = Sender(name="Ada Moe", about="I plan night trains")
WRONG = {
    "a hole": re.compile(r"  | [,.](?!\.)|\( | \)|\{\}|:\s*(?:\n\n|$)(?<!^)", re.MULTILINE),
    "a doubled mark": re.compile(r"[.?!…]\.|\.\?|,,|::|,\."),
    "an empty line too many": re.compile(r"\n\n\n|^\n|\n$"),
    "a line that begins with a mark": re.compile(r"^[.,;:]", re.MULTILINE),
    "looking for a sentence": re.compile(
        r"looking for:? (?:I|We|to|move|find|which|looking|my)\b|suche:? ich|cherche :? je"
    ),
    "a placeholder left": re.compile(r"\{(?!name\})|\[(?!x\])"),
}  # fmt: skip


def written(
    purpose: Purpose, what: str, about: Matter, person: Addressee, writer: Sender, language: str, tone: Tone
) -> str:
    from dataclasses import replace

    template = find_template(TemplateName(purpose, tone, language), None)
    assert (template.name.language, template.name.tone) == (language, tone)
    about = replace(about, what=what)
    return draft(template.text, person, about, writer, language=language, tone=tone, today=TODAY)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_draft_has_a_hole(language: str) -> None:
    read = 0
    for purpose in Purpose:
        for tone in Tone:
            for what in NEEDS:
                for about, person, writer in (
                    (FULL, BEN, ADA), (BARE, BEN, Sender()), (FULL, NOBODY, Sender()), (BARE, NOBODY, ADA),
                ):  # fmt: skip
                    if what == "" and purpose in (Purpose.ANNOUNCE, Purpose.POST):
                        continue
                    if person is NOBODY and purpose is Purpose.INTRODUCE:
                        continue
                    text = written(purpose, what, about, person, writer, language, tone)
                    read += 1
                    with case(f"{purpose} {tone} {language} {what!r}: {text}"):
                        assert text
                        greeting = text.split("\n", 1)[0]
                        for wrong, pattern in WRONG.items():
                            body = text[len(greeting) :] if wrong == "a hole" else text
                            assert not pattern.search(body), wrong
    assert read > 3000


# Language, tone, what is looked for, the sentence
LOOKING = [
    ("en", "a flat in Lyon", "I am looking for a flat in Lyon."),
    ("en", "flat in Lyon", "I am looking for: flat in Lyon."),
    ("en", "move to Oslo", "I would like to move to Oslo."),
    ("en", "to find a flat", "I would like to find a flat."),
    ("en", "I want to move to Oslo", "I want to move to Oslo."),
    ("en", "moving to Oslo", "It is about moving to Oslo."),
    ("en", "which school is good?", "My question: which school is good?"),
    ("en", "eine Wohnung in Lyon", "I am looking for: eine Wohnung in Lyon."),
    ("de", "eine Wohnung in Lyon", "Ich suche eine Wohnung in Lyon."),
    ("de", "ein Dachdecker", "Ich suche: ein Dachdecker."),
    ("de", "nach Oslo ziehen", "Ich möchte nach Oslo ziehen."),
    ("de", "move to Oslo", "Was ich vorhabe: move to Oslo."),
    ("fr", "un appartement à Lyon", "Je cherche un appartement à Lyon."),
    ("fr", "déménager à Oslo", "J’aimerais déménager à Oslo."),
    ("fr", "a flat in Lyon", "Je cherche : a flat in Lyon."),
    ("es", "un piso en Lyon", "Busco un piso en Lyon."),
    ("es", "mudarme a Oslo", "Me gustaría mudarme a Oslo."),
    ("es", "qué escuela es buena", "Mi pregunta: ¿qué escuela es buena?"),
]


@pytest.mark.parametrize(("language", "what", "sentence"), LOOKING)
def test_what_is_looked_for_reads_well(language: str, what: str, sentence: str) -> None:
    text = written(Purpose.POST, what, BARE, NOBODY, Sender(), language, Tone.FRIENDLY)
    assert text.splitlines()[0] == sentence


def test_a_need_of_another_is_told_as_theirs() -> None:
    from dataclasses import replace

    for what, sentence in (
        ("a roofer", "Ben Okri is looking for a roofer."),
        ("move to Oslo", "Ben Okri would like to move to Oslo."),
        ("I want to move", "Ben Okri says: “I want to move.”"),
    ):
        about = replace(BARE, whose="Ben Okri")
        assert written(Purpose.POST, what, about, NOBODY, Sender(), "en", Tone.FRIENDLY).startswith(sentence)


def test_an_ask_is_a_question_where_its_words_allow_it() -> None:
    from dataclasses import replace

    about = replace(BARE, is_need=False)
    for what, sentence in (
        ("a reference for the grant", "May I ask you for a reference for the grant?"),
        ("introduce me to Leo Hart", "Could you introduce me to Leo Hart?"),
        ("somebody at SNCF", "Do you know somebody at SNCF?"),
        ("Port of Lyon", "I would like to ask you this: Port of Lyon."),
        ("", "I would like to ask you something."),
    ):
        assert sentence in written(Purpose.ASK, what, about, BEN, Sender(), "en", Tone.FRIENDLY)
    kind = replace(about, kind="reference")
    assert "Darf ich Sie um eine Referenz bitten?" in written(Purpose.ASK, "", kind, BEN, ADA, "de", Tone.FORMAL)


def test_a_question_one_has_is_said_so() -> None:
    for language, what, words in (
        ("en", "a question about rolling stock", "I have a question about rolling stock."),
        ("de", "eine Frage zu Nachtzügen", "Ich habe eine Frage zu Nachtzügen."),
        ("fr", "une question sur les trains", "J’ai une question sur les trains."),
        ("es", "una pregunta sobre trenes", "Tengo una pregunta sobre trenes."),
    ):
        about = Matter(is_need=False, target="Maude Ferrand")
        assert words in written(Purpose.THROUGH, what, about, BEN, Sender(), language, Tone.FORMAL)


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=40)


@given(
    st.sampled_from(tuple(Purpose)), st.sampled_from(tuple(Tone)), st.sampled_from(LANGUAGES),
    st.lists(TEXTS, min_size=12, max_size=12), st.booleans(), st.booleans(),
)  # fmt: skip
def test_any_facts_make_a_message(
    purpose: Purpose, tone: Tone, language: str, texts: list[str], is_need: bool, helped: bool
) -> None:
    what, why, who, whose, outcome, request, offer, target, company, through, other, name = texts
    about = Matter(
        is_need=is_need, why=why, who=who, whose=whose, outcome=outcome, request=request, offer=offer, target=target,
        target_company=company, through=through, other=other, helped=helped, thanks_owed=helped,
    )  # fmt: skip
    text = written(purpose, what, about, Addressee(name=name), Sender(name=name, about=why), language, tone)
    assert text
    assert text == text.strip()
    assert "\n\n\n" not in text
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


def test_a_whole_announcement_in_four_languages() -> None:
    found = {
        code: written(Purpose.ANNOUNCE, "a flat in Lyon", FULL, NOBODY, ADA, code, Tone.FORMAL) for code in LANGUAGES
    }
    assert found["en"] == (
        "Hello,\n\n"
        "I am looking for a flat in Lyon. The reason: to move north. The latest day for it is 28 February 2027.\n"
        "Do you know somebody I should talk to? Who might know: estate agents.\n\n"
        "Kind regards,\nAda Moe"
    )
    assert "Kennen Sie jemanden" in found["de"]
    assert "28. Februar 2027" in found["de"]
    assert "Connaissez-vous" in found["fr"]
    assert "le 28 février 2027" in found["fr"]
    assert "¿Conoce a alguien" in found["es"]
    assert "28 de febrero de 2027" in found["es"]


def test_a_day_that_is_past_is_not_asked_for() -> None:
    from dataclasses import replace

    late = replace(FULL, by=date(2026, 11, 22))
    assert "latest day" not in written(Purpose.ANNOUNCE, "a flat", late, BEN, ADA, "en", Tone.FRIENDLY)


def test_who_offers_it_is_asked_for_help() -> None:
    text = written(Purpose.ANNOUNCE, "a flat in Lyon", BARE, BEN, Sender(), "en", Tone.FRIENDLY)
    assert "Could you help me with it" in text


def test_formal_and_friendly_address_people_as_they_should() -> None:
    you = {"de": (r"\b(?:du|dich|dir|dein|deine)\b", r"\b(?:Sie|Ihnen|Ihre)\b"),
           "fr": (r"\b(?:tu|te|toi|ton|dis-le|t’)\b", r"\b(?:vous|votre|dites-le)\b"),
           "es": (r"\b(?:tú|te|ti|tu|dímelo|escribidme)\b", r"\b(?:usted|le|su|dígamelo|les)\b")}  # fmt: skip
    for language, (friendly, formal) in you.items():
        for purpose in Purpose:
            if purpose in (Purpose.INTRODUCE, Purpose.POST, Purpose.OFFER_INTRODUCTION):
                continue
            text = written(purpose, "SNCF", FULL, BEN, ADA, language, Tone.FORMAL)
            with case(f"{language} {purpose}: {text}"):
                assert not re.search(friendly, text.replace("vous", ""))
            text = written(purpose, "SNCF", FULL, BEN, ADA, language, Tone.FRIENDLY)
            with case(f"{language} {purpose}: {text}"):
                if purpose is Purpose.ANSWER_INTRODUCE and language == "fr":
                    continue
                assert not re.search(formal, text)


def test_every_language_says_everything() -> None:
    for language in LANGUAGES:
        for tone in Tone:
            said = PHRASES[language][tone]
            left = ENGLISH.keys() - said.keys()
            # Only English has a form of the verb for what one is about.
            assert left <= {one for one in ENGLISH if one.endswith("_doing")}
            for name, phrase in said.items():
                names = set(re.findall(r"\{(\w+)\}", phrase))
                assert names == set(re.findall(r"\{(\w+)\}", ENGLISH[name])), (language, name)


def test_days_as_letters_write_them() -> None:
    day = date(2027, 3, 1)
    assert [day_words(day, code) for code in LANGUAGES] == [
        "1 March 2027", "1. März 2027", "1er mars 2027", "1 de marzo de 2027",
    ]  # fmt: skip


def test_a_mail_has_a_subject_on_one_line() -> None:
    assert subject_of(Purpose.ANNOUNCE, Matter(what="a flat in Lyon.")) == "a flat in Lyon"
    assert subject_of(Purpose.ANSWER_LATER, Matter(what="x", request="a reference")) == "a reference"
    assert subject_of(Purpose.ANNOUNCE, Matter()) == ""


def test_codes_of_languages() -> None:
    for typed, code in (("DE", "de"), ("pt_br", "pt-BR"), ("zh-hant-tw", "zh-Hant-TW"), ("", ""), (" fr ", "fr")):
        assert checked_language(typed) == code
    for typed in ("german", "d", "de-", "de--at", "12", "de at", "\x1b[m", "../x", "ｄｅ"):
        with pytest.raises(Refused, match="not the code of a language"):
            checked_language(typed)
    assert checked_tone("Formal") == "formal"
    with pytest.raises(Refused, match="not a tone"):
        checked_tone("rude")


def test_who_is_hardly_known() -> None:
    assert hardly_known(0, 0)
    assert hardly_known(2, 0)
    assert not hardly_known(3, 0)
    assert not hardly_known(1, 1)
