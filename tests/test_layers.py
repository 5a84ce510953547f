"""The layers hold: who may import whom, what a text command loads, and the one door for text of others."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path

from planner.store import tables as t
from planner.store.facts import contacts
from planner.store.table_shapes import shape_of
from tests.cases import case

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "planner"
SOURCES = sorted(PACKAGE.rglob("*.py"))
SCREEN_SOURCES = sorted((PACKAGE / "ui").rglob("*.py"))
MOST_LINES = 512


def named(path: Path) -> str:
    """A file as a test names it."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    """What a file says, parsed."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@cache
def nodes_of(path: Path) -> list[ast.AST]:
    """Every part of what a file says; walking a tree takes longer than most tests of it."""
    return list(ast.walk(tree_of(path)))


def nodes_in(source: str) -> list[ast.AST]:
    """Every part of what a text of Python says."""
    return list(ast.walk(ast.parse(source)))


def module_of(path: Path) -> str:
    """The dotted name of a file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


# Imports


def test_every_contract_between_the_layers_is_kept() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert " kept, 0 broken" in answer.stdout


def _arrows() -> dict[str, set[str]]:
    """The modules that each module of ours imports; type-only and late imports count, since a reader follows them."""
    modules = {module_of(path): path for path in SOURCES}
    found: dict[str, set[str]] = {}
    for module, path in modules.items():
        wanted = set()
        for node in nodes_of(path):
            if isinstance(node, ast.Import):
                wanted |= {one.name for one in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                inner = {f"{node.module}.{one.name}" for one in node.names}
                wanted |= {one if one in modules else node.module for one in inner}
        found[module] = {one for one in wanted if one in modules and one != module}
    return found


def circle_in(arrows: dict[str, set[str]]) -> list[str]:
    """The modules of one circle in the order of their imports; empty when there is none."""
    clear: set[str] = set()

    def follow(module: str, way: list[str]) -> list[str]:
        if module in way:
            return way[way.index(module) :]
        if module in clear:
            return []
        for after in sorted(arrows.get(module, ())):
            if circle := follow(after, [*way, module]):
                return circle
        clear.add(module)
        return []

    return next((circle for module in sorted(arrows) if (circle := follow(module, []))), [])


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert circle_in(_arrows()) == []


def test_a_circle_would_be_found() -> None:
    assert circle_in({"a": {"b"}, "b": {"c"}, "c": {"d", "b"}, "d": set()}) == ["b", "c"]


SCREEN_ONLY = {"textual", "rich"}
LATE = SCREEN_ONLY | {"dateutil", "phonenumbers", "icalendar", "apsw", "planner.interchange", "planner.demo"}
"""What no everyday command may load: each would cost more than the command itself."""


def test_a_text_command_loads_only_what_it_needs(tmp_path: Path) -> None:
    code = (
        "import sys; from planner.cli import main; code = main(sys.argv[1:]);"
        "print('LOADED', *sorted(sys.modules), file=sys.stderr); sys.exit(code)"
    )
    start = [sys.executable, "-c", code, "--db", str(tmp_path / "planner.db"), "--today", "2026-11-23"]
    here = {"PLANNER_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    made = subprocess.run([*start, "add", "Ana Silva"], capture_output=True, text=True, env=here)
    assert made.returncode == 0, made.stderr
    for words, never in [
        (("--version",), LATE | {"peewee"}),
        (("--help",), LATE | {"peewee"}),
        (("keys",), LATE | {"peewee"}),
        (("agenda",), LATE),
        (("agenda", "--json"), LATE),
        (("query", "ana"), LATE),
        (("contacts",), LATE),
        (("why", "#1"), LATE),
        (("show", "#1"), LATE),
        (("ledger",), LATE),
        (("add", "Nora Quist"), LATE),
        (("log", "#1", "--note", "lunch"), LATE),
        (("capture", "Ana: coffee"), LATE),
        (("undo",), LATE),
        (("doctor",), SCREEN_ONLY | {"apsw"}),
        (("export", "vcard"), SCREEN_ONLY | {"icalendar", "phonenumbers"}),
        (("export", "ics"), SCREEN_ONLY),
    ]:
        with case(words):
            answer = subprocess.run([*start, *words], capture_output=True, text=True, env=here)
            said, _, loaded = answer.stderr.partition("LOADED ")
            assert answer.returncode == 0, said
            assert "planner.cli.root" in loaded.split()
            assert not set(loaded.split()) & never


STARTS = """
import sys
from planner.cli import main
code = main(sys.argv[1:])
tables = sys.modules["planner.store.tables.base"].Table
made, left = set(), [tables]
while left:
    below = left.pop().__subclasses__()
    made |= {one.__name__ for one in below}
    left += below
print("LOADED", sum(one.startswith("planner") for one in sys.modules), len(made - {"FactTable"}), file=sys.stderr)
sys.exit(code)
"""


def test_a_text_command_loads_few_modules_and_makes_few_tables(tmp_path: Path) -> None:
    """Each module of ours costs a short command about a thousandth of its time, each table of Peewee two."""
    here = {"PLANNER_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    start = [sys.executable, "-c", STARTS, "--today", "2026-11-23"]
    for words, most_modules, most_tables in [
        # A database that is made anew needs every table.
        (("add", "Ana Silva", "--cadence", "1w"), 130, len(t.ALL)),
        (("query", "ana"), 70, 0),
        (("agenda",), 98, 0),
        (("due",), 98, 0),
        (("why", "#1"), 122, 0),
        (("add", "Nora Quist"), 130, 16),
        (("log", "#1", "--note", "lunch"), 126, 16),
    ]:
        with case(words):
            answer = subprocess.run([*start, *words], capture_output=True, text=True, env=here)
            said, _, loaded = answer.stderr.partition("LOADED ")
            assert answer.returncode == 0, said
            modules, tables = map(int, loaded.split())
            assert modules <= most_modules
            assert tables <= most_tables


def test_every_table_is_made_by_its_name() -> None:
    assert {one._meta.table_name for one in t.ALL} == set(t.names())
    assert all(t.by_name(one._meta.table_name) is one for one in t.ALL)
    day_of_a_contact = shape_of(t.ContactTable).dates & set(contacts.CONTACT_FIELDS)
    assert day_of_a_contact == contacts.DAYS


def _imported(path: Path) -> Iterator[str]:
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node.module or ""


def _without_a_reason(source: str, nodes: Iterable[ast.AST]) -> list[int]:
    """Lines of imports of ours inside functions that no comment explains, beside or above them."""
    lines, found = source.splitlines(), []
    for function in nodes:
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for node in ast.walk(function):
            if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("planner"):
                continue
            above = node.lineno - 2
            while lines[above].lstrip().startswith(("from ", "import ")) or not lines[above].strip():
                above -= 1
            if "#" not in lines[node.lineno - 1] and not lines[above].lstrip().startswith("#"):
                found.append(node.lineno)
    return found


FRONT = [path for path in SOURCES if path.relative_to(PACKAGE).parts[0] in ("cli", "ui", "terminal")]


def test_an_import_inside_a_function_says_why() -> None:
    """A reader looks for imports at the top: what start-up cannot afford there says so."""
    unexplained = {named(path): _without_a_reason(path.read_text(encoding="utf-8"), nodes_of(path)) for path in FRONT}
    assert {name: lines for name, lines in unexplained.items() if lines} == {}


def test_an_import_without_a_reason_would_be_found() -> None:
    bare = "def run():\n    from planner.ui import app\n\n    from planner import desk"
    said = bare.replace("():", "():\n    # Only then.")
    assert _without_a_reason(bare, nodes_in(bare)) == [2, 4]
    assert _without_a_reason(said, nodes_in(said)) == []


CORE = [path for path in SOURCES if path.is_relative_to(PACKAGE / "core")]


def test_the_core_imports_the_standard_library_and_dateutil_only() -> None:
    for path in CORE:
        with case(path):
            for module in _imported(path):
                first = module.partition(".")[0]
                ours = module.startswith("planner.core") or module == "planner.errors"
                assert ours or first == "dateutil" or first in sys.stdlib_module_names, module


def test_the_first_screen_loads_no_widget_of_many_lines() -> None:
    """TextArea brings twenty modules; what shows one is a subclass with the mark of `terminal/typed_into.py`."""
    for path in SCREEN_SOURCES:
        with case(path):
            for node in nodes_of(path):
                if isinstance(node, ast.ClassDef):
                    bases = [ast.unparse(base) for base in node.bases]
                    assert "TextArea" not in bases or "ManyLines" in bases, node.name
                if isinstance(node, ast.Call):
                    assert ast.unparse(node.func) != "TextArea", f"line {node.lineno}"
    code = "import sys, planner.ui.agenda.screen, planner.ui.app; sys.exit('tree_sitter' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0


WORLD = {"os", "pathlib", "time", "io", "random", "secrets", "subprocess", "socket", "sqlite3", "threading", "asyncio"}
CLOCK = {"today", "now", "utcnow", "fromtimestamp", "time_ns", "monotonic", "perf_counter"}


def test_the_core_has_no_clock_no_files_and_no_chance() -> None:
    for path in CORE:
        with case(path):
            for module in _imported(path):
                assert module.partition(".")[0] not in WORLD, module
            for node in nodes_of(path):
                if not isinstance(node, ast.Call):
                    continue
                if isinstance(node.func, ast.Attribute) and node.func.attr in CLOCK:
                    owner = ast.unparse(node.func.value)
                    assert owner not in {"date", "datetime", "datetime.date", "datetime.datetime", "time"}, ast.unparse(
                        node
                    )
                if isinstance(node.func, ast.Name):
                    # Records write the text of their constructors, as dataclasses do, from the names of their fields.
                    allowed = {"exec"} if path.name == "records.py" else set()
                    forbidden = {"open", "input", "print", "exec", "eval"} - allowed
                    assert node.func.id not in forbidden, ast.unparse(node)


CLOCK_READERS = {"planner/cli/session.py", "planner/ui/session/full_screen.py"}
"""Where the civil date of a run is read; everything below them is told which day it is."""


def test_the_civil_date_is_read_in_two_places() -> None:
    for path in SOURCES:
        with case(path):
            for node in nodes_of(path):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                    asked = ast.unparse(node.func)
                    assert asked not in {"date.today", "datetime.today"}, named(path)
                    if asked == "datetime.now" and not node.args and named(path) not in CLOCK_READERS:
                        # An instant with its zone is a time stamp, not a day.
                        raise AssertionError(f"{named(path)}:{node.lineno} asks the clock")


def test_a_file_has_one_subject() -> None:
    for path in SOURCES:
        with case(path):
            assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES, "split it by subject"


# What only SQLite understands


SQLITE = PACKAGE / "store" / "sqlite"
STEPS_OF_FILES = 7
"""Steps of the schema up to this number are of a time when every database was a file of SQLite."""
ONLY_SQLITE = re.compile(
    r"pragma|fts5|\battach\b|vacuum|json_(each|tree|extract)|rowid|checkpoint|sqlite_(master|schema|sequence)"
    r"|autoincrement|insert or |julianday|\binstr\b| glob [?']|immediate|sqlite3|sqlitedatabase|-wal|-shm"
    r"|journal_mode *=",
    re.IGNORECASE,
)


def sqlite_words(nodes: Sequence[ast.AST]) -> list[str]:
    """Where a source says what only SQLite understands, in a name or a text that is no docstring."""
    bodies = [node.body for node in nodes if hasattr(node, "body") and isinstance(node.body, list)]
    told = {part.value for body in bodies for part in body if isinstance(part, ast.Expr)}
    found = []
    for node in nodes:
        said: list[str] = []
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in told:
            said = [node.value]
        elif isinstance(node, ast.Name | ast.Attribute):
            said = [node.id if isinstance(node, ast.Name) else node.attr]
        elif isinstance(node, ast.Import | ast.ImportFrom):
            said = [one.name for one in node.names] + [getattr(node, "module", None) or ""]
        found += [f"{node.lineno}: {one}" for one in said if ONLY_SQLITE.search(one)]
    return found


def test_what_only_sqlite_understands_stands_in_one_package() -> None:
    for path in [one for one in SOURCES if not one.is_relative_to(SQLITE)]:
        number = path.name.split("_")[0]
        if path.parent.name == "migrations" and number.isdigit() and int(number) <= STEPS_OF_FILES:
            continue
        with case(path):
            assert sqlite_words(nodes_of(path)) == []


def test_a_word_of_sqlite_would_be_found() -> None:
    for line in [
        "ask('PRAGMA user_version')",
        "ask('VACUUM')",
        "ask('SELECT value FROM json_each(?)')",
        "ask(f'SELECT rowid FROM {table}')",
        "ask('INSERT OR IGNORE INTO meta VALUES (1)')",
        "database.atomic('IMMEDIATE')",
        "database.pragma('user_version')",
        "import sqlite3",
        "from peewee import SqliteDatabase",
    ]:
        with case(line):
            assert len(sqlite_words(nodes_in(line))) == 1
    assert sqlite_words(nodes_in('"""Numbers of rows, as a rowid."""\n')) == []


# Names


def classes_of(path: Path) -> Iterator[str]:
    """The names of the classes of a file, without those that a class holds inside."""
    for node in tree_of(path).body:
        for one in ast.walk(node) if not isinstance(node, ast.ClassDef) else (node,):
            if isinstance(one, ast.ClassDef):
                yield one.name


def test_every_migration_has_the_next_number() -> None:
    names = sorted(path.name for path in (PACKAGE / "store/migrations").glob("0*.py"))
    # Of two steps with one number the second would never run.
    assert [int(name[:4]) for name in names] == list(range(2, len(names) + 2)), names


def test_no_two_classes_share_a_name() -> None:
    found: dict[str, list[str]] = {}
    for path in SOURCES:
        for name in classes_of(path):
            found.setdefault(name, []).append(named(path))
    assert {name: files for name, files in found.items() if len(files) > 1} == {}


# What belongs to others


@cache
def own_names() -> frozenset[str]:
    """Every name that the planner gives to something of its own."""
    names: set[str] = set()
    for path in SOURCES:
        for node in nodes_of(path):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                names.add(node.name)
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                names.add(node.attr)
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                names.add(node.target.id)
            elif isinstance(node, ast.Assign):
                names.update(target.id for target in node.targets if isinstance(target, ast.Name))
    return frozenset(names)


def _is_private(name: str) -> bool:
    return name.startswith("_") and not (name.startswith("__") and name.endswith("__"))


def test_no_private_attribute_of_a_library_is_used() -> None:
    """`Model._meta` alone is Peewee's documented way to a model's columns."""
    for path in SOURCES:
        with case(path):
            lines = path.read_text(encoding="utf-8").splitlines()
            for node in nodes_of(path):
                if not isinstance(node, ast.Attribute) or not _is_private(node.attr) or node.attr in own_names():
                    continue
                if node.attr == "_meta":
                    continue
                said_why = "#" in lines[node.lineno - 1] or lines[node.lineno - 2].lstrip().startswith("#")
                assert said_why, f"{named(path)}:{node.lineno} uses {ast.unparse(node)} without a word why"


@cache
def _private_names_of(source: ast.ClassDef) -> frozenset[str]:
    """Private names a class gives its methods and class attributes, or sets on `self`."""
    names: set[str] = set()
    for part in source.body:
        if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(part.name)
        elif isinstance(part, ast.Assign):
            names.update(target.id for target in part.targets if isinstance(target, ast.Name))
        elif isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name):
            names.add(part.target.id)
    for node in ast.walk(source):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and ast.unparse(node.value) == "self":
            names.add(node.attr)
    return frozenset(name for name in names if _is_private(name))


@cache
def _source_of(kind: type) -> ast.ClassDef:
    found = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0]
    assert isinstance(found, ast.ClassDef)
    return found


def _handled_twice(tree: ast.AST) -> list[str]:
    """Handlers that call the one of their base: Textual calls that of each class by itself."""
    return [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        # Every message goes through `on_event`, which Textual calls as a method.
        and node.name.startswith("on_") and node.name != "on_event"
        and f"super().{node.name}(" in ast.unparse(node)
    ]  # fmt: skip


def test_no_handler_calls_the_one_of_its_base_a_second_time() -> None:
    for path in SCREEN_SOURCES:
        with case(path):
            assert _handled_twice(ast.parse(path.read_text("utf-8"))) == []
    assert _handled_twice(ast.parse("class A(B):\n    def on_mount(self):\n        super().on_mount()")) == ["on_mount"]


def test_no_private_name_of_a_library_class_is_taken_over_by_accident() -> None:
    for path in SCREEN_SOURCES:
        with case(path):
            module = import_module(module_of(path))
            for kind in vars(module).values():
                if not inspect.isclass(kind) or kind.__module__ != module.__name__ or issubclass(kind, tuple):
                    continue
                for base in kind.__mro__[1:]:
                    if base.__module__.partition(".")[0] in {"textual", "rich"}:
                        taken = _private_names_of(_source_of(kind)) & _private_names_of(_source_of(base))
                        assert not taken, f"{kind.__name__} takes {sorted(taken)} from {base.__name__}"


def test_a_name_taken_over_would_be_found() -> None:
    from textual.widget import Widget

    ours = ast.parse("class Ours:\n    def __init__(self):\n        self._size = 1\n    def _render(self): ...").body[0]
    assert isinstance(ours, ast.ClassDef)
    assert _private_names_of(ours) & _private_names_of(_source_of(Widget)) == {"_size", "_render"}


# Text of others: markup in it acts, so it reaches a widget as content, never as a string


SHOWING_WIDGETS = {"Static", "Label"}
READING_MARKUP = {
    "Button", "Checkbox", "RadioButton", "OptionList", "Option", "SelectionList", "Select", "DataTable", "Tree",
    "ListItem", "Markdown", "Collapsible", "TabPane", "Tab", "Link", "Header", "Digits", "RichLog", "Log", "Pretty",
}  # fmt: skip
"""Widgets and parts of widgets that take a string for markup, or do not clean what they show."""
SHOWN_ATTRIBUTES = {"tooltip", "border_title", "border_subtitle", "loading_text"}
CLEANING = {"content", "plain", "cut", "pad", "paragraphs", "key_label"}
"""The functions of `ui.text`, the door; and names of keys, which are checked when a keymap is read."""
MARKUP_READERS = {"from_markup", "print_markup", "markup_to_content"}


def _attributes_of(wanted: str, sources: Iterable[list[ast.AST]]) -> frozenset[str]:
    """Names of functions and attributes that are nowhere annotated as anything else."""
    found: dict[str, set[str]] = {}
    for nodes in sources:
        bodies = [node.body for node in nodes if isinstance(node, ast.ClassDef)]
        fields = [part for body in bodies for part in body if isinstance(part, ast.AnnAssign)]
        for node in [*nodes, *fields]:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns is not None:
                found.setdefault(node.name, set()).add(ast.unparse(node.returns))
            elif isinstance(node, ast.AnnAssign) and (node in fields or isinstance(node.target, ast.Attribute)):
                name = ast.unparse(node.target).rpartition(".")[2]
                found.setdefault(name, set()).add(ast.unparse(node.annotation))
    return frozenset(name for name, kinds in found.items() if kinds <= {wanted, f"{wanted} | None"})


@cache
def content_or_numbers() -> tuple[frozenset[str], frozenset[str]]:
    """Names that are content wherever the screen uses them, and names that are numbers in all of the planner."""
    return _attributes_of("Content", map(nodes_of, SCREEN_SOURCES)), _attributes_of("int", map(nodes_of, SOURCES))


def _strings(tree: ast.Module) -> frozenset[str]:
    """Names at the top of a module that are constant text, or tables of it."""
    names: set[str] = set()
    for part in tree.body:
        value = part.value if isinstance(part, ast.Assign | ast.AnnAssign) else None
        if value is None or not all(
            isinstance(node, ast.Constant | ast.Dict | ast.Tuple | ast.Load | ast.Attribute | ast.Name)
            for node in ast.walk(value)
        ):
            continue
        targets = part.targets if isinstance(part, ast.Assign) else [part.target]  # type: ignore[union-attr]
        names.update(target.id for target in targets if isinstance(target, ast.Name) and target.id.isupper())
    return frozenset(names)


class TextOfOthers(ast.NodeVisitor):
    """Finds the places of one file where a string of unknown making reaches a widget."""

    def __init__(self, tree: ast.Module) -> None:
        self.constants = _strings(tree)
        self.own_content = _attributes_of("Content", [list(ast.walk(tree))])
        self.content, self.numbers = content_or_numbers()
        self.function: ast.AST = tree
        self.found: list[str] = []

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        before, self.function = self.function, node
        self.generic_visit(node)
        self.function = before

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        before, self.function = self.function, node
        self.generic_visit(node)
        self.function = before

    def visit_Call(self, node: ast.Call) -> None:
        self.generic_visit(node)
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in SHOWING_WIDGETS or (name == "update" and isinstance(node.func, ast.Attribute)):
            self._hold(node, node.args[:1])
        elif name in READING_MARKUP or name in MARKUP_READERS:
            self.found.append(f"{node.lineno}: {name} reads markup")
        elif name == "notify":
            literal = any(one.arg == "markup" and ast.unparse(one.value) == "False" for one in node.keywords)
            if not literal:
                self._hold(node, node.args[:1])
        elif ast.unparse(node.func) in {"Content", "Text", "Content.styled", "Content.assemble"}:
            parts = [one.elts[0] if isinstance(one, ast.Tuple) else one for one in node.args]
            self._hold(node, parts if name == "assemble" else parts[:1])
        for keyword in node.keywords:
            if keyword.arg in SHOWN_ATTRIBUTES:
                self._hold(node, [keyword.value])

    def visit_Assign(self, node: ast.Assign) -> None:
        self.generic_visit(node)
        for target in node.targets:
            if isinstance(target, ast.Attribute) and target.attr in SHOWN_ATTRIBUTES:
                self._hold(node, [node.value])

    def _hold(self, node: ast.expr | ast.stmt, values: list[ast.expr]) -> None:
        for value in values:
            if not self.is_safe(value):
                self.found.append(f"{node.lineno}: {ast.unparse(value)} is shown without ui.text")

    def is_safe(self, value: ast.expr | None) -> bool:
        """Whether it is written in the source, made of such, or has gone through the door."""
        match value:
            case None | ast.Constant():
                return True
            case ast.JoinedStr():
                return all(self.is_safe(one) for one in value.values)
            case ast.FormattedValue():
                return self.is_safe(value.value)
            case ast.BinOp():
                return self.is_safe(value.left) and self.is_safe(value.right)
            case ast.IfExp(test=ast.Call(func=ast.Name(id="isinstance"), args=[tested, ast.Name(id="Content")])):
                same = ast.dump(tested) == ast.dump(value.body)
                return (same or self.is_safe(value.body)) and self.is_safe(value.orelse)
            case ast.IfExp():
                return self.is_safe(value.body) and self.is_safe(value.orelse)
            case ast.BoolOp():
                return all(self.is_safe(one) for one in value.values)
            case ast.Starred() | ast.Subscript():
                return self.is_safe(value.value)
            case ast.List() | ast.Tuple():
                return all(self.is_safe(one) for one in value.elts)
            case ast.GeneratorExp() | ast.ListComp():
                return self.is_safe(value.elt)
            case ast.DictComp():
                return self.is_safe(value.value)
            case ast.Attribute():
                return value.attr in self.content or value.attr in self.numbers
            case ast.Name():
                return value.id in self.constants or self._was_made_safely(value.id)
            case ast.Call():
                name = value.func.attr if isinstance(value.func, ast.Attribute) else getattr(value.func, "id", "")
                if name in self.own_content and ast.unparse(value.func) == f"self.{name}":
                    return True
                if name == "join" and isinstance(value.func, ast.Attribute):
                    return self.is_safe(value.args[0])
                return name in CLEANING | self.content or name in {"Content", "assemble", "styled", "len", "Text"}
        return False

    def _was_made_safely(self, name: str) -> bool:
        made = []
        for node in ast.walk(self.function):
            if isinstance(node, ast.arg) and node.arg == name and node.annotation is not None:
                return ast.unparse(node.annotation) in {"Content", "int"}
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    names = target.elts if isinstance(target, ast.Tuple) else [target]
                    if name in {ast.unparse(one) for one in names}:
                        made.append(node.value)
            elif isinstance(node, ast.AugAssign | ast.AnnAssign) and ast.unparse(node.target) == name:
                made += [node.value] if node.value is not None else []
        return bool(made) and all(self.is_safe(one) for one in made)


def shown_raw(source: str) -> list[str]:
    """Where a source shows text that did not go through `ui.text`."""
    tree = ast.parse(source)
    finder = TextOfOthers(tree)
    finder.visit(tree)
    return finder.found


def test_text_of_others_is_shown_through_one_door() -> None:
    for path in [one for one in SCREEN_SOURCES if one.name != "text.py"]:
        with case(path):
            assert shown_raw(path.read_text(encoding="utf-8")) == []


def test_a_raw_string_is_found_wherever_it_is_shown() -> None:
    for line in [
        "Static(name)",
        "Static(f'about {name}')",
        "Label('about ' + name)",
        "self.query_one('#told').update(name)",
        "self.notify(name)",
        "self.border_title = name",
        "Input(tooltip=name)",
        "Static(Content(name))",
        "Content.from_markup(name)",
        "Content.assemble((name, 'bold'))",
        "OptionList(name)",
        "words = name\n    Static(words)",
    ]:
        with case(line):
            assert len(shown_raw(f"def show(self, name: str) -> None:\n    {line}\n")) == 1


def test_clean_text_may_be_shown() -> None:
    for line in [
        "Static('Nothing is due.')",
        "Static(content(name))",
        "Static(content(f'about {name}', 'bold'))",
        "Static(f'about {cut(name, 9)}')",
        "self.notify(name, markup=False)",
        "words = content(name)\n    Static(words)",
        "Content.assemble((plain(name), 'bold'), ' is due')",
    ]:
        with case(line):
            assert shown_raw(f"def show(self, name: str) -> None:\n    {line}\n") == []
