"""Load on loopback, and how much of it is answered: `wrk` where the machine has it, else a small client of our own."""

import asyncio
import re
import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass

CONNECTIONS = 32
END_OF_HEAD = b"\r\n\r\n"


@dataclass(frozen=True)
class Request:
    """One request as it goes over the wire."""

    path: str
    method: str = "GET"
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()

    def encode(self, port: int) -> bytes:
        """Return its bytes."""
        lines = [f"{self.method} {self.path} HTTP/1.1", f"Host: localhost:{port}", f"Content-Length: {len(self.body)}"]
        lines += [f"{name}: {value}" for name, value in self.headers]
        return "\r\n".join(lines).encode() + END_OF_HEAD + self.body


def tool() -> str:
    """Name what makes the load."""
    return "wrk" if shutil.which("wrk") else "our own asyncio client"


def rate(port: int, path: str, seconds: float) -> float:
    """Return how many GETs of one page are answered each second over kept-alive connections."""
    if shutil.which("wrk"):
        return _wrk(port, path, seconds)
    return asyncio.run(_hammer(port, Request(path).encode(port), seconds)) / seconds


def send_all(port: int, requests: Sequence[Request], at_once: int) -> tuple[float, list[int]]:
    """Send each request once, so many at a time; return the seconds it took and every status."""
    return asyncio.run(_send_all(port, [request.encode(port) for request in requests], at_once))


def _wrk(port: int, path: str, seconds: float) -> float:
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds:.0f}s", "-H", "Accept-Encoding: br"]
    told = subprocess.run(
        [*command, f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True, check=True
    ).stdout
    if "Non-2xx" in told:
        raise RuntimeError(f"{path} was not answered with 200 under load:\n{told}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", told)
    if not found:
        raise RuntimeError(f"wrk said nothing of use:\n{told}")
    return float(found[1])


async def _hammer(port: int, request: bytes, seconds: float) -> int:
    deadline = time.monotonic() + seconds

    async def one() -> int:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        answered = 0
        while time.monotonic() < deadline:
            writer.write(request)
            if await _status(reader) != 200:
                raise RuntimeError("a page was not answered with 200 under load")
            answered += 1
        writer.close()
        return answered

    return sum(await asyncio.gather(*(one() for _ in range(CONNECTIONS))))


async def _send_all(port: int, requests: list[bytes], at_once: int) -> tuple[float, list[int]]:
    waiting = list(reversed(requests))
    statuses: list[int] = []

    async def one() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while waiting:
            writer.write(waiting.pop())
            statuses.append(await _status(reader))
        writer.close()

    started = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(at_once)))
    return time.perf_counter() - started, statuses


async def _status(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(END_OF_HEAD)
    length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
    if length:
        await reader.readexactly(int(length[1]))
    elif b"chunked" in head.lower():
        while (chunk := await reader.readuntil(b"\r\n")) != b"0\r\n":
            await reader.readexactly(int(chunk, 16) + 2)
        await reader.readexactly(2)
    return int(head.split(b" ", 2)[1])
