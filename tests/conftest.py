"""What every test shares. Each module under tests/support says what it gives."""

from hypothesis import settings

# The same examples on every machine, however slow: a gate that is red by chance is soon ignored.
settings.register_profile("gate", deadline=None, derandomize=True)
settings.load_profile("gate")

pytest_plugins = [
    "tests.support.manners",
    "tests.support.databases",
    "tests.support.servers",
    "tests.support.clocks",
    "tests.support.portals",
    "tests.support.browsers",
    "tests.support.official",
    "tests.support.applicants",
    "tests.support.staff_member",
]
