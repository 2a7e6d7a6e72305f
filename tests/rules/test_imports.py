"""What import-linter's contracts in pyproject.toml cannot say: no circle of any size, and no table from the web."""

from graphlib import TopologicalSorter

import grimp
import pytest

ENGINE = ("portal.web.frame.runtime", "portal.database.engine")
"""The one that may: the type of the engine that acts are given."""


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(
        "portal", include_external_packages=True, exclude_type_checking_imports=True, cache_dir=None
    )


def test_no_modules_import_each_other_in_a_circle(graph: grimp.ImportGraph) -> None:
    knows = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert list(TopologicalSorter(knows).static_order())  # raises CycleError, which names the circle


def test_the_web_imports_nothing_that_reads_a_table(graph: grimp.ImportGraph) -> None:
    readers = graph.find_modules_that_directly_import("sqlalchemy")
    assert "portal.referrals.worklist" in readers
    found = {
        (module, known)
        for module in graph.find_descendants("portal.web")
        for known in graph.find_modules_directly_imported_by(module) & readers
    }
    assert found <= {ENGINE}
