"""The manual page and the completions that are installed are what the program prints.

`python -m tests.test_shared_files` writes them anew.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from planner.cli.commands.completion import script
from planner.cli.commands.manual import manual
from planner.cli.root import planner
from tests.cases import case

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "planner" / "share"
PLACES = {
    "planner.1": "share/man/man1/planner.1",
    "planner.bash": "share/bash-completion/completions/planner",
    "_planner": "share/zsh/site-functions/_planner",
    "planner.fish": "share/fish/vendor_completions.d/planner.fish",
}
"""Where each stands once it is installed: where man and the shells look."""


def printed() -> dict[str, str]:
    """What the program prints, by the name of the file."""
    return {
        "planner.1": "".join(f"{line}\n" for line in manual(planner)),
        "planner.bash": script("bash", planner),
        "_planner": script("zsh", planner),
        "planner.fish": script("fish", planner),
    }


def test_each_is_what_the_program_prints() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(PLACES)
    for name, text in printed().items():
        with case(name):
            assert (FOLDER / name).read_text("utf-8") == text, "run: python -m tests.test_shared_files"


def test_each_is_installed_where_it_is_looked_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    shared = project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    assert shared == {f"planner/share/{name}": place for name, place in PLACES.items()}


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for file, content in printed().items():
        (FOLDER / file).write_text(content, encoding="utf-8")
