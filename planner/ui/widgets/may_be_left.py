"""A screen that may be left at any moment: what was asked for it and comes late finds its widgets gone, and ends there.

Textual calls timers, and what follows a frame, outside the messages of a screen: what follows a frame is called by the
screen that is open by then.
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
    # Of several widgets among the bases of a class, only the first gives it its styles.
    Mixed = object

Flow = Callable[[], Coroutine[Any, Any, Any]]
"""What gives a coroutine, once it is run: one that is made before, and never run, is a fault that Python warns of."""


class MayBeLeft(Mixed):
    """Goes before the kind of screen among the bases of a class."""

    @property
    def is_gone(self) -> bool:
        """Whether it was left, or the app is. Its widgets go one by one: who asks for one may look in vain."""
        return not (self.is_attached and self.display and self.app.is_running)

    @contextmanager
    def unless_gone(self) -> Iterator[None]:
        """Ask its widgets from a timer, a worker or another thread; where it was left, one that is missing is no fault.

        What is done in it ends there.
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
        """Call a function after the message that is being handled, as timers do."""
        super().call_next(self._unless_gone(callback, given, named))

    def call_after_refresh(self, callback: Callable[..., Any], *given: Any, **named: Any) -> bool:
        """Call a function once the next frame is drawn; gives False where that is never."""
        return super().call_after_refresh(self._unless_gone(callback, given, named))

    def _unless_gone(self, callback: Callable[..., Any], given: Any, named: Any) -> Flow:
        async def called() -> Any:
            with self.unless_gone():
                answer = callback(*given, **named)
                return await answer if isawaitable(answer) else answer

        return called

    def run_worker(self, work: Flow, *given: Any, **named: Any) -> Worker[Any]:  # type: ignore[override]
        """Run the coroutine that a function gives, for as long as the screen is open."""

        async def while_open() -> Any:
            with self.unless_gone():
                return await work()

        return super().run_worker(while_open, *given, **named)
