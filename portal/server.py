"""The production server: granian, with a worker process of ours beside it."""

import subprocess
import sys

from granian import Granian
from granian.constants import Interfaces

THREADS = 32
"""A body that arrives slowly holds a thread; a proxy that buffers bodies is the real cure (docs/deployment.md)."""
BACKLOG = 1024
PORTAL_SEND = (sys.executable, "-m", "portal", "send", "--loop")


def serve(host: str, port: int, workers: int) -> None:
    """Serve until told to stop. Requests under way are answered before the end."""
    server = Granian(
        "portal.app:create_app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        # The database pool of each worker holds as many connections as it has threads, and some to spare.
        blocking_threads=THREADS,
        backlog=BACKLOG,
        factory=True,
        log_access=False,
        log_enabled=True,
        respawn_failed_workers=True,
    )
    helper: list[subprocess.Popen[bytes]] = []

    @server.on_startup
    def start_helper() -> None:
        helper.append(subprocess.Popen(PORTAL_SEND))  # noqa: S603  # our own command

    @server.on_shutdown
    def stop_helper() -> None:
        for child in helper:
            child.terminate()
            child.wait(timeout=10)

    server.serve()
