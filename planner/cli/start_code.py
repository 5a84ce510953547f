"""The compiled modules that the full screen starts with, in one file.

Python keeps each compiled module in a file of its own. Finding, checking and reading five hundred of them takes 26 of
the 264 ms until the first screen stands there. The one file is beside those of the planner in `__pycache__`, is written
only where Python writes there too, and is trusted like them: a module is taken from it as long as its source has the
size and the time of change that it had.
"""

from __future__ import annotations

import marshal
import os
import sys
from binascii import crc32
from contextlib import suppress
from importlib.machinery import ModuleSpec, SourceFileLoader
from time import time
from types import CodeType, ModuleType
from typing import Any

Place = tuple[int, int, str, str | None, bool, int, int]
"""Of a module: where its code begins and how many bytes it has, its source, where Python keeps its code, whether it is
a package, and of its source the time of the last change in nanoseconds, and the size.
"""
UNFINISHED, UNUSED = 60.0, 30 * 86_400.0
"""Seconds after which a file that was not finished is left over, and after which one for other paths is."""
_NUMBER = 8
"""The bytes of each of the two numbers at the beginning of the file: the length of the list of places, its checksum."""


class _Loader(SourceFileLoader):
    """Loads a module as if from its own file, with the code from the one file."""

    code = b""

    def get_code(self, fullname: str) -> CodeType | None:
        # Once: kept until the end, the bytes of all modules would take 8 MiB.
        code, self.code = self.code, b""
        return marshal.loads(code) if code else super().get_code(fullname)


class StartCode:
    """Finds modules in the file, from `use` to `end`."""

    def __init__(self) -> None:
        # Where modules are looked for, without the folder of the script or of the person.
        self._key = [sys.version, str(sys.flags.optimize), sys.prefix, *sys.path[1:]]
        name = f"start.{sys.implementation.cache_tag}.{crc32(repr(self._key).encode()):08x}.bin"
        self._path = os.path.join(os.path.dirname(os.path.dirname(__file__)), "__pycache__", name)
        self._file = -1
        self._codes_at = 0
        self._places: dict[str, Place] = {}
        self._changed = False
        """Whether a module in the file had to come from its source: the source changed, or the file is cut short."""

    def use(self) -> None:
        """Take modules from the file from now on, if there is one."""
        try:
            self._file = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC)
            numbers = os.pread(self._file, 2 * _NUMBER, 0)
            length, checksum = (int.from_bytes(numbers[at : at + _NUMBER], "little") for at in (0, _NUMBER))
            head = os.pread(self._file, min(length, os.fstat(self._file).st_size), 2 * _NUMBER)
            key, places = marshal.loads(head) if crc32(head) == checksum else (None, {})
        except (OSError, EOFError, ValueError, TypeError, AttributeError):
            # A missing or damaged file, or a system that reads no file from a place in it.
            return
        if key == self._key:
            self._codes_at, self._places = 2 * _NUMBER + length, places
            sys.meta_path.insert(0, self)

    def find_spec(self, name: str, path: object = None, target: ModuleType | None = None) -> ModuleSpec | None:
        """The place of a module, as Python asks for it; None if it is not in the file, or has changed."""
        place = self._places.get(name)
        if place is None:
            return None
        start, length, source, cached, is_package, changed, size = place
        try:
            found = os.stat(source)
            if found.st_mtime_ns != changed or found.st_size != size:
                self._changed = True
                return None
            code = os.pread(self._file, length, self._codes_at + start)
        except OSError:
            return None
        if len(code) != length:
            self._changed = True
            return None
        loader = _Loader(name, source)
        loader.code = code
        spec = ModuleSpec(name, loader, origin=source, is_package=is_package)
        spec.has_location, spec.cached = True, cached
        if is_package:
            spec.submodule_search_locations = [os.path.dirname(source)]
        return spec

    def end(self) -> None:
        """Stop finding modules, once the first screen stands there; write the file in a thread if modules lacked."""
        if self in sys.meta_path:
            sys.meta_path.remove(self)
        if self._file >= 0:
            os.close(self._file)
            self._file = -1
        if sys.dont_write_bytecode or not os.access(os.path.dirname(self._path), os.W_OK):
            return
        specs = [(name, getattr(module, "__spec__", None)) for name, module in sys.modules.items()]
        loaded = {
            name: spec
            for name, spec in specs
            # A module that runs as the program, or has two names, is found in another way.
            if spec is not None and spec.name == name and isinstance(spec.loader, SourceFileLoader)
        }
        # Modules that the screen loads in the background may be there or not: one start in two would write.
        is_new = len(loaded.keys() - self._places) > len(loaded) // 50
        if is_new or self._changed:
            # Most starts write nothing.
            from threading import Thread

            Thread(target=self._write, args=(loaded,), name="planner-start-code", daemon=True).start()

    def _write(self, specs: dict[str, ModuleSpec]) -> None:
        places, codes, at = dict[str, Place](), list[bytes](), 0
        beside = f"{self._path}.{os.getpid()}"
        with suppress(OSError, ImportError, SyntaxError, ValueError):
            self._sweep()
            for name, spec in specs.items():
                loader: Any = spec.loader
                source = str(spec.origin)
                # Asked before the code is read: if the source changes meanwhile, the entry counts as changed.
                found = os.stat(source)
                code = marshal.dumps(loader.get_code(name))
                is_package = spec.submodule_search_locations is not None
                places[name] = at, len(code), source, spec.cached, is_package, found.st_mtime_ns, found.st_size
                codes.append(code)
                at += len(code)
            head = marshal.dumps((self._key, places))
            try:
                # As for the compiled modules of Python, whatever the umask: nobody else writes into it.
                with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644), "wb") as stream:
                    stream.writelines(number.to_bytes(_NUMBER, "little") for number in (len(head), crc32(head)))
                    stream.writelines((head, *codes))
                os.replace(beside, self._path)
            except OSError:
                os.unlink(beside)
                raise

    def _sweep(self) -> None:
        """Remove what an ended planner did not finish writing, and files for paths of modules that are long unused."""
        now = time()
        for one in os.scandir(os.path.dirname(self._path)):
            left = now - one.stat().st_mtime
            if one.name.startswith("start.") and left > (UNUSED if one.name.endswith(".bin") else UNFINISHED):
                os.unlink(one.path)
