"""The command line in this process, for evidence."""

from tests.cli.conftest import Planner, planner

__all__ = ["Planner", "planner"]
