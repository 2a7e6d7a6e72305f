"""How tests behave: no network, no database unless asked for, nothing skipped in silence, any order.

A test asks for a database or for the machine's own network by naming a fixture: `database`, `loopback`, or one of
those built on them (`app`, `client`, `database_url`, `server`, `browser` …).

What is marked `whole` belongs to the whole product and runs with `--whole` alone (`make test-all`); every other run,
the gate among them (`make test`), says how many tests it left out.
"""

import random
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, event

LOOPBACK = ["127.0.0.1", "::1"]
LEFT = pytest.StashKey[int]()
MAY_BE_SKIPPED: dict[str, str] = {}  # test id: why, and until when


class DatabaseGuard:
    """Open between tests and for those that ask; shut for the rest."""

    closed_for: str | None = None

    def check(self, *_connection: object) -> None:
        """Refuse a connection while a test runs that asked for none."""
        if self.closed_for:
            raise AssertionError(f"{self.closed_for} opens a database without asking for the `database` fixture")

    def audit(self, name: str, _arguments: object) -> None:
        """Watch SQLite, which needs no engine to be opened."""
        if name == "sqlite3.connect":
            self.check()


GUARD = DatabaseGuard()
sys.addaudithook(GUARD.audit)
event.listen(Engine, "do_connect", GUARD.check)


@pytest.fixture(scope="session")
def database() -> None:
    """Ask for leave to open a database."""


@pytest.fixture(scope="session")
def loopback() -> None:
    """Ask for leave to speak to servers on this machine."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run choose its extent and its order."""
    parser.addoption("--whole", action="store_true", help="run the whole product, also what the gate leaves out")
    parser.addoption("--order", default="1", help="a seed for the order of files and tests, 'random', or 'written'")


def pytest_configure(config: pytest.Config) -> None:
    """Settle the seed once; a worker takes the one it is told."""
    config.addinivalue_line("markers", "whole: runs with --whole (make test-all), not in the gate")
    told = getattr(config, "workerinput", {}).get("order")
    if told or config.getoption("order") == "random":
        config.option.order = told or str(random.randrange(10_000))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker the seed."""
    node.workerinput["order"] = node.config.getoption("order")


def pytest_report_header(config: pytest.Config) -> list[str]:
    """Name the extent, and the seed, so that a run can be repeated."""
    extent = "the whole product" if config.getoption("whole") else "the gate; --whole (make test-all) runs the rest"
    return [f"extent: {extent}", f"order: {config.getoption('order')} (repeat with --order)"]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave what is not asked for; shuffle files, and tests within each file; open loopback to those that ask."""
    if not config.getoption("whole"):
        leave(config, [item for item in items if item.get_closest_marker("whole")])
        items[:] = [item for item in items if not item.get_closest_marker("whole")]
    for item in items:
        if "loopback" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.allow_hosts(LOOPBACK))
    if config.getoption("order") != "written":
        items[:] = shuffled(items, config.getoption("order"))


def leave(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Note what this run leaves to `make test-all`; a worker tells the process that reports."""
    config.hook.pytest_deselected(items=items)
    if hasattr(config, "workeroutput"):
        config.workeroutput["left"] = len(items)
    else:
        config.stash[LEFT] = len(items)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Hear from a worker how many it left: each collects them all."""
    node.config.stash[LEFT] = getattr(node, "workeroutput", {}).get("left", 0)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say how many tests were left."""
    if left := config.stash.get(LEFT, 0):
        terminalreporter.write_line(f"{left} tests of the whole product were left to make test-all", yellow=True)


def shuffled(items: list[pytest.Item], seed: str) -> list[pytest.Item]:
    """Return the same tests, file by file, in the order that the seed gives."""
    chance = random.Random(seed)
    files: dict[str, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(str(item.path), []).append(item)
    groups = list(files.values())
    chance.shuffle(groups)
    for group in groups:
        chance.shuffle(group)
    return [item for group in groups for item in group]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Shut the databases for a test that asks for none."""
    asked = "database" in getattr(item, "fixturenames", ())
    GUARD.closed_for = None if asked else item.nodeid


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Iterator[None]:
    """Open them again once the test has put its things away."""
    yield
    GUARD.closed_for = None


class SkipWatch:
    """Counts what was skipped, and fails the run for any that nobody has listed with a reason."""

    def __init__(self) -> None:
        """Start with none."""
        self.skipped: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note each skipped or expectedly failing test."""
        if report.skipped and report.nodeid not in MAY_BE_SKIPPED:
            self.skipped.append(f"{report.nodeid}: {report.longrepr}")

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note each file skipped whole."""
        if report.skipped:
            self.skipped.append(f"{report.nodeid}: {report.longrepr}")

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail the run."""
        if self.skipped and session.exitstatus in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say why."""
        for line in self.skipped:
            terminalreporter.write_line(f"SKIPPED IN SILENCE, so this run fails: {line}", red=True)


@pytest.hookimpl(trylast=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Watch from the process that reports, not from its workers."""
    if not hasattr(session.config, "workerinput"):
        session.config.pluginmanager.register(SkipWatch(), "skip-watch")
