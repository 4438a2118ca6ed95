"""What an executor was asked, while it is at work on it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .._wire import gateway_pb2 as wire
from .request import Request

if TYPE_CHECKING:
    from .desk import Desk


class Execution:
    """A request to an executor of the manager."""

    def __init__(
        self,
        desk: Desk,
        message: wire.Execute,
        on_progress: Callable[[Any, list[bytes]], None] | None,
        on_done: Callable[[], None] | None,
    ) -> None:
        self._desk = desk
        self._number = 0

        def fill(number: int) -> wire.ClientMessage:
            self._number = message.request = number
            return wire.ClientMessage(execute=message)

        def tell(told: str, attachments: list[bytes]) -> None:
            if on_progress is not None:
                on_progress(json.loads(told), attachments)

        def end(_: Request) -> None:
            if on_done is not None:
                on_done()

        self._request = desk.request(fill, end, tell)

    def answer(self) -> tuple[Any, list[bytes]]:
        """Waits for it. Who is interrupted gives the request up."""
        try:
            answer = self._request.answer()
        except BaseException:
            self.give_up()
            raise
        return (json.loads(answer) if answer else None), self._request.attachments

    def give_up(self) -> None:
        """Nobody wants the answer any more. Nothing happens where it has come."""
        self._desk.abandon(self._number)
