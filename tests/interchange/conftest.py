"""What tests of the files of other programs share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for files written again and again."""
    return tmp_path_factory.mktemp("hostile")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Where tables are written."""
    return tmp_path / "people.csv"
