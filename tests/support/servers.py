"""The portal as people meet it: the production server, two workers, its own instance with demonstration teams."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

PORTAL = [sys.executable, "-m", "portal"]
START_SECONDS = 60
STOP_SECONDS = 15


@dataclass(frozen=True)
class RunningPortal:
    """Where it listens, where it keeps its things, and who its demonstration staff are."""

    port: int
    instance: Path
    log: Path
    process: "subprocess.Popen[bytes]"
    demo: dict[str, Any] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Its address, by the name that browsers trust as they trust TLS."""
        return f"http://localhost:{self.port}"

    def team(self, team_id: str) -> dict[str, Any]:
        """Return one demonstration team with its staff."""
        team: dict[str, Any] = next(team for team in self.demo["teams"] if team["id"] == team_id)
        return team


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def portal_command(folder: Path, *arguments: str, **settings: str) -> str:
    """Run `portal …` with its instance in this folder; return what it prints."""
    done = subprocess.run(
        [*PORTAL, *arguments],
        env=environment(folder, settings),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, f"portal {' '.join(arguments)} failed:\n{done.stdout}\n{done.stderr}"
    return done.stdout


def environment(folder: Path, settings: Mapping[str, str]) -> dict[str, str]:
    """Return an environment in which the portal keeps everything under this folder, temporary files too."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    temporary = folder / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    ours = {"PORTAL_INSTANCE": str(folder / "instance"), "PORTAL_DEMO": "1", "TMPDIR": str(temporary)}
    return {**kept, **ours, **settings}


@contextmanager
def running_portal(folder: Path, *, workers: int = 2, **settings: str) -> Iterator[RunningPortal]:
    """Serve the portal with demonstration data, made unless it is there, until the block ends.

    The server's whole process group goes with it.
    """
    if not (folder / "instance" / "demo.json").exists():
        portal_command(folder, "demo", **settings)
    demo = json.loads((folder / "instance" / "demo.json").read_text())
    with _serving(folder, demo, workers, settings) as portal:
        yield portal


@contextmanager
def empty_portal(folder: Path, **settings: str) -> Iterator[RunningPortal]:
    """Serve a portal as it is on its first day, with no team and nobody in it, until the block ends."""
    settings = {"PORTAL_DEMO": "0", **settings}
    portal_command(folder, "init", **settings)
    with _serving(folder, {}, 1, settings) as portal:
        yield portal


@contextmanager
def _serving(folder: Path, demo: dict[str, Any], workers: int, settings: Mapping[str, str]) -> Iterator[RunningPortal]:
    port, log = free_port(), folder / "server.log"
    command = [*PORTAL, "serve", "--port", str(port), "--workers", str(workers)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, env=environment(folder, settings), stdout=output, stderr=output, start_new_session=True
        )
    try:
        _wait_until_ready(process, port, log, "/readyz" if demo else "/healthz")
        yield RunningPortal(port, folder / "instance", log, process, demo)
    finally:
        _stop_group(process)


def _wait_until_ready(process: "subprocess.Popen[bytes]", port: int, log: Path, path: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if _answers(port, path):
            return
        time.sleep(0.05)
    raise AssertionError(f"the server did not start:\n{log.read_text()}")


def _answers(port: int, path: str) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _stop_group(process: "subprocess.Popen[bytes]") -> None:
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, sign)
            process.wait(STOP_SECONDS)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


@pytest.fixture(scope="session")
def server(demonstration: Path, loopback: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPortal]:
    """Serve one portal for the whole run of a worker."""
    folder = tmp_path_factory.mktemp("portal")
    shutil.copytree(demonstration, folder / "instance")
    with running_portal(folder, PORTAL_MAIL="print") as portal:
        yield portal
    shutil.rmtree(folder, ignore_errors=True)
