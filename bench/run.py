"""`make bench`: measure, print the table, write instance/bench.json. What cannot be measured is named, not hidden."""

import argparse
import os
import platform
import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bench import places, sharing, steps, submissions
from bench.load import tool
from bench.table import Measure, NotHere, table, write
from bench.weight import Weight, weigh
from portal.app import create_app
from portal.settings import Settings
from tests.support.servers import RunningPortal, environment, running_portal

ROOT = Path(__file__).resolve().parent.parent
FIRST_PAGE = "/en/"
EASY_PAGE = "/en/easy-read/"
QUESTION = "/en/apply/who"
BYTES_GOAL, REQUESTS_GOAL = 20_000, 4


def first_visit(port: int) -> list[Measure]:
    """Return what a first visit weighs in either reading level, and a visit that begins with a question."""
    standard, easy, question = (weigh(port, path) for path in (FIRST_PAGE, EASY_PAGE, QUESTION))
    return [
        Measure("First page: HTML, CSS and JavaScript", standard.code, "bytes", BYTES_GOAL, note=said(standard)),
        Measure("First page: requests", standard.requests, "", REQUESTS_GOAL),
        Measure("First Easy Read page: HTML, CSS and JavaScript", easy.code, "bytes", BYTES_GOAL, note=said(easy)),
        Measure("First Easy Read page: requests", easy.requests, "", note="its pictures are part of the words"),
        Measure("A question page by itself", question.code, "bytes", note="its HTML is never compressed (BREACH)"),
    ]


def said(weight: Weight) -> str:
    """Tell of the pictures too."""
    return f"Brotli, as served; pictures {weight.pictures:,} bytes beside"


def attempt(name: str, part: Callable[[], list[Measure]], faults: list[str]) -> list[Measure]:
    """Measure one part; note what kept it from being measured."""
    try:
        return part()
    except NotHere as reason:
        print(f"Left out  {name}: {reason}")
        return []
    except (RuntimeError, OSError, StopIteration) as fault:
        faults.append(f"{name}: {fault}")
        return []


def measure_all(portal: RunningPortal, folder: Path, faults: list[str]) -> list[Measure]:
    """Measure everything against one running portal and the same application in this process."""
    app = create_app(Settings.from_env(environment(folder, {})))
    parts: dict[str, Callable[[], list[Measure]]] = {
        "First visit": lambda: first_visit(portal.port),
        "Question pages": lambda: steps.measure(app),
        "Information pages": lambda: sharing.measure(portal.port),
        "Places": places.measure,
        "Referrals": lambda: submissions.measure(app, portal.port, folder),
    }
    return [measure for name, part in parts.items() for measure in attempt(name, part, faults)]


def main() -> None:
    """Measure, print, write."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path, default=Path(os.environ.get("PORTAL_INSTANCE", ROOT / "instance")))
    chosen = options.parse_args()
    folder, faults = Path(tempfile.mkdtemp(prefix="bench-")), list[str]()
    try:
        with running_portal(folder, workers=2) as portal:
            measures = measure_all(portal, folder, faults)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    machine = {"processor": platform.machine(), "cores": os.cpu_count(), "python": platform.python_version()}
    about = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "load": tool(),
        "machine": machine,
        "faults": faults,
    }
    write(measures, about, chosen.out / "bench.json")
    print(table(measures))
    print("\n".join(f"NOT MEASURED  {fault}" for fault in faults))
    if faults:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
