"""Print the one-time codes of the demonstration's staff: `make code`."""

import json
import os
from pathlib import Path

import pyotp

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """One line for each member of each team."""
    instance = Path(os.environ.get("PORTAL_INSTANCE", ROOT / "instance"))
    for team in json.loads((instance / "demo.json").read_text())["teams"]:
        for member in team["staff"]:
            print(pyotp.TOTP(member["totp_secret"]).now(), member["email"])


if __name__ == "__main__":
    main()
