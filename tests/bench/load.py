"""A client that costs little: one process, one thread, raw sockets, as many conversations at once.

`python -m tests.bench.load PORT SECONDS NAME` plays the conversation of that name (of
`tests.bench.conversations`) over and over on each connection, and prints a `Load` as JSON.
"""

import select
import socket
import sys
import time
from collections import defaultdict
from collections.abc import Generator, Mapping

import msgspec
from msgspec import Struct

AT_ONCE = 64
A_READ = 1 << 18

Conversation = Generator[bytes, bytes, None]
"""Yields requests and is sent each answer; `DONE` before the next request counts one success."""

DONE = b""


class Waited(Struct, frozen=True):
    """How long single answers took to come, in milliseconds."""

    answers: int
    median: float
    p99: float
    slowest: float


class Load(Struct, frozen=True):
    """`done` are the conversations that came to a good end, `failed` the answers that no
    conversation expected; `by_method` tells reading from sending. `busy` is the share of the time
    that the client itself needed a processor."""

    seconds: float
    done: int
    failed: int
    waited: Waited
    by_method: dict[str, Waited]
    busy: float

    @property
    def rate(self) -> float:
        return self.done / self.seconds

    @property
    def median(self) -> float:
        return self.waited.median

    @property
    def p99(self) -> float:
        return self.waited.p99


class Unexpected(Exception):  # noqa: N818 (named as a sentence, like a refusal)
    """An answer that the conversation cannot go on from."""


class Connection:
    """One conversation after another over one socket."""

    def __init__(self, port: int, conversation: Conversation) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.conversation = conversation
        self.method = ""
        self.sent_at = 0.0
        self._came = b""

    def send(self, request: bytes) -> None:
        self.method = request.partition(b" ")[0].decode()
        self.sent_at = time.perf_counter()
        self.socket.sendall(request)

    def answer(self) -> bytes | None:
        """The whole answer once it is here."""
        came = self.socket.recv(A_READ)
        if not came:
            raise ConnectionResetError("The server hung up")
        self._came = came = self._came + came if self._came else came
        if not is_whole(came):
            return None
        self._came = b""
        return came


def is_whole(answer: bytes) -> bool:
    """Whether the head and as much as it promises have come."""
    end = answer.find(b"\r\n\r\n")
    if end < 0:
        return False
    head = answer[:end].lower()
    start = head.find(b"content-length: ")
    length = 0 if start < 0 else int(head[start + 16 :].partition(b"\r\n")[0])
    return len(answer) >= end + 4 + length


def played(port: int, seconds: float, conversations: list[Conversation]) -> Load:
    """All of the conversations at once, until the time is up and every answer has come."""
    connections = [Connection(port, each) for each in conversations]
    at = {each.socket.fileno(): each for each in connections}
    waiting = select.epoll()
    for number in at:
        waiting.register(number, select.EPOLLIN)
    took: defaultdict[str, list[float]] = defaultdict(list)
    done = failed = 0
    busy, began = time.process_time(), time.perf_counter()
    until = began + seconds
    for each in connections:
        each.send(next(each.conversation))
    left = len(connections)
    while left:
        for number, _ in waiting.poll():
            connection = at[number]
            answer = connection.answer()
            if answer is None:
                continue
            arrived = time.perf_counter()
            took[connection.method].append(arrived - connection.sent_at)
            try:
                following = connection.conversation.send(answer)
                if following is DONE:
                    done += 1
                    following = next(connection.conversation)
            except Unexpected:
                failed += 1
                left -= 1
                continue
            if arrived < until:
                connection.send(following)
            else:
                left -= 1
    taken = time.perf_counter() - began
    return _summed(taken, done, failed, took, busy=(time.process_time() - busy) / taken)


def _summed(
    taken: float, done: int, failed: int, took: Mapping[str, list[float]], *, busy: float
) -> Load:
    every = _waited([each for times in took.values() for each in times])
    by_method = {method: _waited(times) for method, times in took.items()}
    return Load(taken, done, failed, every, by_method, busy)


def _waited(took: list[float]) -> Waited:
    ranked = sorted(took)
    median, p99 = (1000 * ranked[int(len(ranked) * share)] for share in (0.5, 0.99))
    return Waited(len(ranked), median, p99, 1000 * ranked[-1])


def main() -> None:
    from tests.bench import conversations

    port, seconds, name = sys.argv[1:]
    play = conversations.BY_NAME[name]
    load = played(int(port), float(seconds), [play() for _ in range(AT_ONCE)])
    sys.stdout.buffer.write(msgspec.json.encode(load))


if __name__ == "__main__":
    main()
