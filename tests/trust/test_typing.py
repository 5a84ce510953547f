"""Every line one can type into, reached and typed into at any speed: no letter is lost, nobody else is taken.

Keys go to the program in one write, or in a write for each word, the key that opens the line among them. The
lines there are stand in the source, and the program says itself which of them it makes, each field of a form apart,
and which of them were typed into. One that is new, and into which no story types, fails.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from textual.widgets import Input, TextArea

import planner.ui
from planner.config import Config
from planner.demo import DEMO_TODAY, demo_store
from planner.desk import Desk
from planner.ui.contact.fields import FIELDS
from tests.cases import case
from tests.trust.hostile import say_who_i_am, seen_people, write_with_a_stranger
from tests.trust.terminal import KEYS, Terminal, environment

WATCHED = Path(__file__).with_name("watched_lines.py")
OF_OTHERS = {"planner.ui.widgets.prompt", "planner.ui.widgets.field"}
"""Modules whose lines are counted where the prompt or the field is made."""


def kinds_of_lines() -> set[str]:
    """What makes a line, by the name it is called by: the questions, the fields and every kind of input there is."""
    for module in pkgutil.walk_packages(planner.ui.__path__, "planner.ui."):
        importlib.import_module(module.name)
    found, waiting = {"Question", "Field"}, [Input, TextArea]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        found.add(kind.__name__)
    return found


@dataclass(frozen=True)
class Story:
    """A way to one line: `keys` open it from the agenda and type `text`, `then` sends it off and brings `wanted`.

    Keys stand in angle brackets where they have names: "<enter>". `back` leads to the agenda again.
    """

    keys: str
    text: str
    then: str = ""
    wanted: str = ""
    back: str = "<escape>" * 4 + "1"
    first: str = ""
    """Keys that come before, which begin something long, and are waited for with `seen`."""
    seen: str = ""

    def at(self, folder: Path) -> Story:
        """The story with the folder of files in place of its name."""
        keys, text, first = (words.replace("{folder}", str(folder)) for words in (self.keys, self.text, self.first))
        return replace(self, keys=keys, text=text, first=first)


STORIES = (
    # An interaction of somebody about whom no other story writes anything before
    Story(f"2/ana silva<enter><enter><down><down><enter>{'x<tab>' * 4}", "with green tea"),
    # The prompt of each place
    Story("a", "Ben Okri: coffee, her words", "<enter>", "Ben Okri: coffee"),
    Story("d", "sent the letter", "<enter>", "Ana Silva"),
    Story("s", "12 dec", "<enter>", "Snoozed"),
    Story("m", "15 dec"),
    Story("n", "likes green tea", "<enter>", "Noted about"),
    Story("p", "12 dec"),
    Story("r", "every 3 weeks"),
    Story("c", "rowing club"),
    Story("F", "send the talk 12 dec", "<enter>", "send the talk"),
    Story("y", "the blue book by fri"),
    Story("/", "zzkim", "<enter>", "Nothing here holds"),
    Story("2/", "chidi", "<enter>", "1 person"),
    Story("2/chidi<enter>d", "coffee in Bristol", "<enter>", "Logged Chidi"),
    Story("2/chidi<enter>n", "asks good questions", "<enter>", "Noted about Chidi"),
    Story("2/chidi<enter>ia reference<enter>g", "my old bike"),
    Story("3/", "zzkim"),
    Story("4/", "zzsilva"),
    Story("4<enter>P", "Noor Zz new"),
    Story("4<ctrl+p>post publicly<enter>T", "the rowing list"),
    Story("4d", "we found one"),
    Story("5/lyon<enter>ii", "could you write to them"),
    Story("5dyd<enter>d", "they meet in May"),
    Story("5v", "Ana and Ben, they row", "<enter>", "Ben Okri"),
    Story("5<ctrl+p>who knows<enter>", "Ana knows Carl Stone, cranes", "<enter>", "Carl Stone"),
    Story("5/", "zzlyon"),
    # Where what is typed chooses
    Story("?/", "snooz", "<enter>", "Hide it until a day"),
    Story("2/hana ray<enter>o", "", "c", "+33 4 65 71 33 24 sent"),
    Story("2/ben okri<enter>o", "", "m", "ben.okri@example.org sent"),
    Story("z<escape>2/cy young<enter>s", "13 dec", "<enter>", "Give a day after that"),
    Story("zn", "rows on Sundays", "<enter>", "Noted about"),
    # A line with two readings, of which one key takes the other
    Story("aIvo asked for advice<tab>", " on boats", "<enter>", "Ivo Moss"),
    Story("dthey advised me<tab>", " well"),
    Story(f"f{'<right>' * 12}e", "a boat by the river"),
    # Dialogs and forms
    Story("3+g", "Dora", "<enter>1a letter<enter><enter>", "Dora Lind"),
    Story("3x1", "next fri"),
    Story("3x1next fri<tab>", "warm words"),
    Story("3x3ana<tab>", "she knows grants"),
    Story("3x4a page<tab>", "12 dec"),
    Story("3/mira<enter>", "", "d", "The four-season tent is back with Mira Holt"),
    Story("4+", "a boat for june"),
    Story("4+a boat<tab>for june<tab>12 dec<tab>", "sailors"),
    Story("4We", "Hello there "),
    Story("2+", "Zita Marlow", back="<escape>d<escape><escape>1"),
    Story(f"2+{'x<tab>' * (len(FIELDS) - 1)}", "tea in the notes", back="<escape>d<escape><escape>1"),
    Story("2>v", "~/zz.vcf"),
    Story("<ctrl+p>", "dora", "<enter>", "Water & Way"),
    # Files: the path, what a column means, whom the newcomers are
    Story("2<", "{folder}/people.csv", "<enter>", "What do the columns mean?"),
    Story("2<{folder}/people.csv<enter>f", "nickname"),
    Story("E", "zz9", first="2<{folder}/letters.csv<enter><enter>", seen="who has none is not due until you say so"),
    Story("<enter>/", "zzita", first="2<{folder}/people.csv<enter><enter><enter>", seen="They are in"),
    Story("2B", "{folder}/no cards", "<enter>", "cannot be read"),
    Story("2<ctrl+p>newcomers<enter>bevery 4 weeks<tab>", "every 5 weeks"),
    # The page of those who are to hear how a need went
    Story("4<end><up>dn", "glad to hear it", "<enter>", "Noted about"),
)
OF_OWN = (
    Story("<home><enter><up><enter>p", "Ana Sil", "<enter>", "is Ana Silva"),
    Story("<enter>", "Carla Moe", first="2<ctrl+p>newcomers<enter>+", seen="You write with 1 person"),
)
"""What asks for more than the sample network holds: in a planner of one's own, in which people were seen."""
TABLE = """\
who,mail,tags
Zita Marlow,zita@example.org,rowing
Yves Anker,yves@example.org,
"""
SPEEDS = ("in one write", "in a write a word")


def bytes_of(keys: str) -> bytes:
    """The bytes of keys, those in angle brackets by their names."""
    found = b""
    while keys:
        if keys[0] == "<" and ">" in keys and keys[1 : keys.index(">")] in KEYS:
            name, _, keys = keys[1:].partition(">")
            found += KEYS[name]
        else:
            found += keys[0].encode()
            keys = keys[1:]
    return found


def lines_made() -> dict[str, str]:
    """The places in the source that make a line to type into, "module:number", and the names of what they stand in."""
    found, kinds = {}, kinds_of_lines()
    for path in sorted(Path(planner.ui.__file__).parent.rglob("*.py")):
        module = ".".join(("planner", "ui", *path.relative_to(Path(planner.ui.__file__).parent).with_suffix("").parts))
        if module in OF_OTHERS:
            continue
        for number, name in _makers(ast.parse(path.read_text(encoding="utf-8")), "", kinds):
            found[f"{module}:{number}"] = f"{module}:{name}"
    return found


def _makers(node: ast.AST, inside: str, kinds: set[str]) -> Iterator[tuple[int, str]]:
    """The lines of a piece of source that make a line to type into, and the class or function they stand in."""
    for part in ast.iter_child_nodes(node):
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id in kinds:
            yield part.lineno, inside
        named = isinstance(part, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        yield from _makers(part, f"{inside}.{part.name}".lstrip(".") if named else inside, kinds)


def typed(terminal: Terminal, keys: bytes, speed: str) -> None:
    """Send keys at a speed."""
    words = [keys] if speed == SPEEDS[0] else [word + b" " for word in keys.split(b" ")]
    if speed != SPEEDS[0]:
        words[-1] = words[-1][:-1]
    for word in words:
        terminal.send(word)
        terminal.read(0.001)


def tell(command: list[str], variables: dict[str, str], stories: tuple[Story, ...], folder: Path, speed: str) -> None:
    """Open the planner, tell the stories one after the other, and leave it."""
    with Terminal(command, variables, columns=140) as terminal:
        terminal.wait_for("Mon 23")
        terminal.settle()
        for story in stories:
            story = story.at(folder)
            with case(story.keys, story.text, speed):
                if story.first:
                    typed(terminal, bytes_of(story.first), speed)
                    terminal.wait_for(story.seen)
                keys, then = bytes_of(story.keys) + story.text.encode(), bytes_of(story.then)
                if story.wanted and speed == SPEEDS[0]:
                    # What sends it off comes before the line is there.
                    typed(terminal, keys + then, speed)
                    terminal.wait_for(story.wanted)
                else:
                    typed(terminal, keys, speed)
                    terminal.wait_for(story.text)
                    typed(terminal, then, speed)
                    terminal.wait_for(story.wanted)
                typed(terminal, bytes_of(story.back), speed)
                terminal.wait_for("Mon 23")
                terminal.settle(0.05)
        terminal.press("q")
        assert terminal.wait_end() == 0


@pytest.mark.parametrize("speed", SPEEDS)
def test_what_is_typed_is_what_is_taken(tmp_path: Path, speed: str) -> None:
    seen = tmp_path / "seen"
    folder = tmp_path / "people"
    folder.mkdir()
    (folder / "people.csv").write_text(TABLE)
    (folder / "letters.csv").write_bytes("who,mail\nZoë Brückner,zoe@example.org\n".encode("latin-1"))
    command = [sys.executable, str(WATCHED), str(seen), "--demo"]
    tell(command, environment(tmp_path), STORIES, folder, speed)
    own = tmp_path / "own"
    with Desk(demo_store(own / "planner.db"), Config(me=("me@example.org",)), lambda: DEMO_TODAY) as desk:
        seen_people(desk)
        write_with_a_stranger(desk, own / "Mail")
    say_who_i_am(own)
    tell(command[:-1], environment(tmp_path, PLANNER_HOME=str(own)), OF_OWN, folder, speed)
    said = [line.split(maxsplit=1) for line in seen.read_text().splitlines()]
    made, typed_into = ({place for kind, place in said if kind == wanted} for wanted in ("made", "typed"))
    missing = {place for place in lines_made() if place not in {":".join(one.split(":")[:2]) for one in typed_into}}
    missing |= made - typed_into
    assert not missing, f"nothing was typed into what these make: {sorted(missing)}"
