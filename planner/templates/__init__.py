"""The templates of words to send: the built-in ones, and the user's own, one file each.

A template has a name such as "announce.friendly.en": purpose, tone and language. The user's own are in one folder as
`announce.friendly.en.txt` and take precedence over the built-in ones, which are here by language and tone.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from planner.core.drafting.filling import LONGEST, check_template
from planner.core.drafting.purposes import Purpose, Tone, checked_language
from planner.core.records import record
from planner.core.words.folding import clean
from planner.errors import Refused

HERE = Path(__file__).parent
LANGUAGES = ("en", "de", "fr", "es")
"""The languages of the built-in templates."""
ENDING = ".txt"
_LARGEST = 4 * LONGEST
_OWN = re.compile(r"([a-z-]+)\.([a-z]+)\.([A-Za-z0-9-]+)\.txt")


@record(frozen=True, slots=True)
class TemplateName:
    """The purpose, tone and language of a template."""

    purpose: Purpose
    tone: Tone
    language: str

    def __str__(self) -> str:
        return f"{self.purpose}.{self.tone}.{self.language}"


@record(frozen=True, slots=True)
class Template:
    """A template, `own` if it is the user's own file. `problem` says why it cannot be used, empty for a good one."""

    name: TemplateName
    text: str
    own: bool = False
    problem: str = ""


def read_name(text: str, language: str = "en", tone: str = Tone.FRIENDLY) -> TemplateName:
    """The template name in "announce", "announce.formal" or "announce.formal.de".

    `tone` and `language` replace missing parts. Raises Refused for an unknown purpose, tone or language code.
    """
    purpose, *rest = text.strip().split(".")
    if purpose not in tuple(Purpose):
        shown = clean(purpose, visible=True)[:40]
        raise Refused(f"There is no template “{shown}”", f"There are {', '.join(Purpose)}")
    tones = [one for one in rest if one in tuple(Tone)]
    languages = [one for one in rest if one not in tuple(Tone)]
    if len(tones) > 1 or len(languages) > 1:
        shown = clean(text.strip(), visible=True)[:60]
        raise Refused(f"“{shown}” names no template", "Write it as purpose.tone.language: announce.friendly.en")
    code = checked_language(languages[0]) if languages else language
    return TemplateName(Purpose(purpose), Tone((tones or [tone])[0]), code or language)


def find_template(name: TemplateName, folder: Path | None, otherwise: str = "en") -> Template:
    """The nearest template for a purpose.

    The user's own in `folder` take precedence over built-in ones. If a language has none, the language without its
    region, then `otherwise`, then English; within a language the other tone. Raises Refused for a template of the
    user's own that cannot be read or has an unknown placeholder.
    """
    for language in dict.fromkeys(
        (name.language, name.language.split("-")[0], otherwise, otherwise.split("-")[0], "en")
    ):
        for tone in (name.tone, *(one for one in Tone if one is not name.tone)):
            wanted = TemplateName(name.purpose, tone, language)
            found = _own(wanted, folder) or _built_in(wanted)
            if found is not None:
                if found.problem:
                    raise Refused(found.problem, f"Correct it: planner template edit {wanted}")
                return found
    raise AssertionError(f"no template for {name.purpose}")


def exact_template(name: TemplateName, folder: Path | None) -> Template | None:
    """The template with exactly this name, the user's own first; `problem` has its problem."""
    return _own(name, folder) or _built_in(name)


def all_templates(folder: Path | None) -> tuple[Template, ...]:
    """Every template, by purpose, language and tone; the user's own in place of the built-in one with that name."""
    found: dict[TemplateName, Template] = {}
    for language in LANGUAGES:
        for tone in Tone:
            for purpose in Purpose:
                one = _built_in(TemplateName(purpose, tone, language))
                if one is not None:
                    found[one.name] = one
    for name in _own_names(folder):
        one = _own(name, folder)
        if one is not None:
            found[name] = one
    places = {purpose: place for place, purpose in enumerate(Purpose)}
    return tuple(sorted(found.values(), key=lambda one: (places[one.name.purpose], one.name.language, one.name.tone)))


def strangers(folder: Path | None) -> tuple[str, ...]:
    """The files in the user's own folder whose names are no template names."""
    known = {f"{name}{ENDING}" for name in _own_names(folder)}
    return tuple(file for file in _files(folder) if file.endswith(ENDING) and file not in known)


def own_file(name: TemplateName, folder: Path) -> Path:
    """The path of the user's own template with a name."""
    return folder / f"{name}{ENDING}"


def start_own(name: TemplateName, folder: Path, text: str) -> Path:
    """Create the user's own template from a text, private, unless it exists already; return its file.

    Raises Refused if it cannot be written.
    """
    file = own_file(name, folder)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file
    except OSError as error:
        raise Refused(f"The template {name} cannot be written: {error.strerror}", "Check the folder") from None
    with os.fdopen(descriptor, "w", encoding="utf-8") as written:
        written.write(text)
    return file


def _files(folder: Path | None) -> list[str]:
    try:
        return sorted(os.listdir(folder)) if folder is not None else []
    except OSError:
        return []


def _own_names(folder: Path | None) -> Iterator[TemplateName]:
    for file in _files(folder):
        match = _OWN.fullmatch(file)
        if match is None or match[1] not in tuple(Purpose) or match[2] not in tuple(Tone):
            continue
        try:
            code = checked_language(match[3])
        except Refused:
            continue
        if code == match[3]:
            yield TemplateName(Purpose(match[1]), Tone(match[2]), code)


def _built_in(name: TemplateName) -> Template | None:
    if name.language not in LANGUAGES:
        return None
    file = HERE / name.language / name.tone / f"{name.purpose}{ENDING}"
    try:
        return Template(name, file.read_text("utf-8"))
    except FileNotFoundError:
        return None


def _own(name: TemplateName, folder: Path | None) -> Template | None:
    """The user's own template with a name, None if there is none; `problem` has its problem."""
    if folder is None:
        return None
    try:
        text = _read(own_file(name, folder))
    except FileNotFoundError:
        return None
    except OSError as error:
        return Template(name, "", True, f"The template {name} cannot be read: {error.strerror or 'not a file'}")
    except UnicodeDecodeError:
        return Template(name, "", True, f"The template {name} is not UTF-8 text")
    try:
        check_template(text, str(name))
    except Refused as problem:
        return Template(name, text, True, problem.message)
    return Template(name, text, True)


def _read(file: Path) -> str:
    """The text of a small regular file, without characters that act on a terminal."""
    # Without waiting: a pipe in its place would never answer.
    descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK | getattr(os, "O_CLOEXEC", 0))
    with os.fdopen(descriptor, "rb") as opened:
        if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
            raise OSError("not a file")
        content = opened.read(_LARGEST + 1)
    return "\n".join(clean(line) for line in content.decode("utf-8-sig").splitlines())
