"""What the machine already has, and asking its own package manager for the rest."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from steps import BIN, is_root, run, say

OLDEST_NODE = 20
APT_OPTIONS = ["-y", "-q", "-o", "DPkg::Lock::Timeout=300"]
BROWSERS = ["chromium", "chromium-browser", "google-chrome"]
MAC_BROWSERS = ["/Applications/Google Chrome.app", "/Applications/Chromium.app"]


def node_on_path() -> bool:
    """Tell whether the machine, not our .venv, has npm and a new enough Node.js."""
    path = os.pathsep.join(p for p in os.environ["PATH"].split(os.pathsep) if Path(p) != BIN)
    node, npm = shutil.which("node", path=path), shutil.which("npm", path=path)
    if not node or not npm:
        return False
    version = _output([node, "--version"]).removeprefix("v").split(".")[0]
    return version.isdecimal() and int(version) >= OLDEST_NODE


def have_browser() -> bool:
    """Tell whether a Chromium-like browser and its driver are here, or one that Selenium can find a driver for."""
    if any(Path(app).exists() for app in MAC_BROWSERS):
        return True
    return bool(shutil.which("chromedriver")) and any(map(shutil.which, BROWSERS))


def have_fonts() -> bool:
    """Tell whether Bengali and Arabic letters and emoji can be drawn."""
    if not shutil.which("fc-list"):
        return False
    return all(_output(["fc-list", f":lang={language}"]) for language in ["bn", "ar", "und-zsye"])


def system_packages(names: Sequence[str]) -> bool:
    """Install Debian packages where we may; return whether they are there now."""
    if not names:
        return True
    root = [] if is_root() else ["sudo", "-n"]
    if not shutil.which("apt-get") or (root and not _succeeds([*root, "true"])):
        return False
    say(f"      from the system's packages: {' '.join(names)}")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    run([*root, "apt-get", "update", "-q"], may_fail=True)
    return run([*root, "apt-get", "install", "--no-install-recommends", *APT_OPTIONS, *names], may_fail=True)


def venv_is_usable() -> bool:
    """Tell whether .venv is there with a Python new enough, and pip."""
    return _succeeds([str(BIN / "python"), "-c", "import pip, sys; sys.exit(sys.version_info < (3, 11))"])


def _output(command: Sequence[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def _succeeds(command: Sequence[str]) -> bool:
    if not shutil.which(command[0]):
        return False
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
