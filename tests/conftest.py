"""What every test shares. Each module under tests/support says what it gives."""

pytest_plugins = [
    "tests.support.manners",
    "tests.support.databases",
    "tests.support.servers",
    "tests.support.portals",
    "tests.support.clocks",
    "tests.support.browsers",
    "tests.support.official",
    "tests.support.applicants",
]
