"""A mail server that keeps what it is given, as small as the protocol allows (RFC 5321)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass
class Kept:
    """What arrived. `answer` is what the server says to each recipient."""

    answer: str = "250 OK"
    letters: list[str] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    port: int = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}?from=desk@example.org"

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 ready\r\n")
        while line := (await reader.readline()).decode().strip():
            match line.partition(" ")[0].upper():
                case "RCPT":
                    said = self.answer
                case "DATA":
                    writer.write(b"354 go on\r\n")
                    self.letters.append((await reader.readuntil(b"\r\n.\r\n")).decode())
                    self.arrived.set()
                    said = "250 kept"
                case "QUIT":
                    said = "221 bye"
                case _:
                    said = "250 OK"
            writer.write(f"{said}\r\n".encode())
        writer.close()


@asynccontextmanager
async def mail_server(answer: str = "250 OK") -> AsyncIterator[Kept]:
    kept = Kept(answer)
    server = await asyncio.start_server(kept.talk, "127.0.0.1", 0)
    kept.port = server.sockets[0].getsockname()[1]
    try:
        yield kept
    finally:
        server.close()
