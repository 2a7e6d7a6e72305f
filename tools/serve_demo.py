"""Prepare a demonstration, say where to go and how to sign in, then serve it: the second half of `make run`."""

import argparse
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PORTAL = ROOT / ".venv" / "bin" / "portal"


def is_taken(port: int) -> bool:
    """Tell whether something already answers on this port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def sign_in_words(teams: list[dict[str, object]]) -> str:
    """Say how each team's first member signs in, from what `portal demo` wrote."""
    lines = []
    for team in teams:
        member = team["staff"][0]  # type: ignore[index]  # demo.json's shape is fixed by docs/doors.md
        lines.append(f"    {team['id']}\n        e-mail {member['email']} · passphrase {member['passphrase']}")
    return "\n".join(lines)


def main() -> None:
    """Prepare, tell, serve."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--port", type=int, default=8000)
    options.add_argument("--workers", type=int, default=2)
    chosen = options.parse_args()
    if is_taken(chosen.port):
        sys.exit(f"Port {chosen.port} is in use. Choose another: make run PORT={chosen.port + 1}")
    os.environ["PORTAL_DEMO"] = "1"
    subprocess.run([PORTAL, "demo"], check=True)
    instance = Path(os.environ.get("PORTAL_INSTANCE", ROOT / "instance"))
    demo = json.loads((instance / "demo.json").read_text())
    print(tell(chosen.port, demo), flush=True)
    os.execv(PORTAL, [str(PORTAL), "serve", "--port", str(chosen.port), "--workers", str(chosen.workers)])


def tell(port: int, demo: dict[str, list[dict[str, object]]]) -> str:
    """Say where to go."""
    return f"""
A demonstration: do not enter real information.

  Self-referral   http://localhost:{port}  or  http://127.0.0.1:{port}
  For staff       http://localhost:{port}/staff/sign-in
{sign_in_words(demo["teams"])}
    one-time codes  in another window: make code

Stop with Ctrl-C.
"""


if __name__ == "__main__":
    main()
