"""A screen that may be closed at any moment: work that was started for it and finishes later ends without an error.

Textual runs timers and callbacks after a frame outside the messages of the screen that asked for them: a callback after
a frame is run by the screen that is open by then.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from inspect import isawaitable
from typing import TYPE_CHECKING, Any

from textual.css.query import NoMatches

if TYPE_CHECKING:
    from textual.message import Message
    from textual.widget import Widget as Mixed
    from textual.worker import Worker
else:
    # Of several widgets among the bases of a class, only the first one's styles apply.
    Mixed = object

Flow = Callable[[], Coroutine[Any, Any, Any]]
"""A function that makes a coroutine when it is run: Python warns of a coroutine that is made earlier and never run."""


class MayBeLeft(Mixed):
    """A mixin that goes before the kind of screen among the bases of a class."""

    @property
    def is_gone(self) -> bool:
        """Whether the screen was closed or the app ended. Widgets are removed one by one: any may be gone already."""
        return not (self.is_attached and self.display and self.app.is_running)

    @contextmanager
    def unless_gone(self) -> Iterator[None]:
        """A block, in a timer, a worker or another thread, in which a missing widget is no error once the screen is
        closed.

        The block ends at the first missing widget.
        """
        try:
            yield
        except NoMatches:
            if not self.is_gone:
                raise

    async def _dispatch_message(self, message: Message) -> None:
        with self.unless_gone():
            await super()._dispatch_message(message)

    def call_next(self, callback: Callable[..., Any], *given: Any, **named: Any) -> None:
        """Call a function after the current message, as timers do."""
        super().call_next(self._unless_gone(callback, given, named))

    def call_after_refresh(self, callback: Callable[..., Any], *given: Any, **named: Any) -> bool:
        """Call a function after the next frame; returns False if there will be none."""
        return super().call_after_refresh(self._unless_gone(callback, given, named))

    def _unless_gone(self, callback: Callable[..., Any], given: Any, named: Any) -> Flow:
        async def called() -> Any:
            with self.unless_gone():
                answer = callback(*given, **named)
                return await answer if isawaitable(answer) else answer

        return called

    def run_worker(self, work: Flow, *given: Any, **named: Any) -> Worker[Any]:  # type: ignore[override]
        """Run the coroutine that `work` returns, for as long as the screen is open."""

        async def while_open() -> Any:
            with self.unless_gone():
                return await work()

        return super().run_worker(while_open, *given, **named)
