"""One session with a manager, on a thread of its own."""

from __future__ import annotations

import contextlib
import math
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import zmq
from zmq.utils.monitor import recv_monitor_message

from .._wire import gateway_pb2 as wire
from ..errors import VineError
from .connection_file import ConnectionFile
from .frames import FRAME_BYTES, Session, hello, read_welcome
from .outbox import BATCH_BYTES, Outbox, Queued

_FRAMES_IN_FLIGHT = 64
#: Files that are forgotten leave when they are so many, and no later than this, unless they leave with something else.
_MANY_FORGOTTEN = 100
_FORGOTTEN_S = 0.02
#: What comes so soon after a frame that nothing has answered yet waits for more to leave with it.
_HOLD_S = 0.001
_LINGER_MS = 1_000
_MOST_BROKEN_HANDSHAKES = 3
_EVENTS = (
    zmq.EVENT_HANDSHAKE_FAILED_AUTH
    | zmq.EVENT_HANDSHAKE_FAILED_NO_DETAIL
    | zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL
    | zmq.EVENT_DISCONNECTED
)


class Link:
    """Sends what is posted and hands on what comes."""

    def __init__(
        self,
        file: ConnectionFile,
        software: str,
        on_batch: Callable[[wire.GatewayBatch], None],
        on_end: Callable[[VineError], None],
        loss: Callable[[VineError], VineError],
    ) -> None:
        """`loss`: what is to be raised when a session has ended for this reason without being closed."""
        self._file = file
        self._software = software
        self._on_batch = on_batch
        self._on_end = on_end
        self._loss = loss
        self._outbox = Outbox()
        self._append = self._outbox.append
        self._sleeping = False
        self._wake_out, self._wake_in = socket.socketpair()
        self._wake_out.setblocking(False)
        self._wake_in.setblocking(False)
        self._opened = threading.Event()
        self._failure: VineError | None = None
        self._ended = False
        self._closing = False
        self._broken_handshakes = 0
        self._frame: bytes | None = None
        self._session: Session | None = None
        self._heartbeat_s = self._silence_s = 5.0
        self._heard = self._sent = self._looked = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="taskvine-link", daemon=True)

    def open(self, timeout_s: float) -> None:
        """Connects and shakes hands. Raises NO_MANAGER, NOT_AUTHORISED, or what the manager refuses with."""
        address = self._file.addresses[0]
        self._context = zmq.Context(1)
        dealer = self._dealer = self._context.socket(zmq.DEALER)
        dealer.ipv6 = "[" in address
        dealer.sndhwm = dealer.rcvhwm = _FRAMES_IN_FLIGHT
        dealer.linger = 0
        dealer.setsockopt(zmq.MAXMSGSIZE, FRAME_BYTES + 4_096)
        dealer.setsockopt(zmq.HEARTBEAT_IVL, 5_000)
        dealer.setsockopt(zmq.HEARTBEAT_TIMEOUT, 15_000)
        if not self._file.insecure:
            dealer.curve_serverkey = self._file.server_key
            dealer.curve_publickey = self._file.public_key
            dealer.curve_secretkey = self._file.secret_key
        self._monitor = dealer.get_monitor_socket(_EVENTS)
        dealer.connect(address)
        dealer.send(hello(self._file.secret, self._software))
        self._deadline = time.monotonic() + timeout_s
        self._thread.start()
        self._opened.wait()
        if self._failure is not None:
            raise self._failure

    def post(self, item: Queued) -> None:
        """Queues a message or a call; for any thread. Raises why the connection is no more."""
        if self._ended:
            raise self._failure or VineError("MANAGER_CLOSED", "the manager has been closed")
        self._append(item)
        if self._sleeping:
            self._wake()

    def forget(self, file: int) -> None:
        """Queues that a file will not be named again. It leaves with what comes next, with others, or after a while."""
        if self._ended:
            return
        self._outbox.forget(file)
        if self._sleeping and self._outbox.forgotten >= _MANY_FORGOTTEN:
            self._wake()

    def close(self) -> None:
        """Sends what waits and says goodbye; returns when that has left, or after a second."""
        self._closing = True
        self._wake()
        if threading.current_thread() is not self._thread:
            self._thread.join(2 * _LINGER_MS / 1_000)

    def abandon(self) -> None:
        """In a forked child: the connection belongs to the parent."""
        self._ended = True
        self._failure = VineError("MANAGER_CLOSED", "a forked process cannot use the manager of its parent")
        self._outbox.clear()

    @property
    def ended(self) -> bool:
        return self._ended

    @property
    def failure(self) -> VineError | None:
        """Why it ended without being closed."""
        return self._failure

    def _wake(self) -> None:
        self._sleeping = False
        with contextlib.suppress(OSError):
            self._wake_in.send(b"w")

    def _run(self) -> None:
        try:
            self._live()
        except VineError as error:
            self._failure = error
        except Exception as error:
            self._failure = VineError("INTERNAL", f"the connection to the manager broke: {error!r}")
        if self._failure is not None and self._session is not None:
            self._failure = self._loss(self._failure)
        self._ended = True
        self._outbox.clear()
        self._dealer.disable_monitor()
        self._monitor.close(0)
        self._dealer.close(_LINGER_MS if self._closing else 100)
        self._wake_in.close()
        self._wake_out.close()
        self._opened.set()
        if self._failure is not None and self._session is not None:
            self._on_end(self._failure)
        self._context.term()

    def _live(self) -> None:
        poller = zmq.Poller()
        poller.register(self._monitor, zmq.POLLIN)
        poller.register(self._wake_out, zmq.POLLIN)
        looked_for = 0
        while True:
            wants_out = self._session is not None and not self._send_waiting()
            if self._closing and not wants_out:
                self._say_goodbye()
                return
            wanted = zmq.POLLIN | zmq.POLLOUT if wants_out else zmq.POLLIN
            if wanted != looked_for:
                poller.register(self._dealer, wanted)
                looked_for = wanted
            is_held = self._is_held()
            # What is posted meanwhile leaves without anybody waking us.
            self._sleeping = not is_held
            wait_s = 0.0 if len(self._outbox) > 0 and not wants_out else self._heartbeat_s / 2
            if is_held:
                wait_s = _HOLD_S
            elif self._outbox.forgotten > 0:
                wait_s = min(_FORGOTTEN_S, wait_s)
            elif self._session is None:
                wait_s = min(0.1, wait_s)
            ready: dict[Any, int] = dict(poller.poll(math.ceil(wait_s * 1_000)))
            self._sleeping = False
            self._perceive(ready)

    def _perceive(self, ready: dict[Any, int]) -> None:
        now = time.monotonic()
        gap = now - self._looked
        self._looked = now
        if gap > 2 * self._heartbeat_s:
            # We stood still ourselves: nobody could be heard.
            self._heard += gap
        if self._wake_out.fileno() in ready:
            with contextlib.suppress(BlockingIOError):
                self._wake_out.recv(4_096)
        if ready.get(self._dealer, 0) & zmq.POLLIN:
            self._heard = now
            self._receive()
        if self._monitor in ready:
            self._witness()
        if self._session is None:
            if now > self._deadline:
                address = self._file.addresses[0]
                raise VineError("NO_MANAGER", f"nothing that we can talk to answers at {address}")
        elif now - self._heard > self._silence_s:
            raise VineError("MANAGER_LOST", f"the manager was silent for {now - self._heard:.0f} s")

    def _receive(self) -> None:
        for _ in range(_FRAMES_IN_FLIGHT):
            try:
                data = self._dealer.recv(zmq.NOBLOCK)
            except zmq.Again:
                return
            if self._session is None:
                welcome = read_welcome(data)
                self._session = Session(welcome.session)
                self._heartbeat_s = max(0.01, welcome.heartbeat_ms / 1_000)
                self._silence_s = max(2 * self._heartbeat_s, welcome.silence_ms / 1_000)
                self._opened.set()
                continue
            for batch in self._session.read(data):
                self._on_batch(wire.GatewayBatch.FromString(batch))

    def _send_waiting(self) -> bool:
        """Whether everything that waited was sent, a heartbeat included when it is time for one."""
        session = self._session
        assert session is not None
        while True:
            if self._frame is None:
                if self._is_held():
                    return True
                self._frame = self._next_frame(session)
                if self._frame is None:
                    return True
            try:
                self._dealer.send(self._frame, zmq.NOBLOCK)
            except zmq.Again:
                return False
            self._frame = None
            self._sent = time.monotonic()

    def _is_held(self) -> bool:
        """Streams of calls leave in larger frames; who goes from answer to answer is not kept waiting."""
        return not self._closing and self._sent > self._heard and time.monotonic() - self._sent < _HOLD_S

    def _next_frame(self, session: Session) -> bytes | None:
        batches: list[bytes] = []
        size = 0
        if len(self._outbox) == 0 and not self._is_time_to_forget():
            return self._heartbeat(session)
        while size < BATCH_BYTES and (batch := self._outbox.take()) is not None:
            batches.append(batch)
            size += len(batch)
        return session.batches(batches) if batches else None

    def _is_time_to_forget(self) -> bool:
        forgotten = self._outbox.forgotten
        if forgotten == 0:
            return False
        return self._closing or forgotten >= _MANY_FORGOTTEN or time.monotonic() - self._sent >= _FORGOTTEN_S

    def _heartbeat(self, session: Session) -> bytes | None:
        return session.heartbeat() if time.monotonic() - self._sent >= self._heartbeat_s / 2 else None

    def _say_goodbye(self) -> None:
        if self._session is None:
            return
        bye = wire.ClientBatch(messages=[wire.ClientMessage(bye=wire.Bye())])
        frames = [
            self._session.batches([bye.SerializeToString()]),
            self._session.goodbye("CLIENT_LOST", "the client has ended"),
        ]
        self._dealer.sndtimeo = _LINGER_MS
        with contextlib.suppress(zmq.ZMQError):
            for frame in frames:
                self._dealer.send(frame)

    def _witness(self) -> None:
        """What the network says of the connection."""
        address = self._file.addresses[0]
        while self._monitor.poll(0):
            event = recv_monitor_message(self._monitor)["event"]
            if event == zmq.EVENT_DISCONNECTED:
                if self._session is not None and not self._closing:
                    self._receive()
                    raise VineError("MANAGER_LOST", "the manager closed the connection without a goodbye")
            elif event == zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL:
                raise VineError("NOT_AUTHORISED", f"only one of us and {address} speaks with encryption")
            else:
                self._broken_handshakes += 1
                auth = event == zmq.EVENT_HANDSHAKE_FAILED_AUTH
                if auth or self._broken_handshakes >= _MOST_BROKEN_HANDSHAKES:
                    raise VineError(
                        "NOT_AUTHORISED",
                        f"the manager at {address} does not accept our key",
                        "Use the connection file of this manager.",
                    )
