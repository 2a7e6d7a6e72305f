"""One step of the set-up: what it is made from, how one sees that it is done, and how its command is run."""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
STAMPS = ROOT / ".venv" / "stamps"
HEARTBEAT_SECONDS = 15
NOT_INPUTS = {"build", "node_modules", "__pycache__"}


class StepFailed(Exception):
    """A step could not be done; the message says why in words a newcomer can act on."""


@dataclass(frozen=True)
class Step:
    """`proof` is a path that exists once the step is done; `files` and `inputs` are what it is made from."""

    name: str
    do: Callable[[], None]
    proof: str
    files: Sequence[str] = ()
    inputs: Sequence[str] = field(default=())
    unless: Callable[[], bool] = lambda: False

    @property
    def stamp(self) -> Path:
        """Where the hash of the step's inputs is kept."""
        return STAMPS / self.do.__name__

    def digest(self) -> str:
        """Hash every input, so that a changed file means doing the step again."""
        total = hashlib.sha256(repr(list(self.inputs)).encode())
        for path in self._paths():
            total.update(f"{path.relative_to(ROOT)}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
        return total.hexdigest()

    def is_done(self) -> bool:
        """Tell whether nothing has changed since the step was last carried out."""
        return self.stamp.exists() and (ROOT / self.proof).exists() and self.stamp.read_text() == self.digest()

    def _paths(self) -> list[Path]:
        found: list[Path] = []
        for name in self.files:
            path = ROOT / name
            found += [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
        return [p for p in found if not NOT_INPUTS & set(p.relative_to(ROOT).parts) and p.suffix != ".mo"]


def say(words: str) -> None:
    """Print at once, also into a pipe."""
    print(words, flush=True)


def carry_out(step: Step, number: str) -> None:
    """Do the step unless it is done; say so either way, with the time it took."""
    if step.unless():
        say(f"{number} {step.name}: this machine's own")
        return
    if step.is_done():
        say(f"{number} {step.name}: ready")
        return
    say(f"{number} {step.name} …")
    started = time.monotonic()
    step.do()
    STAMPS.mkdir(parents=True, exist_ok=True)
    step.stamp.write_text(step.digest())
    say(f"      done in {time.monotonic() - started:.1f} s")


def run(command: Sequence[str], *, minutes: float = 15, may_fail: bool = False) -> bool:
    """Run a command into the log, with a sign of life every few seconds. Raises StepFailed with its last lines."""
    log_path = STAMPS / "setup.log" if STAMPS.is_dir() else Path(os.devnull)
    deadline = time.monotonic() + minutes * 60
    started = time.monotonic()
    pipe, none = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(command, cwd=ROOT, stdin=none, stdout=pipe, stderr=subprocess.STDOUT) as process:
        output = _follow(process, deadline, started)
    with log_path.open("ab") as log:
        log.write(f"\n$ {' '.join(command)}\n".encode() + output)
    if process.returncode == 0 or may_fail:
        return process.returncode == 0
    tail = "\n".join(output.decode(errors="replace").splitlines()[-30:])
    raise StepFailed(f"This failed: {' '.join(command)}\n\n{tail}\n")


def _follow(process: "subprocess.Popen[bytes]", deadline: float, started: float) -> bytes:
    while True:
        try:
            return process.communicate(timeout=HEARTBEAT_SECONDS)[0]
        except subprocess.TimeoutExpired:
            if time.monotonic() > deadline:
                process.kill()
                return process.communicate()[0] + b"\n(stopped: no answer in time; is the network there?)\n"
            say(f"      still working ({time.monotonic() - started:.0f} s)")


def is_root() -> bool:
    """Tell whether system packages can be installed as we are."""
    return sys.platform != "win32" and os.geteuid() == 0
