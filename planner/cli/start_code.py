"""The compiled modules that the full screen starts with, in one file.

Python keeps each compiled module in a file of its own. Finding, checking and reading five hundred of them takes 35 of
the 270 ms until the first screen stands there. The one file stands in the `__pycache__` of the planner, is written only
where Python writes there too, and is trusted as what stands beside it: a module is taken from it as long as its source
has the size and the time of change that it had.
"""

from __future__ import annotations

import marshal
import os
import sys
from binascii import crc32
from contextlib import suppress
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import MAGIC_NUMBER
from io import FileIO
from threading import Thread
from types import CodeType, ModuleType
from typing import Any

Place = tuple[int, int, str, str | None, bool, int, int]
"""Of a module where its code begins and how many bytes it has, its source, where Python keeps its code, whether it is a
package, and of its source when it changed last, in nanoseconds, and its size."""
_NUMBER = 8
"""Bytes of each of the two numbers that the file begins with: how long the list of the places is, and its checksum."""


class _Loader(SourceFileLoader):
    """Loads a module as from its own file, with the code that stands in the one file."""

    def __init__(self, name: str, path: str, code: bytes) -> None:
        super().__init__(name, path)
        self._code = code

    def get_code(self, fullname: str) -> CodeType | None:
        # Once: kept until the end, the bytes of all modules would take 8 MiB.
        code, self._code = self._code, b""
        return marshal.loads(code) if code else super().get_code(fullname)


class StartCode:
    """Finds modules in the file, from `use` until `painted`."""

    def __init__(self) -> None:
        # What is on the path of modules, but for the folder that a script or the person stands in.
        self._key = [MAGIC_NUMBER.hex(), str(sys.flags.optimize), sys.prefix, *sys.path[1:]]
        name = f"start.{sys.implementation.cache_tag}.{crc32(repr(self._key).encode()):08x}.bin"
        self._path = os.path.join(os.path.dirname(os.path.dirname(__file__)), "__pycache__", name)
        self._stream: FileIO | None = None
        self._codes_at = 0
        self._places: dict[str, Place] = {}
        self._changed = False
        """Whether a module of the file had to come from its source: it is another one, or the file is cut short."""

    def use(self) -> None:
        """Take modules from the file from now on, where there is one."""
        try:
            self._stream = FileIO(self._path)
            length, checksum = (int.from_bytes(self._stream.read(_NUMBER), "little") for _ in range(2))
            head = self._stream.read(min(length, os.fstat(self._stream.fileno()).st_size))
            key, places = marshal.loads(head) if crc32(head) == checksum else (None, {})
        except (OSError, EOFError, ValueError, TypeError):
            return
        if key == self._key:
            self._codes_at, self._places = 2 * _NUMBER + length, places
            sys.meta_path.insert(0, self)

    def find_spec(self, name: str, path: object = None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Where a module comes from, as Python asks; None for one that is not in the file, or has changed."""
        place = self._places.get(name)
        if place is None or self._stream is None:
            return None
        start, length, source, cached, is_package, changed, size = place
        try:
            found = os.stat(source)
            if (found.st_mtime_ns, found.st_size) != (changed, size):
                self._changed = True
                return None
            self._stream.seek(self._codes_at + start)
            code = self._stream.read(length)
        except OSError:
            return None
        if len(code) != length:
            self._changed = True
            return None
        spec = ModuleSpec(name, _Loader(name, source, code), origin=source, is_package=is_package)
        spec.has_location, spec.cached = True, cached
        if is_package:
            spec.submodule_search_locations = [os.path.dirname(source)]
        return spec

    def painted(self) -> None:
        """End this: the first screen is there. Where modules were not in the file, write it anew, in a thread."""
        if self in sys.meta_path:
            sys.meta_path.remove(self)
        if self._stream is not None:
            self._stream.close()
            self._stream = None
        specs = [(name, getattr(module, "__spec__", None)) for name, module in sys.modules.items()]
        loaded = {
            name: spec
            for name, spec in specs
            # One that runs as the program, or under two names, is found otherwise.
            if spec is not None and spec.name == name and isinstance(spec.loader, SourceFileLoader)
        }
        # What the screen loads in the background may be there or not: one start in two would write.
        is_new = len(loaded.keys() - self._places) > len(loaded) // 50
        if (is_new or self._changed) and not sys.dont_write_bytecode:
            Thread(target=self._write, args=(loaded,), name="planner-start-code", daemon=True).start()

    def _write(self, specs: dict[str, ModuleSpec]) -> None:
        places, codes, at = dict[str, Place](), list[bytes](), 0
        beside = f"{self._path}.{os.getpid()}"
        with suppress(OSError, ImportError, SyntaxError, ValueError):
            for name, spec in specs.items():
                loader: Any = spec.loader
                source = str(spec.origin)
                # Before its code is read: of a source that changes meanwhile the file holds what is found changed.
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
