"""An information page's GETs a second as a share of a bare Flask application's, on the same server in the same run."""

import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from bench.load import rate, tool
from bench.table import Measure
from tests.support.servers import free_port

PAGE = "/en/about"
SECONDS = 4.0
ROUNDS = 3
GOAL = 0.8
ROOT = Path(__file__).resolve().parent.parent


def measure(portal_port: int, *, seconds: float = SECONDS, rounds: int = ROUNDS) -> list[Measure]:
    """Return both rates and their ratio: medians of rounds that take turns."""
    ours, bare = [], []
    with bare_server() as bare_port:
        for _ in range(rounds):
            bare.append(rate(bare_port, "/", seconds))
            ours.append(rate(portal_port, PAGE, seconds))
    share = statistics.median(mine / its for mine, its in zip(ours, bare, strict=True))
    with_what = f"load by {tool()}"
    return [
        Measure("Bare Flask on granian, 2 workers", statistics.median(bare), "GET/s", note=with_what),
        Measure(f"Information page {PAGE}", statistics.median(ours), "GET/s", note=with_what),
        Measure("Information page, as a share of bare Flask", share, "of 1", GOAL, lower_is_better=False),
    ]


@contextmanager
def bare_server() -> Iterator[int]:
    """Serve the bare application as the portal is served."""
    port = free_port()
    options = ["--interface", "wsgi", "--workers", "2", "--port", str(port), "--blocking-threads", "4", "--no-log"]
    command = [sys.executable, "-m", "granian", *options, "bench.bare:app"]
    process = subprocess.Popen(command, cwd=ROOT, start_new_session=True, stdout=subprocess.DEVNULL)
    try:
        _wait(port)
        yield port
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(15)


def _wait(port: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", "/")
            connection.getresponse().read()
            connection.close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the bare application did not start")
